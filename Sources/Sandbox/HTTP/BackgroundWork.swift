/// Work that goes on after its request has been answered, and ends with the sandbox.
final class BackgroundWork: Sendable {
    typealias Job = @Sendable () async -> Void

    private let jobs: AsyncStream<Job>
    private let continuation: AsyncStream<Job>.Continuation

    init() {
        (jobs, continuation) = AsyncStream.makeStream(of: Job.self, bufferingPolicy: .bufferingOldest(10_000))
    }

    func start(_ job: @escaping Job) { continuation.yield(job) }

    /// Does the work as it comes until `stop()` is called; what is still going on then is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs { group.addTask { await job() } }
            group.cancelAll()
        }
    }

    func stop() { continuation.finish() }
}
