package import PluginAPI

/// PagerDuty as a plugin sees it. Its words are nested here, so that `PagerDuty.Service` and Slack's or our own words
/// never meet under one name.
package struct PagerDuty: Sendable {
    /// The provider's id in manifests and in the store.
    package static let provider = "pagerduty"

    private let account: AccountAccess

    package init(account: AccountAccess) {
        self.account = account
    }

    /// Reads something with the key of the account that the workspace is connected to.
    ///
    /// - Throws: ``PagerDutyError``, or `AccountError` where the workspace is connected to no account.
    package func read<Response>(_ call: PagerDutyRead<Response>) async throws -> Response {
        let exchange = PagerDutyExchange(actor: .account, isWrite: false)
        return try await exchange.run(call.request, decode: call.decode) { try await account.read($0) }
    }

    /// Reads a list, page after page, up to a bound.
    package func read<Element>(_ list: PagerDutyList<Element>, limit: Int) async throws -> Page<Element> {
        try await list.all(limit: limit) { call in try await read(call) }
    }

    /// PagerDuty as a person, with the person's own token; there is no other way to change anything.
    package func acting(as person: Person) -> PagerDutyPerson {
        PagerDutyPerson(person, account: account)
    }

    /// The account that the workspace is connected to.
    ///
    /// - Throws: `AccountError.notConnected` where it is connected to none.
    package func mapped() async throws -> MappedAccount? {
        try await account.mapped()
    }
}

extension Context {
    /// PagerDuty; the plugin's manifest must list `pagerduty` in `accounts`.
    package var pagerDuty: PagerDuty { PagerDuty(account: account(PagerDuty.provider)) }
}
