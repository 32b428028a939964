import BotStore
import Foundation
import Testing

@Suite struct AccountConformanceTests {
    private func account(
        _ user: String, team: String? = "T1", enterprise: String? = nil, provider: String = "pagerduty",
        providerUser: String = "PU1", credential: String = "u+secret"
    ) -> LinkedAccount {
        LinkedAccount(
            provider: provider, person: PersonKey(enterpriseID: enterprise, teamID: team, userID: user),
            accountID: "PACC", providerUserID: providerUser, name: "Ada", email: "ada@example.com",
            credential: Secret(credential), createdAt: .start)
    }

    @Test(arguments: StoreFactory.all)
    func `a link comes back to exactly that person`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let link = account("U1")
            try await store.link(link)
            #expect(try await store.linkedAccount(provider: "pagerduty", person: link.person) == link)
            for person in [
                PersonKey(teamID: "T2", userID: "U1"), PersonKey(teamID: "T1", userID: "U2"),
                PersonKey(enterpriseID: "E1", teamID: "T1", userID: "U1"), PersonKey(teamID: nil, userID: "U1"),
            ] {
                #expect(try await store.linkedAccount(provider: "pagerduty", person: person) == nil)
            }
            #expect(try await store.linkedAccount(provider: "other", person: link.person) == nil)
        }
    }

    @Test(arguments: StoreFactory.all)
    func `nobody can link what a second person of the workspace has linked`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await store.link(account("U1"))
            let refusal = await expectFailure(.alreadyLinked) { try await store.link(account("U2")) }
            #expect(
                refusal?.sentence
                    == "That pagerduty user is linked to another person here: that person has to unlink first.")
            #expect(
                try await store.linkedAccount(
                    provider: "pagerduty", person: PersonKey(teamID: "T1", userID: "U2")) == nil)
            // In another workspace it may well be the same human.
            try await store.link(account("U2", team: "T2"))
            let found = try await store.linkedAccounts(
                provider: "pagerduty", accountID: "PACC", providerUserID: "PU1")
            #expect(found.map(\.person.teamID) == ["T1", "T2"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `in an organization a person is one in all workspaces, and two persons are two`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            try await store.link(account("W1", team: "T1", enterprise: "E1"))
            try await store.link(account("W1", team: "T2", enterprise: "E1"))
            await expectFailure(.alreadyLinked) { try await store.link(account("W2", team: "T3", enterprise: "E1")) }
        }
    }

    @Test(arguments: StoreFactory.all)
    func `linking again replaces, and a credential can be renewed`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let person = account("U1").person
            try await store.link(account("U1"))
            try await store.link(account("U1", providerUser: "PU2", credential: "second"))
            var stored = try #require(try await store.linkedAccount(provider: "pagerduty", person: person))
            #expect(stored.providerUserID == "PU2")
            #expect(stored.credential == Secret("second"))
            try await store.replaceCredential(Secret("third"), renewAt: nil, provider: "pagerduty", person: person)
            try await store.touchLinkedAccount(provider: "pagerduty", person: person, at: .after(9))
            stored = try #require(try await store.linkedAccount(provider: "pagerduty", person: person))
            #expect(stored.credential == Secret("third"))
            #expect(stored.lastUsedAt == .after(9))
        }
    }

    @Test(arguments: StoreFactory.all)
    func `credentials that are to be renewed are found, the most urgent first`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for (number, renewAt) in [(1, Date.after(30)), (2, .after(10)), (3, .after(99))] {
                var link = account("U\(number)", providerUser: "PU\(number)")
                link.renewAt = renewAt
                try await store.link(link)
                #expect(try await store.linkedAccount(provider: "pagerduty", person: link.person) == link)
            }
            try await store.link(account("U4", providerUser: "PU4"))
            let due = try await store.linkedAccounts(toRenewBy: .after(30), limit: 10)
            #expect(due.map(\.person.userID) == ["U2", "U1"])
            #expect(try await store.linkedAccounts(toRenewBy: .after(30), limit: 1).count == 1)
            let person = account("U2").person
            try await store.replaceCredential(
                Secret("new"), renewAt: .after(500), provider: "pagerduty", person: person)
            #expect(try await store.linkedAccounts(toRenewBy: .after(30), limit: 10).map(\.person.userID) == ["U1"])
            try await store.replaceCredential(Secret("new"), renewAt: nil, provider: "pagerduty", person: person)
            #expect(
                try await store.linkedAccounts(toRenewBy: .after(9_999), limit: 10).map(\.person.userID) == [
                    "U1", "U3",
                ])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `unlinking forgets, and frees the provider's user for another`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let link = account("U1")
            try await store.link(link)
            #expect(try await store.unlink(provider: "pagerduty", person: link.person) == link)
            #expect(try await store.unlink(provider: "pagerduty", person: link.person) == nil)
            #expect(try await store.linkedAccount(provider: "pagerduty", person: link.person) == nil)
            await expectFailure(.notFound) {
                try await store.replaceCredential(Secret("x"), renewAt: nil, provider: "pagerduty", person: link.person)
            }
            try await store.link(account("U2"))
        }
    }

    @Test(arguments: StoreFactory.all)
    func `a workspace's people are listed in pages`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for number in 1...5 { try await store.link(account("U\(number)", providerUser: "PU\(number)")) }
            try await store.link(account("U0", team: "T2", providerUser: "PU9"))
            let first = try await store.linkedAccounts(provider: "pagerduty", teamID: "T1", limit: 3, after: nil)
            #expect(first.map(\.person.userID) == ["U1", "U2", "U3"])
            let second = try await store.linkedAccounts(provider: "pagerduty", teamID: "T1", limit: 3, after: "U3")
            #expect(second.map(\.person.userID) == ["U4", "U5"])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `ids that would split a line, or are missing, are refused`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            for bad in [account(""), account("U\n1"), account("U1", providerUser: ""), account("U1", provider: "")] {
                await expectFailure(.invalid) { try await store.link(bad) }
            }
            await expectFailure(.invalid) {
                try await store.link(account("U1", credential: String(repeating: "x", count: 16 * 1024 + 1)))
            }
        }
    }
}
