private import FoundationEssentials
package import PluginAPI

/// PagerDuty as a service on which people have accounts.
package struct PagerDutyAccountProvider: AccountProvider {
    package let id = PagerDuty.provider
    package let name = "PagerDuty"
    package let baseURL: String
    package let signIn: (any AccountSignIn)?

    /// - Parameter signIn: Where there is an OAuth app.
    package init(endpoints: PagerDuty.Endpoints = PagerDuty.Endpoints(), signIn: PagerDutySignIn? = nil) {
        baseURL = endpoints.api
        self.signIn = signIn
    }

    package var tokenHelp: TokenHelp {
        TokenHelp(
            steps: """
                1. Sign in to PagerDuty and open *My Profile* → *User Settings*.
                2. Under *API Access* choose *Create API User Token*, name it and copy it.
                3. Paste it here. It is stored encrypted, and everything you do here in PagerDuty is done as you.
                """,
            placeholder: "u+AbCdEfGhIjKlMnOpQr")
    }

    /// `403_client_error` is what PagerDuty's own guide calls this, and what people search for.
    package var notConnected: String {
        "This Slack workspace is not connected to a PagerDuty account, or its connection was removed "
            + "(`403_client_error`). Ask an administrator to connect it in the console under *Workspaces*, then try "
            + "again."
    }

    package func isRead(_ request: HTTPRequest) -> Bool {
        PagerDutyReads.contains(request)
    }

    package func isUpkeep(_ request: HTTPRequest) -> Bool {
        PagerDutyReads.isSubscriptionUpkeep(request)
    }

    package func authorize(_ request: inout HTTPRequest, with credential: String) {
        request.headers.removeAll { $0.name.lowercased() == "authorization" }
        request.headers.append(("authorization", PagerDutyCredential(credential).authorization))
    }

    package func identify(
        token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse,
        read: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> LinkedAccount {
        guard PagerDutyCredential(token).isPlausible else {
            throw Refusal("This is no PagerDuty token: it has no spaces and no quotes. Copy it once more.")
        }
        let me = try await whoHas(send)
        let seen = try await whoIs(me.id, read)
        // The same id in another account would be a coincidence; the address makes it a proof.
        guard seen?.id == me.id, let email = me.email, seen?.email == email else {
            throw Refusal(
                "This token belongs to another PagerDuty account than the one this workspace is connected to. "
                    + "Make one in the right account and paste it here.")
        }
        return LinkedAccount(userID: me.id.value, name: me.name, email: email)
    }

    package func describeAccount(
        read: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> MappedAccount {
        let exchange = PagerDutyExchange(actor: .account, isWrite: false)
        let call = PagerDutyRead.accountSubdomain
        let subdomain = try await exchange.run(call.request, decode: call.decode, send: read)
        return MappedAccount(id: subdomain.value ?? "", name: subdomain.value ?? name)
    }

    /// PagerDuty has no call to revoke a user API token; people delete it in their profile.
    package func revoke(
        token: String, send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> Bool {
        false
    }

    private func whoHas(_ send: @Sendable (HTTPRequest) async throws -> HTTPResponse) async throws -> PagerDuty.User {
        let exchange = PagerDutyExchange(actor: .person, isWrite: false)
        let call = PagerDutyRead.me
        do {
            return try await exchange.run(call.request, decode: call.decode, send: send)
        } catch AccountError.linkExpired {
            throw Refusal("PagerDuty doesn't know this token: copy it once more, or make a new one.")
        } catch let error as PagerDutyError where error.reason == .invalid || error.reason == .notFound {
            // What `/users/me` answers to an account's key, which has no user.
            throw Refusal("This is an account's API key, not yours: make a user token in your profile.")
        }
    }

    /// - Returns: `nil` where the workspace's account has no such user.
    private func whoIs(
        _ id: PagerDuty.ID, _ read: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> PagerDuty.User? {
        let exchange = PagerDutyExchange(actor: .account, isWrite: false)
        let call = PagerDutyRead.user(id)
        do {
            return try await exchange.run(call.request, decode: call.decode, send: read)
        } catch let error as PagerDutyError where error.reason == .notFound {
            return nil
        }
    }
}
