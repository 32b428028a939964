package import Foundation

/// A job's number, given by the store, growing.
package typealias JobID = Int64

/// How urgent a job is; the urgent ones are claimed first.
package enum JobLane: Int, Sendable, CaseIterable, Comparable {
    case urgent = 0
    case normal = 1
    case background = 2

    package static func < (left: JobLane, right: JobLane) -> Bool { left.rawValue < right.rawValue }
}

/// The states of a job, the same as River's.
///
/// - SeeAlso: [River: job states](https://riverqueue.com/docs/job-states)
package enum JobState: String, Sendable, CaseIterable {
    /// Due when it was enqueued.
    case available
    /// Waiting for its time. When the time has come it is claimed from this state.
    case scheduled
    /// Claimed, under a lease.
    case running
    /// Failed, and waiting for another attempt.
    case retryable
    case completed
    case cancelled
    /// Out of attempts, or not worth one: a dead letter.
    case discarded

    /// Whether something still has to happen.
    package var isUnfinished: Bool {
        switch self {
        case .available, .scheduled, .running, .retryable: true
        case .completed, .cancelled, .discarded: false
        }
    }
}

/// Work to be done later, at least once.
package struct NewJob: Sendable, Equatable {
    /// A stable name for what is to be done, for example `coffee.post-order`.
    package var kind: String
    /// The plugin it belongs to; empty for the host's own.
    package var plugin: String
    /// The workspace it belongs to; empty for none.
    package var workspace: String
    /// On whose behalf and from where, in the host's form.
    package var origin: Data?
    package var payload: Data
    package var lane: JobLane
    /// While an unfinished job has this key, no second one is enqueued.
    package var uniqueKey: String?
    /// Jobs with the same order key run one at a time, in the order in which they were wanted (`runAt`, then the
    /// order of enqueueing). One that is tried again or snoozed keeps its place, and the ones behind it wait.
    package var orderKey: String?
    package var runAt: Date
    package var maxAttempts: Int
    package var traceID: String?

    package init(
        kind: String, plugin: String = "", workspace: String = "", origin: Data? = nil, payload: Data = Data(),
        lane: JobLane = .normal, uniqueKey: String? = nil, orderKey: String? = nil, runAt: Date,
        maxAttempts: Int = 25, traceID: String? = nil
    ) {
        self.kind = kind
        self.plugin = plugin
        self.workspace = workspace
        self.origin = origin
        self.payload = payload
        self.lane = lane
        self.uniqueKey = uniqueKey
        self.orderKey = orderKey
        self.runAt = runAt
        self.maxAttempts = maxAttempts
        self.traceID = traceID
    }
}

/// What became of a job that was to be enqueued.
package enum EnqueuedJob: Sendable, Equatable {
    case inserted(JobID)
    /// An unfinished job with the same unique key exists.
    case duplicate(of: JobID)

    package var id: JobID {
        switch self {
        case .inserted(let id), .duplicate(let id): id
        }
    }
}

/// The right to say what became of a claimed job. The fencing number grows with every claim, so that a worker whose
/// lease has run out cannot overwrite what its successor did.
package struct JobTicket: Hashable, Sendable {
    package let id: JobID
    package let fence: Int64

    package init(id: JobID, fence: Int64) {
        self.id = id
        self.fence = fence
    }
}

/// One failed attempt.
package struct JobFailure: Sendable, Equatable, Codable {
    package var at: Date
    package var attempt: Int
    /// One sentence, without anything secret.
    package var message: String

    package init(at: Date, attempt: Int, message: String) {
        self.at = at
        self.attempt = attempt
        self.message = message
    }
}

/// A job as it is stored.
package struct StoredJob: Sendable, Equatable {
    package let id: JobID
    /// What was asked for. Its `runAt` is when the next attempt is due.
    package let work: NewJob
    package let state: JobState
    /// Attempts begun, with the one that is running.
    package let attempt: Int
    /// How many attempts in a row ended with the process that made them: one that does that itself must not for ever.
    package let crashes: Int
    package let fence: Int64
    package let leaseUntil: Date?
    /// The process that claimed it.
    package let owner: String?
    /// The last few failures, oldest first.
    package let failures: [JobFailure]
    package let createdAt: Date
    package let finishedAt: Date?

    package var ticket: JobTicket { JobTicket(id: id, fence: fence) }
}
