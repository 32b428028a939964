package import BotStore
import Foundation

/// Changes the key under which secrets are stored, while everything runs.
package struct KeyChange: Sendable {
    private let database: DatabaseLocation
    private let environment: Secret?

    /// - Parameter environment: The text of `BOTHOST_KEYS`, if there is one.
    package init(database: DatabaseLocation, environment: Secret?) {
        self.database = database
        self.environment = environment
    }

    init(database: String, environment: Secret?) throws(StartProblems) {
        do {
            self.init(database: try DatabaseLocation(database), environment: environment)
        } catch {
            throw StartProblems(lines: [error.sentence])
        }
    }

    /// Makes a new key where the keys are in a file of ours, and seals everything that is stored under the first key.
    func rotate(_ store: any SecretStore, at now: Date) async throws(StoreError) -> KeyRotation {
        let ring = try database.addKey(environment: environment)
        if let ring { try await store.adopt(ring, at: now) }
        let current: KeyRing
        if let ring { current = ring } else { current = try database.keys(environment: environment).ring }
        var resealed = 0
        // A little at a time, so that everything else goes on meanwhile.
        while true {
            let step = try await store.rotateSecrets(limit: 100)
            resealed += step.resealed
            guard step.resealed == 0 else { continue }
            return KeyRotation(
                key: current.ids.first ?? "", isNew: ring != nil, resealed: resealed, remaining: step.remaining,
                unreadable: step.unreadable)
        }
    }
}

/// What came of a change of keys.
package struct KeyRotation: Sendable, Equatable, Codable {
    /// The id of the key that seals now.
    package let key: String
    /// Whether that key was made for this.
    package let isNew: Bool
    package let resealed: Int
    package let remaining: Int
    /// Secrets that could not be opened, in words.
    package let unreadable: [String]
}
