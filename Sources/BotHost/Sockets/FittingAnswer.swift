import Logging
import PluginAPI
import SlackKit

/// Makes room where an answer is longer than an acknowledgement may be: Slack is acknowledged at once, and the answer
/// follows by a call of our own.
struct FittingAnswer: Sendable {
    let pipeline: Pipeline
    let logger: Logger

    /// - Returns: What the acknowledgement carries.
    func fit(_ answer: [UInt8], to request: SlackRequest, within longest: Int) -> [UInt8]? {
        guard answer.count > longest else { return answer }
        logger.notice(
            "an answer is too long for an acknowledgement and follows by itself",
            metadata: ["kind": "\(request.kind)", "bytes": "\(answer.count)"])
        switch request {
        case .slashCommand(let command):
            guard let url = command.responseURL else { return nil }
            later { [poster = pipeline.answerer.poster] in _ = await poster.post(answer, to: url) }
            return nil
        case .viewSubmission(let submission):
            guard let view = (try? JSONValue(decoding: answer))?["view"], view != .null else { return nil }
            later { await show(view, insteadOf: submission.view.id, request.origin) }
            // An acknowledgement without a word would close the form.
            return SlackAnswer.updateView(.loading("One moment")).body()
        case .blockSuggestion: return options(answer, within: longest)
        default: return nil
        }
    }

    private func later(_ work: @escaping @Sendable () async -> Void) {
        pipeline.inflight.start { [clock = pipeline.clock] in
            // Slack must have read the acknowledgement first.
            try? await clock.sleep(Answerer.headStart)
            await work()
        }
    }

    private func show(_ view: JSONValue, insteadOf id: String, _ origin: Origin) async {
        do {
            guard
                let served = try await pipeline.directory.served(
                    teamID: origin.teamID, enterpriseID: origin.enterpriseID)
            else { return }
            try await pipeline.answerer.call.update(id, withSent: view, in: served)
        } catch {
            logger.error("a form that follows an acknowledgement cannot be shown: \(type(of: error))")
        }
    }

    /// Options cannot follow later, so that as many are kept as there is room for.
    private func options(_ answer: [UInt8], within longest: Int) -> [UInt8]? {
        guard case .object(var members)? = try? JSONValue(decoding: answer) else { return nil }
        for name in ["options", "option_groups"] {
            guard var list = members[name]?.array else { continue }
            while !list.isEmpty {
                list.removeLast(max(1, list.count / 10))
                members[name] = .array(list)
                let shorter = JSONValue.object(members).encoded
                if shorter.count <= longest { return shorter }
            }
        }
        return nil
    }
}
