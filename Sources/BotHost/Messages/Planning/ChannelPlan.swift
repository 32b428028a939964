import BotStore

/// What to do next in one channel: a pure function of what waits there and of what Slack will take.
struct ChannelPlan: Sendable, Equatable {
    /// One thing to do.
    enum Step: Sendable, Hashable {
        /// Post messages one by one.
        case post(most: Int)
        /// Post one message that tells of all that wait.
        case digest
        /// Post in threads.
        case reply(most: Int)
        /// Edit or delete.
        case edit(most: Int)
    }

    /// What Slack will take at once, and how long until it takes one more where that is nothing.
    struct Room: Sendable, Equatable {
        var posts: Int
        var postWait = Duration.zero
        var edits: Int
        var editWait = Duration.zero
    }

    private(set) var steps: [Step] = []
    /// When to look again, at the latest.
    private(set) var lookAgainIn: Duration?

    /// How long what is not urgent waits in a storm for others to be told of together with it.
    static let gathering = Duration.seconds(5)

    /// - Parameters:
    ///   - age: How long the longest waiting message has waited.
    ///   - isPosting: Something is being posted there at this moment.
    ///   - isEditing: Something is being edited there at this moment.
    init(
        _ due: DueMessages, isStorm: Bool, age: Duration, room: Room, isPosting: Bool = false, isEditing: Bool = false
    ) {
        if due.edits > 0, !isEditing {
            if room.edits > 0 { steps.append(.edit(most: min(due.edits, room.edits))) } else { wait(room.editWait) }
        }
        guard due.posts + due.replies > 0, !isPosting else { return }
        guard room.posts > 0 else {
            wait(room.postWait)
            return
        }
        guard isStorm else {
            // What begins a thread comes before what is said in one.
            let post = min(due.posts, room.posts)
            steps.append(post > 0 ? .post(most: post) : .reply(most: min(due.replies, room.posts)))
            return
        }
        switch due.posts {
        // What belongs in threads waits until it is calm.
        case 0: wait(.seconds(1))
        case 1: steps.append(.post(most: 1))
        default:
            if due.urgentPosts > 0 || due.posts >= Digest.capacity || age >= Self.gathering {
                steps.append(.digest)
            } else {
                wait(Self.gathering - age)
            }
        }
    }

    private mutating func wait(_ duration: Duration) {
        lookAgainIn = min(lookAgainIn ?? duration, duration)
    }
}
