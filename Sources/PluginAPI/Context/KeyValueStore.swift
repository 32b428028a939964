public import FoundationEssentials

/// A plugin's own memory in one workspace: small values under keys, surviving restarts, shared by all replicas.
public struct KeyValueStore: Sendable {
    let core: ContextCore

    /// Reads a value.
    /// - Returns: `nil` where there is none or it has expired.
    /// - Throws: ``StoreFault`` where the store is away, `DecodingError` where the value has another shape.
    public func get<Value: Decodable>(_ key: String, as type: Value.Type = Value.self) async throws -> Value? {
        guard let stored = try await core.services.value(key, for: core) else { return nil }
        return try JSONDecoder().decode(type, from: Data(stored.bytes))
    }

    /// Writes a value, whatever is there.
    /// - Parameters:
    ///   - key: At most 512 bytes.
    ///   - value: At most 256 KiB as JSON.
    ///   - expires: When it is gone by itself.
    public func put(_ value: some Encodable, at key: String, expires: Date? = nil) async throws {
        try await core.services.put(encode(value), at: key, expecting: nil, expires: expires, for: core)
    }

    /// Writes a value only if there is none.
    /// - Throws: ``StoreFault/conflict`` where there is one.
    public func insert(_ value: some Encodable, at key: String, expires: Date? = nil) async throws {
        try await core.services.put(encode(value), at: key, expecting: 0, expires: expires, for: core)
    }

    /// Changes a value, safely against others who change it at the same time.
    /// - Parameter change: Gets the present value or `nil` and returns the new one; may be called several times.
    /// - Returns: What was written.
    public func update<Value: Codable & Sendable>(
        _ key: String, as type: Value.Type = Value.self, expires: Date? = nil,
        _ change: @Sendable (Value?) throws -> Value
    ) async throws -> Value {
        var attempt = 0
        while true {
            let stored = try await core.services.value(key, for: core)
            let present = try stored.map { try JSONDecoder().decode(type, from: Data($0.bytes)) }
            let next = try change(present)
            do {
                try await core.services.put(
                    encode(next), at: key, expecting: stored?.version ?? 0, expires: expires, for: core)
                return next
            } catch StoreFault.conflict where attempt < 20 {
                attempt += 1
            }
        }
    }

    /// Removes a value; nothing happens where there is none.
    public func delete(_ key: String) async throws {
        try await core.services.deleteValue(key, for: core)
    }

    /// Reads the values whose keys start with a prefix, ordered by key.
    /// - Parameters:
    ///   - limit: 1–1,000.
    ///   - after: The last key of the page before.
    public func list<Value: Decodable>(
        prefix: String, as type: Value.Type = Value.self, limit: Int = 100, after: String? = nil
    ) async throws -> [(key: String, value: Value)] {
        try await core.services.values(prefix: prefix, limit: min(max(limit, 1), 1_000), after: after, for: core)
            .map { ($0.key, try JSONDecoder().decode(type, from: Data($0.bytes))) }
    }

    private func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try [UInt8](encoder.encode(value))
    }
}

/// One value as the store keeps it.
package struct StoredValue: Sendable {
    package let key: String
    package let bytes: [UInt8]
    package let version: Int64

    package init(key: String, bytes: [UInt8], version: Int64) {
        self.key = key
        self.bytes = bytes
        self.version = version
    }
}

/// Why the store did not do it.
public enum StoreFault: Error, Hashable {
    /// Somebody else changed the value in between.
    case conflict
    /// The key or the value is too large.
    case tooLarge
    /// The store is away or full; what was asked did not happen.
    case unavailable
}
