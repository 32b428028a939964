import Logging
import Synchronization

@testable import BotHost

/// What the host logs during a test.
final class LogSink: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock(\.self) }
    var text: String { lines.joined() }

    func logger(_ level: Logger.Level = .trace) -> Logger {
        Logger(label: "test") { label in
            LogLines(
                label: label, format: .text, level: level,
                write: { line in self.written.withLock { $0.append(String(decoding: line, as: UTF8.self)) } })
        }
    }
}

extension Logger {
    /// For tests that do not look at what is logged.
    static let silent = LogSink().logger(.critical)
}
