import BotHost
import Foundation
import Logging
import Metrics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sets up logging and counting for the whole process, once.
enum Logs {
    /// - Returns: What `/metrics` shows.
    static func start(level: String, format: LogLines.Format?) -> (logger: Logger, metrics: PrometheusText) {
        let format = format ?? (isatty(STDERR_FILENO) == 1 ? .text : .json)
        let level = Logger.Level(rawValue: level) ?? .info
        LoggingSystem.bootstrap { LogLines(label: $0, format: format, level: level) }
        let metrics = PrometheusText()
        MetricsSystem.bootstrap(metrics)
        return (Logger(label: "bothost"), metrics)
    }
}
