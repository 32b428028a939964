package import Foundation

/// A promise: in this channel, under this key, people see this.
package struct LiveMessage: Sendable, Equatable {
    /// How far the message in Slack is.
    package enum State: String, Sendable, CaseIterable {
        /// Not in Slack. With a `digest`, a line of that digest tells of it.
        case absent
        /// Being posted; after a crash it may be in Slack, or not.
        case intent
        /// In Slack, under `ts`.
        case posted
        /// Given up: it cannot be shown. A new wish revives it.
        case dead
    }

    /// How long a digest is left alone after something it tells of has changed, so that many changes are one edit.
    package static let digestPause: TimeInterval = 5

    package let key: MessageKey
    /// See `MessageWish.organization`.
    package let organization: String
    /// See `MessageWish.parent`.
    package let parent: String?
    /// The key of the host's message in the same channel that tells of this one; in its thread this one is posted.
    package let digest: String?
    /// What is wanted; nil: nothing.
    package let content: Data?
    /// Grows with each wish.
    package let version: Int64
    /// The version that people see.
    package let paintedVersion: Int64
    package let state: State
    /// Where it was posted, and under which id: the fallback channel's, if it went there.
    package let postedChannel: String?
    package let ts: String?
    /// The `ts` of the message in whose thread it was posted.
    package let thread: String?
    /// The opaque id that was sent along with the post, to find it again.
    package let intentID: String?
    package let lane: JobLane
    /// When the painter may take it next.
    package let dueAt: Date
    package let leaseUntil: Date?
    package let fence: Int64
    /// Why it is dead.
    package let reason: String?
    package let createdAt: Date
    package let updatedAt: Date

    package var ticket: MessageTicket { MessageTicket(key: key, fence: fence) }

    /// The message in whose thread this one belongs, and which has to be there first.
    package var parentKey: MessageKey? { parent.map { key.sibling($0) } }

    /// The digest that tells of this one.
    package var digestKey: MessageKey? { digest.map { .digest($0, in: key.place) } }
}

/// The right to paint a message; see `JobTicket`.
package struct MessageTicket: Hashable, Sendable {
    package let key: MessageKey
    package let fence: Int64

    package init(key: MessageKey, fence: Int64) {
        self.key = key
        self.fence = fence
    }
}
