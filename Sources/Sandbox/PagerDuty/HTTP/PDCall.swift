import Foundation

/// One call of the simulated REST API, after its caller is known.
struct PDCall: Sendable {
    /// Whose credential it came with.
    enum Caller: Sendable {
        /// The account's REST API key.
        case account
        /// A person's user API token.
        case user(PDUser)
    }

    var caller: Caller
    /// What stood at the `{}` of the path.
    var parameters: [String] = []
    var query: [(name: String, value: String)] = []
    var from: String?
    var body: JSON = .null
    var now: Date
    /// `http://127.0.0.1:8080`, before which every address of an answer stands.
    var origin: String
    /// `api`, or `website` for what people do on the page.
    var channel = "api"

    var user: PDUser? { if case .user(let user) = caller { user } else { nil } }
    var id: String { parameters.first ?? "" }

    func value(_ name: String) -> String? { query.last { $0.name == name }?.value }
    /// The values of a repeated parameter such as `statuses[]`.
    func values(_ name: String) -> [String] {
        query.filter { $0.name == name + "[]" || $0.name == name }.map(\.value)
    }
    func includes(_ name: String) -> Bool { values("include").contains(name) }

    /// A date in the query, or nil where it is not given.
    func date(_ name: String, in zone: TimeZone = PDTime.utc) throws(PDFailure) -> Date? {
        guard let text = value(name), !text.isEmpty else { return nil }
        guard let date = PDTime.parse(text, in: zone) else { throw .invalid("\(name) is not a valid date") }
        return date
    }

    func zone(default zone: TimeZone) throws(PDFailure) -> TimeZone {
        guard let text = value("time_zone"), !text.isEmpty else { return zone }
        guard let asked = TimeZone(identifier: text) else { throw .invalid("Time zone is invalid") }
        return asked
    }

    /// The object that the body wraps under a name, as in `{"incident": {…}}`.
    func wrapped(_ name: String) throws(PDFailure) -> JSON {
        guard let inner = body[name], inner.object != nil else { throw .invalid("\(name) is required") }
        return inner
    }

    /// Who acts: the person of a user token, or the one whom `From` names.
    func hand(in account: PDAccount) throws(PDFailure) -> PDAccount.Hand {
        if let user { return PDAccount.Hand(agent: .user(user.id), channel: channel, date: now) }
        // The account's key may do all, but not in the name of somebody who may nothing.
        guard let from, let user = account.user(email: from) else { throw .requesterNotFound }
        guard user.role.respondsToAssigned else { throw .requesterNotAuthorized }
        return PDAccount.Hand(agent: .user(user.id), channel: channel, date: now)
    }
}

/// What a call is answered with.
struct PDAnswer: Sendable {
    var status = 200
    var json: JSON?
}
