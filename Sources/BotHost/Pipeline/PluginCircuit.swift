import Foundation
import PluginAPI
import Synchronization

/// Keeps a plugin that fails and fails from answering people with errors all day: three failures within an hour in one
/// workspace, and it rests there for five minutes; then one request is let through, and its outcome decides.
final class PluginCircuit: Sendable {
    struct Failure: Sendable, Hashable {
        let at: Date
        let traceID: String
        let what: String
    }

    enum State: Sendable, Hashable {
        case closed
        case open(until: Date)
    }

    private struct Key: Hashable {
        let plugin: String
        let workspace: String
    }
    private struct Record {
        var failures: [Failure] = []
        var openUntil: Date?
        var isProbing = false
    }

    static let limit = 3
    static let window: TimeInterval = 3_600
    static let rest: TimeInterval = 300

    private let records = Mutex<[Key: Record]>([:])

    init() {}

    /// - Returns: False where the plugin rests.
    func admits(_ plugin: String, in workspace: String, now: Date) -> Bool {
        records.withLock { records in
            let key = Key(plugin: plugin, workspace: workspace)
            guard let until = records[key]?.openUntil else { return true }
            guard now >= until, records[key]?.isProbing == false else { return false }
            records[key]?.isProbing = true
            return true
        }
    }

    /// Healthy plugins have no record, so that success costs one look-up.
    func succeeded(_ plugin: String, in workspace: String) {
        records.withLock { records in
            let key = Key(plugin: plugin, workspace: workspace)
            guard records[key]?.isProbing == true else { return }
            records[key] = nil
        }
    }

    /// The plugin did neither well nor badly: something it needs was away. The next request tries again.
    func undecided(_ plugin: String, in workspace: String) {
        records.withLock { $0[Key(plugin: plugin, workspace: workspace)]?.isProbing = false }
    }

    /// - Returns: True where this failure opened the circuit: the moment to tell somebody.
    func failed(_ plugin: String, in workspace: String, _ what: String, traceID: String, now: Date) -> Bool {
        records.withLock { records in
            let key = Key(plugin: plugin, workspace: workspace)
            var record = records[key] ?? Record()
            record.failures.removeAll { now.timeIntervalSince($0.at) > Self.window }
            record.failures.append(Failure(at: now, traceID: traceID, what: what))
            let opens = record.isProbing || (record.failures.count >= Self.limit && record.openUntil == nil)
            if opens {
                record.openUntil = now.addingTimeInterval(Self.rest)
                record.isProbing = false
            }
            if record.failures.count > 10 { record.failures.removeFirst(record.failures.count - 10) }
            records[key] = record
            return opens
        }
    }

    func state(_ plugin: String, in workspace: String, now: Date) -> State {
        records.withLock { records in
            guard let until = records[Key(plugin: plugin, workspace: workspace)]?.openUntil, until > now else {
                return .closed
            }
            return .open(until: until)
        }
    }

    /// The last failures of a plugin in a workspace, oldest first.
    func failures(_ plugin: String, in workspace: String) -> [Failure] {
        records.withLock { $0[Key(plugin: plugin, workspace: workspace)]?.failures ?? [] }
    }

    /// An administrator has mended it.
    func reset(_ plugin: String, in workspace: String) {
        records.withLock { $0[Key(plugin: plugin, workspace: workspace)] = nil }
    }
}
