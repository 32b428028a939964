import BotHost
import ServiceLifecycle
import UnixSignals

/// Applies `plugins.json` at once on SIGHUP, which would otherwise end the process.
struct ReloadOnHangup: Service {
    let policySource: PolicySource

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in signals { await policySource.refresh() }
        }
    }
}
