import Synchronization

extension Message {
    /// The same message, checked and rendered only once however often it is sent: for one that many people are shown.
    ///
    /// Keep what this returns; a copy that is changed afterwards is rendered afresh.
    public func prepared() -> Message {
        var message = self
        message.rendering = Rendering()
        return message
    }
}

/// What a message looked like the last time it was written.
///
/// It takes no part in whether two messages are the same.
struct RenderingSlot: Sendable, Hashable {
    var rendering: Rendering?

    static func == (left: RenderingSlot, right: RenderingSlot) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}

final class Rendering: Sendable {
    private struct State {
        var idPrefix: String
        var members: [UInt8]
        var isChecked = false
    }
    private let state = Mutex<State?>(nil)

    /// The members written under this prefix, written now where they were not before.
    func members(idPrefix: String, write: (inout JSONWriter) -> Void) -> [UInt8] {
        if let known = state.withLock({ $0 }), known.idPrefix.utf8.elementsEqual(idPrefix.utf8) { return known.members }
        var writer = JSONWriter(idPrefix: idPrefix)
        write(&writer)
        let members = writer.bytes
        state.withLock { $0 = State(idPrefix: idPrefix, members: members) }
        return members
    }

    var isChecked: Bool {
        get { state.withLock { $0?.isChecked ?? false } }
        set { state.withLock { $0?.isChecked = newValue } }
    }
}

extension Message {
    /// The message as Slack will take it: as it is where it keeps Slack's limits, else cut.
    /// - Parameter report: Is told what was wrong, each with its place and mend.
    package func checked(idPrefix: String, report: ([BlockKitFault]) -> Void) -> Message {
        if rendering?.isChecked == true { return self }
        let faults = validate(idPrefix: idPrefix).filter { $0.severity == .error }
        guard faults.isEmpty else {
            report(faults)
            return fitting(idPrefix: idPrefix)
        }
        if let rendering {
            _ = rendering.members(idPrefix: idPrefix) { writeOwnMembers(to: &$0) }
            rendering.isChecked = true
        }
        return self
    }
}

extension View {
    /// The view as Slack will take it: as it is where it keeps Slack's limits, else cut.
    /// - Parameter report: Is told what was wrong, each with its place and mend.
    package func checked(idPrefix: String, report: ([BlockKitFault]) -> Void) -> View {
        let faults = validate(idPrefix: idPrefix).filter { $0.severity == .error }
        guard !faults.isEmpty else { return self }
        report(faults)
        return fitting(idPrefix: idPrefix)
    }
}
