import FoundationEssentials

/// Work that must happen, even if the process dies first: stored together with the reply that asked for it, run at
/// least once, tried again when it fails.
///
/// ```swift
/// struct PostOrder: Job {
///     static let kind = "coffee.post-order"
///     var who: UserRef, cups: Int
///     func run(_ context: Context<Coffee>) async throws { … }
/// }
/// ```
///
/// "At least once" means that the same job can run again after it had its effect. Make the effect the same: show live
/// messages under a key, give an outside call an idempotency key from ``uniqueKey``.
public protocol Job: Codable, Sendable {
    /// The plugin it belongs to; inferred from ``run(_:)``. The plugin lists it with ``Perform(_:)``.
    associatedtype Owner: Plugin

    /// Its name in the store, `plugin.verb-object`. It must stay: a stored job is found by it after an upgrade.
    static var kind: String { get }
    /// How often it is tried before it is set aside for an administrator; 1–100.
    static var attempts: Int { get }
    /// Two unfinished jobs of one plugin and workspace never share it: the second one is not stored. `nil`: no limit.
    var uniqueKey: String? { get }

    /// Does it.
    /// - Throws: ``Snooze`` to be called again later without an attempt being counted, ``Abandon`` to stop for good;
    ///   anything else is tried again with growing pauses.
    func run(_ context: Context<Owner>) async throws
}

extension Job {
    /// 10, about an hour.
    public static var attempts: Int { 10 }
    /// No limit.
    public var uniqueKey: String? { nil }

    static func decoded(from payload: [UInt8]) throws -> Self {
        try JSONDecoder().decode(Self.self, from: Data(payload))
    }
}

/// Thrown by a job: not now, later, and do not count this attempt.
public struct Snooze: Error, Hashable {
    /// How long to wait; at least one second.
    public let delay: Duration

    /// - Parameter delay: How long to wait.
    public init(for delay: Duration) {
        self.delay = delay
    }
}

/// Thrown by a job: this will never work, do not try again.
public struct Abandon: Error, Hashable {
    /// Why, for the administrator who reads the job's last words.
    public let reason: String

    /// - Parameter reason: One sentence.
    public init(_ reason: String) {
        self.reason = reason
    }
}

/// A job on its way into the store.
package struct JobRequest: Sendable {
    package let job: any Job
    package let delay: Duration

    package init(_ job: any Job, after delay: Duration) {
        self.job = job
        self.delay = delay
    }

    package var kind: String { type(of: job).kind }
    package var attempts: Int { min(max(type(of: job).attempts, 1), 100) }

    /// The job as JSON.
    package func payload() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try [UInt8](encoder.encode(job))
    }
}
