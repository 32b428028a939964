import Synchronization

/// A list that handlers of a test add to.
final class Mutexed<Value: Sendable>: Sendable {
    private let state: Mutex<[Value]>

    init(_ values: [Value] = []) { state = Mutex(values) }

    var values: [Value] { state.withLock(\.self) }
    func append(_ value: Value) { state.withLock { $0.append(value) } }
}
