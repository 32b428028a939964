package import Foundation

/// What must happen together: all of it is stored in one transaction, or none of it.
package struct Commit: Sendable {
    /// When it happens, by the host's clock.
    package var at: Date
    /// Values of plugins to put or delete.
    package var values: [ValueChange]
    /// Jobs to enqueue.
    package var jobs: [NewJob]
    /// Live messages to show, change or take away.
    package var messages: [MessageWish]
    /// Claimed jobs that are done. When one of them was taken over meanwhile, nothing of the commit is stored.
    package var completed: [JobTicket]
    /// Deliveries that are dealt with.
    package var handled: [InboxID]
    /// Lines for the audit log.
    package var audit: [AuditLine]

    package init(
        at: Date, values: [ValueChange] = [], jobs: [NewJob] = [], messages: [MessageWish] = [],
        completed: [JobTicket] = [], handled: [InboxID] = [], audit: [AuditLine] = []
    ) {
        self.at = at
        self.values = values
        self.jobs = jobs
        self.messages = messages
        self.completed = completed
        self.handled = handled
        self.audit = audit
    }

    /// Whether there is nothing to store: such a commit costs no disk.
    package var isEmpty: Bool {
        values.isEmpty && jobs.isEmpty && messages.isEmpty && completed.isEmpty && handled.isEmpty && audit.isEmpty
    }
}

/// What a commit brought about, in the order of its parts.
package struct CommitReceipt: Sendable, Equatable {
    /// The version each put value has now; nil for a deletion.
    package var versions: [Int64?]
    /// What became of each job.
    package var jobs: [EnqueuedJob]

    package init(versions: [Int64?] = [], jobs: [EnqueuedJob] = []) {
        self.versions = versions
        self.jobs = jobs
    }
}
