import Foundation
import Logging
import PluginAPI
import Testing

@testable import BotHost

/// A log line is one line, whatever comes from outside.
@Suite struct LogLinesTests {
    private func logger(_ format: LogLines.Format, _ lines: Mutexed<String>) -> Logger {
        Logger(label: "host") { label in
            LogLines(
                label: label, format: format, level: .info, now: { Date(timeIntervalSince1970: 1_790_000_000) },
                write: { lines.append(String(decoding: $0, as: UTF8.self)) })
        }
    }

    static let hostile = [
        "two\nlines", "carriage\r\nreturn", "nul\u{0}", "terminal\u{1B}[31mred", "line\u{2028}separator",
        "next\u{85}line", "turn\u{202E}around", "tag\u{E0041}", "\u{FEFF}mark",
    ]

    @Test(arguments: hostile) func `nothing from outside begins a line or commands a terminal`(text: String) {
        for format in [LogLines.Format.text, .json] {
            let lines = Mutexed<String>()
            logger(format, lines).info("\(text)", metadata: ["value": "\(text)"])
            #expect(lines.values.count == 1)
            let line = lines.values.first ?? ""
            let invisible = line.dropLast().unicodeScalars.filter {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            #expect(invisible.isEmpty, "\(format)")
            #expect(line.hasSuffix("\n"))
        }
    }

    @Test func `a line of JSON reads as what was logged`() throws {
        let lines = Mutexed<String>()
        logger(.json, lines).error("job \"failed\"", metadata: ["job": "7", "level": "mine", "quote": "a\\b\"c"])
        let line = try JSONValue(decoding: Array((lines.values.first ?? "").utf8))
        #expect(line["message"].string == "job \"failed\"")
        #expect(line["level"].string == "error")
        #expect(line["job"].string == "7")
        #expect(line["quote"].string == "a\\b\"c")
        #expect(line["time"].string == "2026-09-21T14:13:20.000Z")
    }

    @Test func `what is below the level is not written, and what is long is cut`() {
        let lines = Mutexed<String>()
        let logger = logger(.text, lines)
        logger.debug("hidden")
        #expect(lines.values.isEmpty)
        logger.info("long", metadata: ["value": "\(String(repeating: "é", count: 100_000))"])
        #expect((lines.values.first ?? "").utf8.count < 10_000)
    }
}
