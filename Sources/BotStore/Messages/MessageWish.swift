package import Foundation

/// What people should see from now on under a key.
package struct MessageWish: Sendable, Equatable {
    package var key: MessageKey
    /// The organization of the workspace, empty for none: with an installation for a whole organization the token is
    /// found by it.
    package var organization: String
    /// The key of the plugin's message in the same channel in whose thread it belongs. Once it is posted it stays where
    /// it is.
    package var parent: String?
    /// The content in the host's form; nil takes the message away.
    package var content: Data?
    package var lane: JobLane
    /// Not to be painted earlier; nil: at once. A message that waits already keeps its time.
    package var dueAt: Date?

    package init(
        key: MessageKey, organization: String = "", parent: String? = nil, content: Data?, lane: JobLane = .normal,
        dueAt: Date? = nil
    ) {
        self.key = key
        self.organization = organization
        self.parent = parent
        self.content = content
        self.lane = lane
        self.dueAt = dueAt
    }
}
