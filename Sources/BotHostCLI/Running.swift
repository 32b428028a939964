import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// How a set of services runs and stops.
enum Running {
    /// SIGTERM and Ctrl-C stop cleanly, within ten seconds; the second one ends the process at once.
    static func group(_ services: [any Service], logger: Logger) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: [ImpatientStop()] + services, gracefulShutdownSignals: [.sigterm, .sigint],
            cancellationSignals: [], logger: quiet(logger))
        configuration.maximumGracefulShutdownDuration = .seconds(9)
        return ServiceGroup(configuration: configuration)
    }

    /// The library logs every step of its own; that is for whoever debugs it.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}

/// Somebody who asks twice does not want to wait. It is the first of the services, hence the last to be stopped.
private struct ImpatientStop: Service {
    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        await cancelWhenGracefulShutdown {
            var count = 0
            for await _ in signals {
                count += 1
                if count > 1 { exit(1) }
            }
        }
    }
}
