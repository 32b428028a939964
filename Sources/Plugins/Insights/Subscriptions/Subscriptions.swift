import FoundationEssentials
import PluginAPI

/// The subscriptions of a workspace.
struct Subscriptions {
    /// More than anybody reads.
    static let mostPerPerson = 25
    /// Subscriptions looked through in one go, a thousand at a time.
    static let mostPages = 20

    private let context: Context<InsightsPlugin>

    init(_ context: Context<InsightsPlugin>) {
        self.context = context
    }

    func of(_ person: Person) async throws -> [Subscription] {
        try await context.store.list(prefix: Subscription.prefix(of: person), as: Subscription.self).map(\.value)
    }

    /// - Returns: `nil` where the person has none of that id.
    func subscription(_ id: String, of person: Person) async throws -> Subscription? {
        guard Subscription.isID(id) else { return nil }
        return try await context.store.get(Subscription.key(id, of: person))
    }

    func put(_ subscription: Subscription) async throws {
        try await context.store.put(subscription, at: subscription.key)
    }

    /// Ends a subscription of this person; nothing happens where there is none.
    func end(_ id: String, of person: Person) async throws {
        guard Subscription.isID(id) else { return }
        try await context.store.delete(Subscription.key(id, of: person))
    }

    /// Sets what may be changed of a subscription that is still there.
    func change(_ id: String, of person: Person, _ change: @Sendable (inout Subscription) -> Void) async throws {
        guard Subscription.isID(id) else { return }
        do {
            _ = try await context.store.update(Subscription.key(id, of: person), as: Subscription.self) { present in
                guard var subscription = present else { throw Ended() }
                change(&subscription)
                return subscription
            }
        } catch is Ended {}
    }

    /// Tells a person something in the direct message with the app, once in a week.
    func tell(_ person: Person, _ message: Message, once key: String) async throws {
        let known = "told/\(person.id)/\(key)"
        if try await context.store.get(known, as: Bool.self) == true { return }
        let place = try await context.slack.openDirectMessage(with: person.id)
        try await context.messages.show(
            message, as: "\(known)/\(Int64(context.now.timeIntervalSince1970 / 604_800))", in: place)
        try await context.store.put(true, at: known, expires: context.now.addingTimeInterval(604_800))
    }

    /// Enqueues a report for every subscription that is due, and sets when the next one is.
    ///
    /// The job comes first: after a crash in between it is enqueued again, which its unique key and the key of its
    /// message make one report.
    func enqueueDue(_ context: Context<InsightsPlugin>) async throws {
        var last: String?
        for _ in 0..<Self.mostPages {
            let page = try await context.store.list(
                prefix: Subscription.prefix, as: Subscription.self, limit: 1_000, after: last)
            for (key, subscription) in page where subscription.nextAt <= context.now {
                if subscription.isPaused != true {
                    let due = subscription.rhythm.last(from: subscription.nextAt, by: context.now)
                    try await context.jobs.enqueue(DeliverReport(subscription, at: due))
                }
                try await advance(key)
            }
            guard page.count == 1_000, let end = page.last?.key else { return }
            last = end
        }
    }

    private func advance(_ key: String) async throws {
        let now = context.now
        do {
            _ = try await context.store.update(key, as: Subscription.self) { present in
                // Somebody may have unsubscribed in between.
                guard var subscription = present else { throw Ended() }
                if subscription.nextAt <= now {
                    subscription.nextAt = subscription.rhythm.next(after: subscription.nextAt, beyond: now)
                }
                return subscription
            }
        } catch is Ended {}
    }

    private struct Ended: Error {}
}
