package import BotStore
package import Foundation

/// The one-time address that signs an administrator in: whoever has the keys of the host can make one, with the host
/// running or not, on any machine that is given the same keys.
package struct ConsoleSignIn: Sendable {
    private let stamp: Stamp

    package static let lifetime: TimeInterval = 15 * 60
    static let path = "/sign-in"

    package init(keys: KeyRing) {
        stamp = keys.stamp(for: "console-login")
    }

    /// Who signs in, and as what.
    struct Claim: Sendable, Equatable {
        let by: String
        let role: ConsoleRole
    }

    /// The part of the address that signs in.
    package func token(by name: String, role: ConsoleRole, at now: Date) -> String {
        stamp.make(
            [TraceID.make(), role.rawValue, name].joined(separator: "\n"), until: now.addingTimeInterval(Self.lifetime))
    }

    /// - Parameter console: The address of the console as people reach it.
    package func address(_ console: String, by name: String, role: ConsoleRole, at now: Date) -> String {
        "\(console)\(Self.path)?token=\(token(by: name, role: role, at: now))"
    }

    func open(_ token: String, at now: Date) -> Claim? {
        guard let opened = stamp.open(token, at: now) else { return nil }
        let parts = opened.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let role = ConsoleRole(rawValue: parts[1]) else { return nil }
        return Claim(by: parts[2], role: role)
    }
}
