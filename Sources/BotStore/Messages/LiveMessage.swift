package import Foundation

/// What tells one live message from another.
package struct MessageKey: Hashable, Sendable {
    package let plugin: String
    package let workspace: String
    package let key: String

    package init(plugin: String, workspace: String, key: String) {
        self.plugin = plugin
        self.workspace = workspace
        self.key = key
    }
}

/// What people should see from now on under a key.
package struct MessageWish: Sendable, Equatable {
    package var key: MessageKey
    /// The channel it belongs in. Once a message is posted it stays where it is: see `LiveMessage.postedChannel`.
    package var channel: String
    /// The content in the host's form; nil takes the message away.
    package var content: Data?
    package var lane: JobLane

    package init(key: MessageKey, channel: String, content: Data?, lane: JobLane = .normal) {
        self.key = key
        self.channel = channel
        self.content = content
        self.lane = lane
    }
}

/// A promise: in this channel, under this key, people see this.
package struct LiveMessage: Sendable, Equatable {
    /// How far the message in Slack is.
    package enum State: String, Sendable, CaseIterable {
        /// Not in Slack.
        case absent
        /// Being posted; after a crash it may be in Slack, or not.
        case intent
        /// In Slack, under `ts`.
        case posted
        /// Given up: it cannot be shown. A new wish revives it.
        case dead
    }

    package let key: MessageKey
    /// Where it is wanted.
    package let channel: String
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

/// How many messages wait to be painted in one channel.
package struct MessageBacklog: Sendable, Equatable {
    package let workspace: String
    package let channel: String
    package let waiting: Int
}
