import BotStore
import Foundation

/// `/jobs`: what waits, what runs, and what was given up.
struct JobsScreen: Sendable {
    let store: any JobStore & AuditStore
    let clock: HostClock

    static let page = 50

    var screen: ConsoleScreen {
        ConsoleScreen(path: "/jobs", title: "Jobs") { try await sheet($0) }
    }

    var deeds: [ConsoleDeed] {
        [
            ConsoleDeed(path: "/jobs/retry", least: .manager) { visit, form in
                try await change(visit, form, "job.retried") { try await store.retryDeadJob($0, at: clock.now()) }
            },
            ConsoleDeed(path: "/jobs/discard", least: .manager) { visit, form in
                try await change(visit, form, "job.discarded") { try await store.discardJob($0, at: clock.now()) }
            },
        ]
    }

    private func sheet(_ visit: ConsoleVisit) async throws -> ConsoleSheet {
        let statistics = try await store.jobStatistics(at: clock.now())
        let state = visit.query["state"].flatMap { JobState(rawValue: $0) } ?? .discarded
        let found = try await store.jobs(
            in: state, limit: Self.page, before: visit.query["before"].flatMap { JobID($0) })
        let tabs = ConsoleWords.tabs(
            JobState.allCases.map {
                ("\($0.rawValue) (\(statistics.counts[$0] ?? 0))", "/jobs?state=\($0.rawValue)", $0 == state)
            }, "States")
        let table = ConsoleTable(
            "Jobs", ["Number", "Kind", "Plugin", "Workspace", "Attempts", "Next or last (UTC)", "Last failure", ""],
            empty: state == .discarded ? "Nothing was given up." : "There is none.",
            rows: found.map { row($0, visit) })
        let last = found.count == Self.page ? found.last?.id : nil
        return ConsoleSheet(
            title: "Jobs",
            body: """
                <h1>Jobs</h1>\(tabs)\(table.html)
                \(ConsoleWords.next(last.map { "/jobs?state=\(state.rawValue)&before=\($0)" }))
                """)
    }

    private func row(_ job: StoredJob, _ visit: ConsoleVisit) -> [HTML] {
        let fields = [(name: "id", value: "\(job.id)"), (name: "state", value: job.state.rawValue)]
        let actions =
            job.state.isUnfinished
            ? visit.button("Discard", to: "/jobs/discard", least: .manager, fields: fields)
            : job.state == .completed
                ? HTML.empty : visit.button("Retry", to: "/jobs/retry", least: .manager, fields: fields)
        return [
            "\(job.id)", ConsoleWords.code(job.work.kind), HTML(text: job.work.plugin),
            ConsoleWords.code(job.work.workspace), "\(job.attempt) of \(job.work.maxAttempts)",
            ConsoleWords.time(job.finishedAt ?? job.work.runAt), HTML(text: job.failures.last?.message ?? ""),
            "<div class=\"small-buttons\">\(actions)</div>",
        ]
    }

    private func change(
        _ visit: ConsoleVisit, _ form: PageForm, _ action: String, _ work: (JobID) async throws -> Void
    ) async throws -> ConsoleOutcome {
        guard let id = JobID(form["id"]) else { return .refused("There is no such job.") }
        do {
            try await work(id)
        } catch let error as StoreError where error.code == .notFound || error.code == .conflict {
            return .refused(error.sentence)
        }
        try await store.appendAudit([
            AuditLine(at: clock.now(), actor: visit.session.by, action: action, subject: "\(id)")
        ])
        return .done(then: "/jobs?state=\(JobState(rawValue: form["state"])?.rawValue ?? "discarded")&done=1")
    }
}
