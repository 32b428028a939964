package import Foundation

/// Plugins' key-value store: compare-and-set, expiry, lists by prefix.
package protocol ValueStore: Sendable {
    /// The value, unless there is none or it has expired at `now`.
    func value(_ key: String, in scope: ValueScope, at now: Date) async throws(StoreError) -> PluginValue?

    /// Puts or deletes one value, and returns the new version (nil after a deletion). Throws `conflict` when the
    /// stored version is not the expected one.
    func change(_ change: ValueChange, at now: Date) async throws(StoreError) -> Int64?

    /// Values whose key begins with `prefix`, in the order of the keys' bytes; `after` is the last key of the page
    /// before.
    func values(prefix: String, in scope: ValueScope, at now: Date, limit: Int, after: String?)
        async throws(StoreError) -> [PluginValue]

    /// Removes up to `limit` values that have expired at `now`; returns how many.
    func sweepValues(at now: Date, limit: Int) async throws(StoreError) -> Int
}
