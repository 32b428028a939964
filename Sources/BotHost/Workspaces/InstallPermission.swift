import BotStore
import Foundation
import PluginAPI

/// Who may install the app: whoever holds a one-time address that an administrator made, or anybody where the
/// administrators have said so.
struct InstallPermission: Sendable {
    let stamp: Stamp
    let once: OnceOnly
    let store: any ValueStore
    let clock: HostClock

    /// How long a one-time address is good for.
    static let lifetime: TimeInterval = 15 * 60

    /// Somebody's right to install the app once.
    struct Ticket: Sendable, Equatable {
        /// The administrator who made it; what stands in the audit log.
        let by: String
        /// The workspace or organization that is to be authorized again; `nil` for any.
        let workspace: String?
        /// What stands in the address; empty where anybody may.
        let text: String
    }

    /// Makes the part of the address that lets somebody install the app.
    func make(by administrator: String, for workspace: String? = nil) -> String {
        stamp.make(
            [TraceID.make(), workspace ?? "", administrator].joined(separator: "\n"),
            until: clock.now().addingTimeInterval(Self.lifetime))
    }

    /// Whether somebody may begin.
    func ticket(_ text: String?) async throws(StoreError) -> Ticket? {
        guard let text, !text.isEmpty else {
            return try await isOpenToAnybody() ? Ticket(by: "anybody", workspace: nil, text: "") : nil
        }
        guard let opened = stamp.open(text, at: clock.now()) else { return nil }
        let parts = opened.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, try await !once.isUsed("install", text) else { return nil }
        return Ticket(by: parts[2], workspace: parts[1].isEmpty ? nil : parts[1], text: text)
    }

    /// Uses the right up. False where somebody else was quicker.
    func use(_ ticket: Ticket) async throws(StoreError) -> Bool {
        guard !ticket.text.isEmpty else { return try await isOpenToAnybody() }
        return try await once.use("install", ticket.text, until: clock.now().addingTimeInterval(Self.lifetime))
    }

    // MARK: the setting

    private static let scope = ValueScope(plugin: WireID.host, workspace: "")
    private static let setting = "settings/open-installs"

    func isOpenToAnybody() async throws(StoreError) -> Bool {
        try await store.value(Self.setting, in: Self.scope, at: clock.now()) != nil
    }

    func setOpenToAnybody(_ isOpen: Bool) async throws(StoreError) {
        let change: ValueChange =
            isOpen
            ? .put(Data("1".utf8), for: Self.setting, in: Self.scope) : .delete(Self.setting, in: Self.scope)
        _ = try await store.change(change, at: clock.now())
    }
}
