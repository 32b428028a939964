import BotStore
import Foundation
import PluginAPI
import SlackKit

/// Carries out what people say to the app: the same commands, permissions and answers as with a slash.
///
/// Slack tells of it by an event, so it is stored and acknowledged first and carried out as a job. A job keeps its trace id
/// when it runs again after a crash, which is what commands make their effects once by.
struct SpokenCommands: Sendable {
    let pipeline: Pipeline

    static let jobKind = "host.spoken"
    /// What was said longer ago than this is not carried out: whoever said it has helped themselves since.
    static let patience: TimeInterval = 5 * 60

    /// The job that carries a line out.
    static func job(
        _ line: SpokenLine, origin: Data, in served: ServedWorkspace, at now: Date, traceID: String
    ) throws -> NewJob {
        NewJob(
            kind: jobKind, plugin: WireID.host, workspace: served.workspace.id, origin: origin,
            payload: try JSONEncoder().encode(line), lane: .urgent, runAt: now, maxAttempts: 3, traceID: traceID)
    }

    func perform(_ work: NewJob, _ origin: JobOrigin, in served: ServedWorkspace) async throws {
        let line = try JSONDecoder().decode(SpokenLine.self, from: work.payload)
        guard let person = origin.person else { return }
        let traceID = work.traceID ?? TraceID.make()
        let policy = pipeline.policy()
        let reach = Reach(surface: .event, place: SpokenPlace(line, in: origin.channel))
        let destination = pipeline.router.line(
            line.slash ?? policy.command, line.text, slash: policy.command, person: person, channel: origin.channel,
            reach: reach)
        switch destination {
        case .call(let call): await answer(call, line, in: served, traceID: traceID)
        case .unknownWord(let word, let nearest, let help):
            await answer(help, line, after: (word, nearest), in: served, traceID: traceID)
        case .nobody, .link, .event, .step:
            // A slash command that nobody has: what there is instead is a question for help.
            let help = pipeline.router.line(
                policy.command, "help", slash: policy.command, person: person, channel: origin.channel, reach: reach)
            guard case .call(let call) = help else { return }
            await answer(call, line, after: (line.slash ?? "", nil), in: served, traceID: traceID)
        }
    }

    private func answer(
        _ call: Call, _ line: SpokenLine, after unknown: (word: String, nearest: String?)? = nil,
        in served: ServedWorkspace, traceID: String
    ) async {
        let handled =
            isStale(line)
            ? Handled(
                pluginID: WireID.host,
                outcome: .refused(
                    "I was not there when you said this. Say it again if you still want it.", isOurFault: true))
            : await pipeline.handle(call, in: served, traceID: traceID, after: unknown)
        await pipeline.answerer.deliver(handled, to: call, in: served, traceID: traceID)
    }

    private func isStale(_ line: SpokenLine) -> Bool {
        guard let said = Double(line.ts) else { return false }
        return pipeline.clock.now().timeIntervalSince1970 - said > Self.patience
    }
}
