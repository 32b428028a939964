import BotStore
import Foundation
import Testing

@Suite struct InstallationConformanceTests {
    private func installation(_ team: String?, enterprise: String? = nil, token: String = "xoxb-1") -> Installation {
        Installation(
            teamID: team, enterpriseID: enterprise, isEnterpriseInstall: team == nil, appID: "A1", botUserID: "U1",
            botToken: Secret(token), scopes: ["chat:write", "commands"], name: "Acme", createdAt: .start)
    }

    @Test(arguments: StoreFactory.all)
    func `an installation comes back with all it has`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            var full = installation("T1", enterprise: "E1", token: String(repeating: "x", count: 4096))
            full.botRefreshToken = Secret("xoxe-1")
            full.botTokenExpiresAt = .after(43_200)
            full.state = .suspended(reason: "token_revoked")
            full.accounts = ["pagerduty": MappedAccount(accountID: "PACC", subdomain: "acme", region: "eu")]
            try await store.saveInstallation(full)
            #expect(try await store.installation(teamID: "T1", enterpriseID: nil) == full)
            #expect(try await store.installations() == [full])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `the exact workspace serves a request, else its organization, never another`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            try await store.saveInstallation(installation(nil, enterprise: "E1", token: "org"))
            try await store.saveInstallation(installation("T1", enterprise: "E1", token: "team"))
            func token(_ team: String?, _ enterprise: String?) async throws -> String? {
                try await store.installation(teamID: team, enterpriseID: enterprise)?.botToken.reveal()
            }
            #expect(try await token("T1", "E1") == "team")
            #expect(try await token("T1", nil) == "team")
            #expect(try await token("T2", "E1") == "org")
            #expect(try await token(nil, "E1") == "org")
            #expect(try await token("T2", "E2") == nil)
            #expect(try await token("T2", nil) == nil)
            #expect(try await token(nil, nil) == nil)
            // An organization's id is not a workspace's, nor the other way round.
            #expect(try await token("E1", nil) == nil)
            #expect(try await token(nil, "T1") == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `installing again takes the new token and keeps the mapped account`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await store.saveInstallation(installation("T1"))
            let account = MappedAccount(accountID: "PACC")
            try await store.mapInstallation("T1", provider: "pagerduty", to: account, at: .after(1))
            try await store.setInstallationState(.suspended(reason: "token_revoked"), id: "T1", at: .after(2))
            var again = installation("T1", token: "xoxb-2")
            again.createdAt = .after(5)
            again.updatedAt = .after(5)
            try await store.saveInstallation(again)
            let stored = try #require(try await store.installation(teamID: "T1", enterpriseID: nil))
            #expect(stored.botToken == Secret("xoxb-2"))
            #expect(stored.accounts == ["pagerduty": account])
            #expect(stored.state == .active)
            #expect(stored.createdAt == .start)
            #expect(stored.updatedAt == .after(5))
            try await store.mapInstallation("T1", provider: "pagerduty", to: nil, at: .after(6))
            #expect(try await store.installation(teamID: "T1", enterpriseID: nil)?.accounts == [:])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `what is not installed cannot be changed`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            await expectFailure(.notFound) { try await store.setInstallationState(.active, id: "T9", at: .start) }
            await expectFailure(.notFound) {
                try await store.mapInstallation("T9", provider: "p", to: nil, at: .start)
            }
            await expectFailure(.invalid) { try await store.saveInstallation(installation(nil)) }
            try await store.saveInstallation(installation("T1"))
            #expect(try await store.deleteInstallation("T1"))
            #expect(try await store.deleteInstallation("T1") == false)
            #expect(try await store.installations().isEmpty)
        }
    }
}
