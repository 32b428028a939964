package import Foundation

/// What has to be done to a message that is due; each kind has a budget of its own at Slack.
package enum MessageWork: String, Sendable, CaseIterable {
    /// Post it in the channel.
    case post
    /// Post it in the thread of its parent, or of the digest that tells of it.
    case reply
    /// Edit or delete what is there.
    case edit
}

/// How much is due in one channel.
package struct DueMessages: Sendable, Equatable {
    package let place: MessagePlace
    /// To be posted in the channel.
    package let posts: Int
    /// Those of the posts that are urgent.
    package let urgentPosts: Int
    /// To be posted in a thread.
    package let replies: Int
    /// To be edited or deleted.
    package let edits: Int
    /// Since when the oldest of all these has been due.
    package let since: Date

    package init(place: MessagePlace, posts: Int, urgentPosts: Int, replies: Int, edits: Int, since: Date) {
        self.place = place
        self.posts = posts
        self.urgentPosts = urgentPosts
        self.replies = replies
        self.edits = edits
        self.since = since
    }

    /// How much of one kind of work.
    package func count(of work: MessageWork) -> Int {
        switch work {
        case .post: posts
        case .reply: replies
        case .edit: edits
        }
    }
}
