import PluginAPI
import Testing

@testable import BotHost

@Suite struct PermitTests {
    private let permit = Permit { group, person, _ in group == "S01" && person.id == "U0MEMBER" }

    private func isAllowed(
        _ entry: PluginsFile.Entry?, workspaces: [String: [String: PluginsFile.Entry]] = [:],
        overrides: [Policy.Override] = [], person: String? = "U01", channel: String? = "C01",
        in workspace: String = "T01"
    ) async -> Bool {
        let file = PluginsFile(plugins: entry.map { ["coffee": $0] } ?? [:], workspaces: workspaces)
        let policy = Policy(file: file, plugins: CoffeePlugin.registered, overrides: overrides)
        return await permit.verdict(
            "coffee", policy: policy, workspace: Workspace(id: workspace, name: "Acme", botUserID: "U0BOT"),
            person: person.map { Person(id: $0, teamID: workspace) },
            channel: channel.map { Channel(id: $0, name: "general") }
        ).isAllowed
    }

    @Test func `a plugin that is not listed is off`() async {
        #expect(await !isAllowed(nil))
        #expect(await isAllowed(.init()))
        #expect(await !isAllowed(.init(enabled: false)))
    }

    @Test func `a workspace's word is over the general one, and only there`() async {
        let off: [String: [String: PluginsFile.Entry]] = ["T01": ["coffee": .init(enabled: false)]]
        #expect(await !isAllowed(.init(), workspaces: off))
        #expect(await isAllowed(.init(), workspaces: off, in: "T02"))
        #expect(await isAllowed(nil, workspaces: ["T01": ["coffee": .init()]]))
        #expect(await !isAllowed(nil, workspaces: ["T01": ["coffee": .init()]], in: "T02"))
    }

    @Test func `the console's switch is over the file`() async {
        let on = Policy.Override(workspaceID: "T01", pluginID: "coffee", isEnabled: true)
        #expect(await isAllowed(.init(enabled: false), overrides: [on]))
        #expect(await !isAllowed(.init(enabled: false), overrides: [on], in: "T02"))
    }

    @Test func `a limit to channels refuses other channels, and where there is none`() async {
        let entry = PluginsFile.Entry(channels: ["C01"])
        #expect(await isAllowed(entry))
        #expect(await !isAllowed(entry, channel: "C02"))
        #expect(await !isAllowed(entry, channel: nil))
    }

    @Test func `a limit to people lets those in who are listed or in the group`() async {
        let entry = PluginsFile.Entry(usergroups: ["S01"], users: ["U01"])
        #expect(await isAllowed(entry))
        #expect(await isAllowed(entry, person: "U0MEMBER"))
        #expect(await !isAllowed(entry, person: "U02"))
        #expect(await !isAllowed(entry, person: nil))
        #expect(await !isAllowed(.init(users: [])))
    }

    @Test func `a plugin that is not compiled in is refused`() async {
        let policy = Policy(file: PluginsFile(), plugins: CoffeePlugin.registered)
        let verdict = await permit.verdict(
            "tea", policy: policy, workspace: Workspace(id: "T01", name: "Acme", botUserID: "U0BOT"), person: nil,
            channel: nil)
        #expect(!verdict.isAllowed)
        #expect(verdict.rule.contains("tea"))
    }

    @Test func `settings of a workspace are laid over the general ones, key by key`() {
        let file = PluginsFile(
            plugins: ["coffee": .init(settings: ["cups": 2, "beans": "robusta"])],
            workspaces: ["T01": ["coffee": .init(settings: ["cups": 5])]])
        let policy = Policy(file: file, plugins: CoffeePlugin.registered)
        let special = policy.terms(for: "coffee", in: "T01")?.settings as? CoffeePlugin.Settings
        let general = policy.terms(for: "coffee", in: "T02")?.settings as? CoffeePlugin.Settings
        #expect(special?.cups == 5)
        #expect(special?.beans == "robusta")
        #expect(general?.cups == 2)
    }
}
