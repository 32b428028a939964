import PluginAPI
import Testing

@testable import BotHost

@Suite struct PolicyTests {
    private func policy(_ text: String, _ overrides: Policy.Override...) throws -> Policy {
        let plugins = PluginsFileReaderTests.plugins
        return Policy(
            file: try PluginsFileReader.read(Array(text.utf8), plugins: plugins), plugins: plugins, overrides: overrides
        )
    }

    private static let text = #"""
        {"plugins": {"help": {}, "coffee": {"channels": ["C0GENERAL"], "users": ["U0ANN"], "settings": {"limit": 3}}},
         "workspaces": {
            "T0ACME": {"plugins": {"coffee": {"channels": ["C0INC"], "settings": {"channel": "C0X"}}, "tea": {}}},
            "T0OTHER": {"plugins": {"help": {"enabled": false}}}}}
        """#

    @Test func `a workspace overrides the general entry key by key`() throws {
        let terms = try #require(try policy(Self.text).terms(for: "coffee", in: "T0ACME"))
        #expect(terms.isEnabled)
        #expect(terms.channels == ["C0INC"])
        #expect(terms.users == ["U0ANN"])
        let settings = try #require(terms.settings as? Coffee.Settings)
        #expect(settings.limit == 3)
        #expect(settings.channel == "C0X")
    }

    @Test func `a plugin that is not listed is off, unless a workspace lists it`() throws {
        let policy = try policy(Self.text)
        #expect(policy.terms(for: "tea", in: "T0OTHER")?.isEnabled == false)
        #expect(policy.terms(for: "tea", in: "T0OTHER")?.decidedBy == "plugins.json does not list it")
        #expect(policy.terms(for: "tea", in: "T0ACME")?.isEnabled == true)
        #expect(policy.terms(for: "tea", in: "T0ACME")?.decidedBy == "plugins.json, workspaces.T0ACME.plugins.tea")
        #expect(policy.terms(for: "nobody", in: "T0ACME") == nil)
    }

    @Test func `a workspace can switch a plugin off`() throws {
        let policy = try policy(Self.text)
        #expect(policy.terms(for: "help", in: "T0OTHER")?.isEnabled == false)
        #expect(policy.terms(for: "help", in: "T0NEW")?.isEnabled == true)
        #expect(policy.terms(for: "help", in: "T0NEW")?.decidedBy == "plugins.json, plugins.help")
    }

    @Test func `what is switched in the console overrides the file, and keeps its limits`() throws {
        let policy = try policy(
            Self.text, .init(workspaceID: "T0ACME", pluginID: "coffee", isEnabled: false),
            .init(workspaceID: "T0NEW", pluginID: "tea", isEnabled: true))
        let coffee = try #require(policy.terms(for: "coffee", in: "T0ACME"))
        #expect(!coffee.isEnabled)
        #expect(coffee.decidedBy == "the console")
        #expect(coffee.channels == ["C0INC"])
        #expect(policy.terms(for: "tea", in: "T0NEW")?.isEnabled == true)
        #expect(policy.terms(for: "coffee", in: "T0NEW")?.isEnabled == true)
        #expect(policy.isEnabledAnywhere("tea"))
        #expect(policy.namedWorkspaces == ["T0ACME", "T0NEW", "T0OTHER"])
    }

    // MARK: who may

    private func verdict(
        _ entry: String, person: Person? = .ann, channel: String? = "C0INC", plugin: String = "coffee",
        workspace: Workspace = .acme, members: Set<String> = []
    ) async throws -> Permit.Verdict {
        let permit = Permit { group, person, _ in members.contains("\(group)/\(person.id)") }
        return await permit.verdict(
            plugin, policy: try policy("{\"plugins\": {\"coffee\": \(entry)}}"), workspace: workspace, person: person,
            channel: channel.map { Channel(id: $0) })
    }

    @Test func `without limits everybody of the workspace may`() async throws {
        let verdict = try await verdict("{}")
        #expect(verdict.rule == "coffee is on (plugins.json, plugins.coffee)")
        #expect(verdict.isAllowed)
    }

    @Test(arguments: [
        (
            #"{"enabled": false}"#, "coffee is off (plugins.json, plugins.coffee)",
            "`/x` is switched off in this workspace. An administrator of the bot can switch it on."
        ),
        (#"{"channels": ["C0OPS"]}"#, "coffee is limited to channels C0OPS", "`/x` works only in <#C0OPS>."),
        (
            #"{"channels": []}"#, "coffee is limited to channels ",
            "`/x` works only in channels that nobody has named yet."
        ),
        (
            #"{"users": ["U0BOB"]}"#, "coffee is limited to users U0BOB",
            "`/x` is limited to some people here, and you are not among them."
        ),
        (
            #"{"usergroups": ["S0SRE"]}"#, "coffee is limited to user groups S0SRE",
            "`/x` is limited to members of <!subteam^S0SRE>."
        ),
        (
            #"{"users": [], "usergroups": []}"#, "coffee is limited to users  and user groups ",
            "`/x` is limited to some people here, and you are not among them."
        ),
    ])
    func `who is stopped reads why, and who can mend it`(entry: String, rule: String, sentence: String) async throws {
        let verdict = try await verdict(entry)
        #expect(!verdict.isAllowed)
        #expect(verdict.rule == rule)
        guard case .refused(let obstacle) = verdict else { return }
        #expect(obstacle.sentence(for: "`/x`").source == sentence)
    }

    @Test func `whoever is listed or in a group passes, and the rule says by what`() async throws {
        let entry = #"{"users": ["U0BOB"], "usergroups": ["S0OPS", "S0SRE"]}"#
        let bob = Person(id: "U0BOB", teamID: "T0ACME")
        #expect(try await verdict(entry, person: bob).rule.hasSuffix("and its \"users\" list U0BOB"))
        let member = try await verdict(entry, members: ["S0SRE/U0ANN"])
        #expect(member.rule.hasSuffix("and the person is in user group S0SRE"))
        #expect(try await !verdict(entry, person: nil).isAllowed)
    }

    @Test func `a limit to channels stops what belongs to no channel`() async throws {
        #expect(try await !verdict(#"{"channels": ["C0INC"]}"#, channel: nil).isAllowed)
        #expect(try await verdict(#"{"channels": ["C0INC"]}"#).isAllowed)
    }

    @Test func `a person of another workspace is turned away, whoever is listed`() async throws {
        let stranger = Person(id: "U0ANN", teamID: "T0OTHER", organizationID: "E0ORG")
        let verdict = try await verdict(#"{"users": ["U0ANN"]}"#, person: stranger)
        #expect(verdict.rule == "coffee is for people of the workspace and its organization")
        let organization = Workspace(id: "T0ACME", organizationID: "E0ORG")
        let colleague = Person(id: "U0BOB", teamID: "E0ORG", organizationID: "E0ORG")
        #expect(try await self.verdict("{}", person: colleague, workspace: organization).isAllowed)
    }

    @Test func `a plugin that is not compiled in is never let through`() async throws {
        #expect(try await verdict("{}", plugin: "gone").rule == "no plugin “gone” is compiled in")
    }
}
