package import BotStore
package import Foundation

/// The queue at a glance.
package struct JobsOverview: Sendable, Equatable, Codable {
    package let counts: [String: Int]
    /// Since when the job that has waited longest has been due.
    package let oldestDue: Date?
    package let dead: [DeadJob]

    /// A job that is out of attempts, or was not worth one.
    package struct DeadJob: Sendable, Equatable, Codable {
        package let id: JobID
        package let kind: String
        package let plugin: String
        package let workspace: String
        package let attempts: Int
        package let at: Date?
        package let reason: String
    }

    static let mostDead = 50

    init(of store: any JobStore, at now: Date) async throws(StoreError) {
        let statistics = try await store.jobStatistics(at: now)
        counts = Dictionary(uniqueKeysWithValues: statistics.counts.map { ($0.key.rawValue, $0.value) })
        oldestDue = statistics.oldestDue
        dead = try await store.jobs(in: .discarded, limit: Self.mostDead, before: nil).map { job in
            DeadJob(
                id: job.id, kind: job.work.kind, plugin: job.work.plugin, workspace: job.work.workspace,
                attempts: job.attempt, at: job.finishedAt, reason: job.failures.last?.message ?? "")
        }
    }
}
