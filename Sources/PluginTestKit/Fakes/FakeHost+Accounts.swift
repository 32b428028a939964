package import PluginAPI
import Synchronization

extension FakeHost {
    package func readAccount(
        _ request: HTTPRequest, provider: String, for core: ContextCore
    ) async throws -> HTTPResponse {
        let account = try account(provider, for: core)
        guard account.mapped != nil else {
            throw AccountError.notConnected(
                provider: provider,
                sentence: account.provider?.notConnected ?? "This workspace is connected to no account.")
        }
        guard account.isRead(request) else { throw AccountError.notARead }
        return try answer(request, of: provider, as: nil)
    }

    package func actOnAccount(
        _ request: HTTPRequest, provider: String, as person: Person, for core: ContextCore
    ) async throws -> HTTPResponse {
        guard try account(provider, for: core).linked[person.id] != nil else {
            throw AccountError.notLinked(provider: provider)
        }
        return try answer(request, of: provider, as: person.id)
    }

    private func account(_ provider: String, for core: ContextCore) throws -> FakeAccount {
        let (account, manifest) = state.withLock { ($0.accounts[provider], $0.manifests[core.pluginID]) }
        if let manifest, !manifest.accounts.contains(provider) {
            complain(
                "\(core.pluginID) uses accounts of “\(provider)”, which its manifest does not name: add "
                    + "accounts: [\"\(provider)\"] to it")
        }
        guard let account else {
            throw notSetUp(
                "An account of “\(provider)” was used",
                inRealLife: AccountError.notConnected(provider: provider, sentence: "This workspace has no account."))
        }
        return account
    }

    private func answer(_ request: HTTPRequest, of provider: String, as person: String?) throws -> HTTPResponse {
        try state.withLock { state in
            var account = state.accounts[provider] ?? FakeAccount()
            defer { state.accounts[provider] = account }
            account.asked.append(FakeAccount.Asked(person: person, request: request))
            let line = "\(request.method) \(request.target)"
            guard let answers = account.answers[line], let first = answers.first else {
                if let fault = account.fault { throw fault }
                throw notSetUp("“\(provider)” was asked \(line)", inRealLife: HTTPFault.unreachable)
            }
            if answers.count > 1 { account.answers[line]?.removeFirst() }
            if let fault = account.fault, first.status == 0 { throw fault }
            return first
        }
    }

    package func mappedAccount(provider: String, for core: ContextCore) async throws -> MappedAccount? {
        state.withLock { $0.accounts[provider]?.mapped }
    }

    package func linkedAccount(
        provider: String, of person: Person, for core: ContextCore
    ) async throws -> LinkedAccount? {
        state.withLock { $0.accounts[provider]?.linked[person.id] }
    }

    package func linkedPeople(
        provider: String, userIDs: [String], for core: ContextCore
    ) async throws -> [String: String] {
        let linked = state.withLock { $0.accounts[provider]?.linked ?? [:] }
        return Dictionary(linked.map { ($0.value.userID, $0.key) }) { first, _ in first }
            .filter { userIDs.contains($0.key) }
    }

    package func unlink(provider: String, person: Person, for core: ContextCore) async throws -> Unlinked? {
        state.withLock { state in
            let isRevoked = state.accounts[provider]?.isRevoked ?? false
            return state.accounts[provider]?.linked.removeValue(forKey: person.id)
                .map { Unlinked(account: $0, isRevoked: isRevoked) }
        }
    }

    package func sendHTTP(_ request: HTTPRequest, for core: ContextCore) async throws -> HTTPResponse {
        let host = Self.host(of: request.target)
        let manifest = state.withLock { $0.manifests[core.pluginID] }
        if let manifest, host.map({ !manifest.hosts.contains($0) }) ?? true {
            complain(
                "\(core.pluginID) asks \(request.target), but its manifest does not name that host: add "
                    + "hosts: [\"\(host ?? "…")\"] to it, and use https")
            throw HTTPFault.notAllowed
        }
        let line = "\(request.method) \(request.target)"
        return try state.withLock { state in
            state.sent.append(request)
            guard let answers = state.http[line], let first = answers.first else {
                throw notSetUp("\(line) was sent", inRealLife: HTTPFault.unreachable)
            }
            if answers.count > 1 { state.http[line]?.removeFirst() }
            guard first.status > 0 else { throw HTTPFault.unreachable }
            return first
        }
    }

    private static func host(of target: String) -> String? {
        guard target.utf8.starts(with: "https://".utf8) else { return nil }
        let rest = target.dropFirst("https://".count)
        return String(rest.prefix { $0 != "/" && $0 != "?" && $0 != ":" && $0 != "#" })
    }
}
