package import FoundationEssentials
package import PluginAPI

/// Jobs that wait for their time, in memory.
package struct FakeQueue: Sendable {
    /// A job and what the host would keep of it.
    package struct Waiting: Sendable {
        package let number: Int
        package let request: JobRequest
        package let core: ContextCore
        package var due: Date
        package var attempt = 1
    }

    package private(set) var waiting: [Waiting] = []
    /// What was given up, and why.
    package var discarded: [String] = []
    private var count = 0

    /// Puts a job in, unless one with its unique key waits already.
    mutating func add(_ request: JobRequest, for core: ContextCore, now: Date) {
        if let key = request.job.uniqueKey, waiting.contains(where: { $0.is(key, of: core) }) { return }
        count += 1
        waiting.append(
            Waiting(
                number: count, request: request, core: core,
                due: now.addingTimeInterval(request.delay / .seconds(1))))
    }

    mutating func cancel(_ key: String, for core: ContextCore) { waiting.removeAll { $0.is(key, of: core) } }

    /// Takes out the job that is due first.
    mutating func next(until date: Date) -> Waiting? {
        let first = waiting.filter { $0.due <= date }.min { ($0.due, $0.number) < ($1.due, $1.number) }
        if let first { waiting.removeAll { $0.number == first.number } }
        return first
    }

    /// When the next job is due.
    var nextDue: Date? { waiting.map(\.due).min() }

    mutating func putBack(_ job: Waiting) { waiting.append(job) }

    mutating func keepOnly(_ requests: [JobRequest]) {
        waiting = Array(waiting.prefix(requests.count))
    }
}

extension FakeQueue.Waiting {
    fileprivate func `is`(_ key: String, of core: ContextCore) -> Bool {
        request.job.uniqueKey == key && self.core.pluginID == core.pluginID
            && self.core.workspace.id == core.workspace.id
    }
}
