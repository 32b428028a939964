import BotStore
import Foundation
import Logging
import PluginAPI
import SlackKit

/// Runs a handler, commits what it asked for, and turns whatever it throws into words for a person.
final class HandlerRunner: Sendable {
    let services: any HostServices
    let store: any Store
    let circuit: PluginCircuit
    let linkPrompt: LinkPrompt
    let metrics: HostMetrics
    let clock: HostClock
    let logger: Logger

    init(
        services: any HostServices, store: any Store, circuit: PluginCircuit, linkPrompt: LinkPrompt,
        metrics: HostMetrics, clock: HostClock, logger: Logger
    ) {
        self.services = services
        self.store = store
        self.circuit = circuit
        self.linkPrompt = linkPrompt
        self.metrics = metrics
        self.clock = clock
        self.logger = logger
    }

    func run(
        _ call: Call, settings: any PluginSettings, in served: ServedWorkspace, traceID: String
    ) async -> Handled {
        let workspace = served.workspace.id
        guard circuit.admits(call.pluginID, in: workspace, now: clock.now()) else {
            let what = call.subject.startingSentence
            return refused(
                "\(what) has failed several times and rests for a few minutes. The log of the host says why: "
                    + "`\(traceID)`.")
        }
        let core = ContextCore(
            pluginID: call.pluginID, workspace: served.workspace, person: call.person, channel: call.channel,
            traceID: traceID, services: services)
        do {
            let handled = try await handle(call, (core, settings))
            circuit.succeeded(call.pluginID, in: workspace)
            return handled
        } catch {
            return await explain(error, call, core, in: served)
        }
    }

    private func handle(_ call: Call, _ scope: Call.Scope) async throws -> Handled {
        let outcome: Handled.Outcome
        switch call.work {
        case .reply(let run): outcome = .reply(try await run(scope))
        case .form(let run): outcome = .form(try await run(scope))
        case .options(let run): outcome = .options(try await run(scope))
        case .observe(let run):
            try await run(scope)
            outcome = .done
        case .host(let run): return try await run()
        }
        let handled = Handled(pluginID: call.pluginID, outcome: outcome)
        if !handled.jobs.isEmpty { try await commit(handled.jobs, for: scope.core) }
        return try await handled.withoutLoading(answering: call.reach.surface)
    }

    /// Before Slack hears anything, what must happen is on disk.
    private func commit(_ jobs: [JobRequest], for core: ContextCore) async throws {
        let now = clock.now()
        let rows = try jobs.map { try NewJob($0, for: core, now: now) }
        _ = try await store.commit(Commit(at: now, jobs: rows))
    }

    private func explain(
        _ error: any Error, _ call: Call, _ core: ContextCore, in served: ServedWorkspace
    ) async -> Handled {
        switch error {
        case let fault as StoreFault where fault == .unavailable: return storeIsAway(fault, call, core)
        case let fault as StoreError where fault.code != .invalid && fault.code != .conflict:
            return storeIsAway(fault, call, core)
        // A host that the manifest does not name is the plugin's mistake; all else is the service's.
        case let fault as HTTPFault where fault != .notAllowed:
            circuit.undecided(call.pluginID, in: core.workspace.id)
            logger.error("a service did not answer: \(error)", metadata: metadata(call, core))
            return refused(HostSentence.serviceIsAway)
        case let readable as any PersonReadableError:
            // A plugin that says no in words works.
            circuit.succeeded(call.pluginID, in: core.workspace.id)
            return await answer(readable, call, core, in: served)
        default:
            return failed(error, call, core)
        }
    }

    private func answer(
        _ error: any PersonReadableError, _ call: Call, _ core: ContextCore, in served: ServedWorkspace
    ) async -> Handled {
        switch error {
        case let usage as UsageError:
            return refused(usage.told(usage: call.usage))
        case AccountError.notLinked(let provider):
            return await linkPrompt.prompt(for: call, provider: provider, isExpired: false, in: served, core)
        case AccountError.linkExpired(let provider):
            return await linkPrompt.prompt(for: call, provider: provider, isExpired: true, in: served, core)
        default:
            if let slack = error as? SlackError { note(slack, call, core) }
            return refused("\(error.sentence)")
        }
    }

    private func storeIsAway(_ error: any Error, _ call: Call, _ core: ContextCore) -> Handled {
        circuit.undecided(call.pluginID, in: core.workspace.id)
        logger.error("the store is away: \(error)", metadata: metadata(call, core))
        return refused(HostSentence.storeIsAway)
    }

    /// A failure of the plugin: the person gets one sentence and the trace id, the log the type of the error. Its text
    /// may hold what must not be logged.
    private func failed(_ error: any Error, _ call: Call, _ core: ContextCore) -> Handled {
        metrics.handlerFailed(call.pluginID)
        var details = metadata(call, core)
        details["error"] = "\(type(of: error))"
        logger.error("a handler failed", metadata: details)
        let opened = circuit.failed(
            call.pluginID, in: core.workspace.id, "\(type(of: error))", traceID: core.traceID, now: clock.now())
        if opened { logger.critical("the circuit of a plugin is open: it rests for five minutes", metadata: details) }
        let text: Mrkdwn =
            "Something went wrong with \(call.subject). Tell your administrators this number: `\(core.traceID)`."
        return Handled(pluginID: WireID.host, outcome: .refused(Message(text), isOurFault: true))
    }

    private func note(_ error: SlackError, _ call: Call, _ core: ContextCore) {
        var details = metadata(call, core)
        details["code"] = "\(error.code)"
        if let needed = error.neededScope { details["needed_scope"] = "\(needed)" }
        if !error.details.isEmpty { details["details"] = "\(error.details.joined(separator: "; "))" }
        logger.error("Slack did not accept a call", metadata: details)
    }

    private func metadata(_ call: Call, _ core: ContextCore) -> Logger.Metadata {
        [
            "plugin": "\(call.pluginID)", "subject": "\(call.subject)", "workspace": "\(core.workspace.id)",
            "person": "\(core.person?.id ?? "")", "trace": "\(core.traceID)",
        ]
    }

    private func refused(_ text: Mrkdwn) -> Handled {
        Handled(pluginID: WireID.host, outcome: .refused(Message(text), isOurFault: false))
    }
}

extension Handled {
    /// To a submitted form the answer is the form itself, made while Slack waits: a "loading" form would be laid over the
    /// finished one where that is there first.
    fileprivate func withoutLoading(answering surface: Reach.Surface) async throws -> Handled {
        guard case .submission = surface else { return self }
        switch outcome {
        case .form(let form):
            guard case .answer(let reply) = form.kind, case .loadingModal(_, let make) = reply.kind else { return self }
            return Handled(pluginID: pluginID, outcome: .form(.closing(with: .modal(try await make()))))
        case .reply(let reply):
            guard case .loadingModal(_, let make) = reply.kind else { return self }
            return Handled(pluginID: pluginID, outcome: .reply(.modal(try await make())))
        case .options, .done, .refused: return self
        }
    }
}
