package import Metrics
import Synchronization

/// Keeps what swift-metrics counts, and writes it in Prometheus' text format.
///
/// There is no exporter among the packages this project can use; the format is a page long.
/// - SeeAlso: <https://prometheus.io/docs/instrumenting/exposition_formats/>
package final class PrometheusText: MetricsFactory {
    private let series = Mutex<[Key: Series]>([:])

    private struct Key: Hashable {
        let name: String
        let labels: String
    }

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions, .counter)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        AccumulatingFloatingPoint(counter: find(label, dimensions, .counter))
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions, .gauge)
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        find(label, dimensions, aggregate ? .summary : .gauge)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label, dimensions, .histogram)
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func find(_ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind) -> Series {
        let labels = dimensions.sorted { $0.0 < $1.0 }.map { "\(Self.name($0.0))=\"\(Self.escape($0.1))\"" }
        let key = Key(name: Self.name(label), labels: labels.joined(separator: ","))
        return series.withLock { series in
            if let known = series[key] { return known }
            let new = Series(kind)
            series[key] = new
            return new
        }
    }

    /// Everything, as one page of text.
    package func page() -> String {
        let all = series.withLock { $0.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) } }
        var page = ""
        var lastName = ""
        for (key, series) in all {
            if key.name != lastName {
                page += "# TYPE \(key.name) \(series.kind.rawValue)\n"
                lastName = key.name
            }
            series.write(key.name, labels: key.labels, to: &page)
        }
        return page
    }

    /// Libraries name what they count with dots and dashes too.
    private static func name(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isAllowed = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isAllowed || scalar == "_" || scalar == ":" ? scalar : "_"
        }
        let startsWithDigit = scalars.first.map { ("0"..."9").contains($0) } ?? true
        return (startsWithDigit ? "_" : "") + String(String.UnicodeScalarView(scalars))
    }

    private static func escape(_ value: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

/// One line, or one histogram's lines, of the page.
private final class Series: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    enum Kind: String {
        case counter, gauge, summary, histogram
    }

    let kind: Kind
    private let count = Atomic<Int64>(0)
    private let nanoseconds = Atomic<Int64>(0)
    private let value = Mutex(0.0)
    private let buckets: [Atomic64]

    /// Seconds: from "at once" to "Slack has given up".
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// An atomic in an array needs a box.
    final class Atomic64: Sendable {
        let value = Atomic<Int64>(0)
    }

    init(_ kind: Kind) {
        self.kind = kind
        buckets = kind == .histogram ? Self.bounds.map { _ in Atomic64() } : []
    }

    func increment(by amount: Int64) { count.add(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        count.add(1, ordering: .relaxed)
        self.value.withLock { $0 = kind == .gauge ? value : $0 + value }
    }

    func recordNanoseconds(_ duration: Int64) {
        count.add(1, ordering: .relaxed)
        nanoseconds.add(duration, ordering: .relaxed)
        let seconds = Double(duration) / 1e9
        if let index = Self.bounds.firstIndex(where: { seconds <= $0 }) {
            buckets[index].value.add(1, ordering: .relaxed)
        }
    }

    private static func figure(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        return value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : "\(value)"
    }

    func write(_ name: String, labels: String, to page: inout String) {
        let braces = labels.isEmpty ? "" : "{\(labels)}"
        switch kind {
        case .counter:
            page += "\(name)\(braces) \(count.load(ordering: .relaxed))\n"
        case .gauge:
            page += "\(name)\(braces) \(Self.figure(value.withLock(\.self)))\n"
        case .summary:
            page += "\(name)_sum\(braces) \(Self.figure(value.withLock(\.self)))\n"
            page += "\(name)_count\(braces) \(count.load(ordering: .relaxed))\n"
        case .histogram:
            var below: Int64 = 0
            let comma = labels.isEmpty ? "" : labels + ","
            for (bound, bucket) in zip(Self.bounds, buckets) {
                below += bucket.value.load(ordering: .relaxed)
                page += "\(name)_bucket{\(comma)le=\"\(bound)\"} \(below)\n"
            }
            page += "\(name)_bucket{\(comma)le=\"+Inf\"} \(count.load(ordering: .relaxed))\n"
            page += "\(name)_sum\(braces) \(Double(nanoseconds.load(ordering: .relaxed)) / 1e9)\n"
            page += "\(name)_count\(braces) \(count.load(ordering: .relaxed))\n"
        }
    }
}

/// A counter of fractions, for libraries that want one; ours count whole things.
private final class AccumulatingFloatingPoint: FloatingPointCounterHandler {
    private let counter: Series
    private let rest = Mutex(0.0)

    init(counter: Series) { self.counter = counter }

    func increment(by amount: Double) {
        guard amount.isFinite, amount >= 0 else { return }
        let whole: Int64 = rest.withLock { rest in
            rest += amount
            let whole = Int64(exactly: rest.rounded(.down)) ?? 0
            rest -= Double(whole)
            return whole
        }
        counter.increment(by: whole)
    }
    func reset() { counter.reset() }
}
