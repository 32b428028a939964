package import Foundation

/// Where a plugin's values live: its own, in one workspace. No plugin sees another's.
package struct ValueScope: Hashable, Sendable {
    package let plugin: String
    /// The workspace's id; empty for what belongs to no workspace.
    package let workspace: String

    package init(plugin: String, workspace: String) {
        self.plugin = plugin
        self.workspace = workspace
    }
}

/// A stored value.
package struct PluginValue: Sendable, Equatable {
    package let key: String
    package let data: Data
    /// Grows with every change, and never comes back after a deletion.
    package let version: Int64
    package let expiresAt: Date?
    package let updatedAt: Date
}

/// A value to put or delete.
package struct ValueChange: Sendable, Equatable {
    /// What the stored value must be for the change to happen.
    package enum Expectation: Sendable, Equatable {
        case anything
        /// There is none, or it has expired.
        case absent
        case version(Int64)
    }

    package var scope: ValueScope
    package var key: String
    /// The new value; nil deletes.
    package var data: Data?
    package var expected: Expectation
    package var expiresAt: Date?

    /// A change that puts `data`; `key` ≤ 512 bytes, `data` ≤ 256 KiB.
    package static func put(
        _ data: Data, for key: String, in scope: ValueScope, expected: Expectation = .anything, expiresAt: Date? = nil
    ) -> ValueChange {
        ValueChange(scope: scope, key: key, data: data, expected: expected, expiresAt: expiresAt)
    }

    /// A change that deletes; deleting what is not there is no failure unless a version was expected.
    package static func delete(
        _ key: String, in scope: ValueScope, expected: Expectation = .anything
    ) -> ValueChange {
        ValueChange(scope: scope, key: key, data: nil, expected: expected, expiresAt: nil)
    }
}
