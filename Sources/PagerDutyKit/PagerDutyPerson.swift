package import PluginAPI

/// PagerDuty as one person, with that person's own token.
package struct PagerDutyPerson: Sendable {
    private let person: Person
    private let account: AccountAccess

    init(_ person: Person, account: AccountAccess) {
        self.person = person
        self.account = account
    }

    /// Who the person is in PagerDuty.
    ///
    /// - Throws: `AccountError.notLinked` where they have not linked an account: let it pass, the host asks for it.
    package func linked() async throws -> LinkedAccount {
        guard let linked = try await account.linked(person) else {
            throw AccountError.notLinked(provider: PagerDuty.provider)
        }
        return linked
    }

    /// Reads something that the person may see.
    ///
    /// - Throws: ``PagerDutyError``; `AccountError` where there is no link or PagerDuty no longer accepts it.
    package func read<Response>(_ call: PagerDutyRead<Response>) async throws -> Response {
        let exchange = PagerDutyExchange(actor: .person, isWrite: false)
        return try await exchange.run(call.request, decode: call.decode) { try await account.send($0, as: person) }
    }

    /// Changes something; PagerDuty decides whether the person may.
    ///
    /// - Throws: ``PagerDutyError``; `AccountError` where there is no link or PagerDuty no longer accepts it.
    package func write<Response>(_ call: PagerDutyWrite<Response>) async throws -> Response {
        let request = try call.request(from: try await linked().email)
        let exchange = PagerDutyExchange(actor: .person, isWrite: true)
        return try await exchange.run(request, decode: call.decode) { try await account.send($0, as: person) }
    }
}
