package import Foundation
package import Logging
import PluginAPI
import Synchronization

/// Log lines for people at a terminal, or one JSON object a line for machines.
///
/// Values can come from outside, so a line break in one must not begin a line of somebody else's making: both formats
/// escape control characters scalar by scalar, because `"\r\n"` is one `Character`.
package struct LogLines: LogHandler {
    package enum Format: String, Sendable {
        case text, json
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: Format
    private let write: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Date

    package init(
        label: String, format: Format, level: Logger.Level, now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable ([UInt8]) -> Void = LogLines.standardError
    ) {
        self.label = label
        self.format = format
        logLevel = level
        self.now = now
        self.write = write
    }

    /// Standard error, one line at a time.
    package static let standardError: @Sendable ([UInt8]) -> Void = { line in
        lock.withLock { _ in
            // Logging must not end the process, whatever became of the other end of the pipe.
            try? FileHandle.standardError.write(contentsOf: line)
        }
    }
    private static let lock = Mutex(())

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        var line: [UInt8]
        switch format {
        case .json:
            var object: [String: JSONValue] = [
                "time": .string(time), "level": .string(event.level.rawValue), "logger": .string(label),
                "message": .string(Self.clip("\(event.message)")),
            ]
            for (key, value) in all where object[key] == nil { object[key] = .string(Self.clip("\(value)")) }
            line = Self.visible(JSONValue.object(object).description)
        case .text:
            let details = all.map { " \($0.key)=\(Self.clip("\($0.value)"))" }.joined()
            line = Array(Self.printable("\(time.suffix(13)) \(event.level.rawValue) \(event.message)\(details)").utf8)
        }
        line.append(UInt8(ascii: "\n"))
        write(line)
    }

    private static func clip(_ text: String) -> String {
        text.utf8.count <= 2_000 ? text : String(text.unicodeScalars.prefix(2_000).map(Character.init)) + "…"
    }

    /// JSON needs only a few characters escaped; whoever reads it in a terminal needs the others too that cannot be seen,
    /// turn the line around or command the terminal. Outside of strings there are none.
    private static func visible(_ json: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.utf8.count)
        for scalar in json.unicodeScalars {
            guard scalar.value >= 0x7F, isInvisible(scalar) else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                continue
            }
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                let digits = String(unit, radix: 16)
                bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            }
        }
        return bytes
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: true
        default: false
        }
    }

    private static func printable(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isInvisible(scalar) {
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
