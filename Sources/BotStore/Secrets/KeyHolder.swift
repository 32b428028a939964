import Synchronization

/// The keys that a store seals and opens with, which can be changed while it is open.
final class KeyHolder: Sendable {
    private let ring: Mutex<KeyRing>

    init(_ ring: KeyRing) { self.ring = Mutex(ring) }

    var keys: KeyRing {
        get { ring.withLock { $0 } }
        set { ring.withLock { $0 = newValue } }
    }
}
