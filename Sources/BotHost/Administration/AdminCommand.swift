package import BotStore
package import Foundation

/// Something an administrator asks of a host on the command line; one case for each.
package enum AdminCommand: Codable, Sendable, Equatable {
    case createToken(name: String)
    case tokens
    case revokeToken(id: String)
    case jobs
    /// Runs a dead letter again.
    case retryJob(id: JobID)
    /// Makes an unfinished job a dead letter, and puts a dead letter away.
    case discardJob(id: JobID)
    /// Seals everything that is stored under a new key.
    case rotateKeys
}

/// What became of it.
package enum AdminAnswer: Codable, Sendable, Equatable {
    /// The only time that the token is shown.
    case created(id: String, token: String)
    case tokens([Token])
    case jobs(JobsOverview)
    case rotated(KeyRotation)
    case done
    /// Not done, and why, in one sentence.
    case refused(String)

    /// A token as it is listed.
    package struct Token: Codable, Sendable, Equatable {
        package let id: String
        package let name: String
        package let createdAt: Date
        package let lastUsedAt: Date?
    }
}
