import Foundation
import Logging
import PluginAPI
import SlackKit
import Synchronization

/// Where envelopes become requests: from here on Socket Mode goes the way of HTTP.
///
/// What is acknowledged has been committed. An envelope that comes a second time, over whichever socket, is answered
/// with what the first one came to.
final class EnvelopeDesk: Sendable {
    private let pipeline: Pipeline
    private let clock: HostClock
    private let logger: Logger
    private let known = Mutex<[String: Entry]>([:])

    private enum Entry {
        case underWay([CheckedContinuation<Answer, Never>])
        case done(Answer, at: Duration)
    }

    /// What goes back for an envelope.
    private enum Answer {
        case acknowledged([UInt8]?)
        /// The fault is ours: Slack should send it again.
        case none
    }

    /// Slack sends an envelope again at most some minutes later.
    static let memory = Duration.seconds(600)
    private static let capacity = 2_000

    init(pipeline: Pipeline, clock: HostClock, logger: Logger) {
        self.pipeline = pipeline
        self.clock = clock
        self.logger = logger
    }

    /// - Returns: The acknowledgement; `nil` where there must be none.
    func answer(_ envelope: Envelope) async -> [UInt8]? {
        let identity = Self.identity(of: envelope)
        guard begin(identity) else { return acknowledgement(of: envelope, await earlier(identity)) }
        let answer = await process(envelope)
        finish(identity, answer)
        return acknowledgement(of: envelope, answer)
    }

    private func acknowledgement(of envelope: Envelope, _ answer: Answer) -> [UInt8]? {
        guard case .acknowledged(let body) = answer else { return nil }
        return envelope.acknowledgement(body)
    }

    private func process(_ envelope: Envelope) async -> Answer {
        let body = envelope.payload.encoded
        let request: SlackRequest
        do {
            request = try SlackRequest.decode(envelopeType: envelope.type, payload: envelope.payload)
        } catch {
            pipeline.metrics.undecodableRequest()
            await pipeline.inflight.during { await pipeline.events.setAside(body, because: "\(error)") }
            return .acknowledged(nil)
        }
        let fitting = FittingAnswer(pipeline: pipeline, logger: logger)
        switch await pipeline.process(request, body: body) {
        case .accepted(let answer, let contentType):
            guard !answer.isEmpty, contentType?.utf8.starts(with: "application/json".utf8) == true else {
                return .acknowledged(nil)
            }
            let longest = Envelope.longestAcknowledgement - envelope.acknowledgement([]).count
            return .acknowledged(fitting.fit(answer, to: request, within: longest))
        case .unavailable, .unauthorized: return .none
        }
    }

    // MARK: the second time

    /// A press keeps its trigger id, whatever envelope it comes in.
    private static func identity(of envelope: Envelope) -> String {
        guard let trigger = envelope.payload["trigger_id"].string, !trigger.isEmpty, trigger.utf8.count <= 256 else {
            return "envelope \(envelope.id)"
        }
        return "trigger \(trigger)"
    }

    private func begin(_ identity: String) -> Bool {
        let now = clock.uptime()
        return known.withLock { known in
            if known[identity] != nil { return false }
            if known.count >= Self.capacity { forget(&known, before: now - Self.memory) }
            known[identity] = .underWay([])
            return true
        }
    }

    /// What is old is forgotten; where that is not enough, everything that is done.
    private func forget(_ known: inout [String: Entry], before date: Duration) {
        known = known.filter { if case .done(_, let at) = $0.value { at > date } else { true } }
        guard known.count >= Self.capacity else { return }
        known = known.filter { if case .done = $0.value { false } else { true } }
    }

    private func earlier(_ identity: String) async -> Answer {
        await withCheckedContinuation { continuation in
            let answer: Answer? = known.withLock { known in
                switch known[identity] {
                case .done(let answer, _): return answer
                case .underWay(let waiting):
                    known[identity] = .underWay(waiting + [continuation])
                    return nil
                case nil: return Answer.none
                }
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func finish(_ identity: String, _ answer: Answer) {
        let now = clock.uptime()
        let waiting = known.withLock { known -> [CheckedContinuation<Answer, Never>] in
            let entry = known.removeValue(forKey: identity)
            if case .acknowledged = answer { known[identity] = .done(answer, at: now) }
            guard case .underWay(let waiting) = entry else { return [] }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: answer) }
    }
}
