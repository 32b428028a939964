import Foundation

/// Somebody who is told of events: a webhook subscription (V3) or an extension of a service (V2).
struct PDReceiver: Sendable {
    private enum Kind {
        case subscription(PDSubscription)
        case `extension`(PDExtension)
    }
    let url: String
    private let kind: Kind

    /// The receiver by its id, unless it is gone.
    init?(_ id: String, _ account: PDAccount) {
        if let one = account.subscriptions.first(where: { $0.id == id }) {
            self.init(one)
        } else if let one = account.extensions.first(where: { $0.id == id }) {
            self.init(one)
        } else {
            return nil
        }
    }

    private init(_ one: PDSubscription) {
        url = one.url
        kind = .subscription(one)
    }

    private init?(_ one: PDExtension) {
        guard let url = one.endpointURL else { return nil }
        self.url = url
        kind = .extension(one)
    }

    /// Everybody whom an event is for now.
    static func all(for event: PDEvent, _ account: PDAccount, at now: Date) -> [PDReceiver] {
        account.subscriptions.filter { $0.isFor(event, account, at: now) }.map(PDReceiver.init)
            + account.extensions.filter { $0.isFor(event, at: now) }.compactMap(PDReceiver.init)
    }

    var id: String {
        switch kind {
        case .subscription(let one): one.id
        case .extension(let one): one.id
        }
    }

    var `extension`: PDExtension? { if case .extension(let one) = kind { one } else { nil } }

    func eventType(_ event: PDEvent) -> String {
        self.extension == nil ? event.type : PDExtension.event(for: event.type) ?? event.type
    }

    /// What stands in the head of a request. V2 is not signed: the address is the secret.
    func headers(_ delivery: PDDelivery) -> [(name: String, value: String)] {
        guard case .subscription(let one) = kind else {
            return [("User-Agent", "PagerDuty-Webhook/V2.0"), ("X-Webhook-Id", delivery.id)]
        }
        return [
            ("User-Agent", "PagerDuty-Webhook/V3.0"), ("X-Webhook-Id", delivery.id),
            ("X-Webhook-Subscription", one.id),
            ("X-PagerDuty-Signature", PDSignature.header(delivery.body, secret: one.secret)),
        ] + one.headers.map { ($0.name, $0.value) }
    }

    /// Three rejections in a row: nothing is sent for a while.
    func switchOff(until date: Date, in account: inout PDAccount) {
        switch kind {
        case .subscription(let one):
            guard let place = account.subscriptions.firstIndex(where: { $0.id == one.id }) else { return }
            account.subscriptions[place].temporarilyDisabledUntil = date
        case .extension(let one):
            guard let place = account.extensions.firstIndex(where: { $0.id == one.id }) else { return }
            account.extensions[place].temporarilyDisabledUntil = date
        }
        account.touch()
    }
}

extension PDSubscription {
    /// Whether an event is for this subscription now.
    func isFor(_ event: PDEvent, _ account: PDAccount, at now: Date) -> Bool {
        if let until = temporarilyDisabledUntil, until > now { return false }
        if let only = event.subscriptionID { return only == id }
        return wants(event, in: account)
    }
}

extension PDExtension {
    /// Whether an event is for this extension now.
    func isFor(_ event: PDEvent, at now: Date) -> Bool {
        if let until = temporarilyDisabledUntil, until > now { return false }
        guard event.subscriptionID == nil, Self.event(for: event.type) != nil, let incident = event.incident else {
            return false
        }
        return serviceIDs.contains(incident.serviceID)
    }
}
