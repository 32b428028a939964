/// The files of a new plugin: a command, an action, a job, settings and a test.
struct PluginTemplate {
    let name: PluginName

    /// The files by their paths in the package.
    var files: [(path: String, text: String)] {
        let (stem, folder) = (name.stem, "Sources/Plugins/\(name.stem)")
        return [
            ("\(folder)/\(stem)Plugin.swift", plugin),
            ("\(folder)/\(stem)Settings.swift", settings),
            ("\(folder)/\(stem)Command.swift", command),
            ("\(folder)/\(stem)Reminder.swift", reminder),
            ("Tests/\(stem)PluginTests/\(stem)PluginTests.swift", tests),
        ]
    }

    private var plugin: String {
        """
        package import PluginAPI

        /// `/pd \(name.id)`: say here what it is for.
        package struct \(name.stem)Plugin: Plugin {
            package typealias Settings = \(name.stem)Settings

            package static let manifest = Manifest(
                "\(name.id)", "Greet somebody, and remind them", scopes: ["chat:write"])

            package init() {}

            package var routes: [Route<\(name.stem)Plugin>] {
                Handle(\(name.stem)Command.self)
                OnAction("thanks") { action, _ in .update("\\(action.person.mention) says thanks.") }
                Perform(\(name.stem)Reminder.self)
            }
        }

        """
    }

    private var settings: String {
        """
        import PluginAPI

        /// Its part of plugins.json: `"\(name.id)": { "settings": { "minutes": 5 } }`.
        package struct \(name.stem)Settings: PluginSettings {
            /// How long until the reminder.
            package var minutes = 10

            package init() {}
        }

        """
    }

    private var command: String {
        """
        import PluginAPI

        /// `/pd \(name.id) @person`. Without a person it opens a form that asks for one.
        struct \(name.stem)Command: Command {
            static let name = "\(name.id)", summary = "Greet somebody, and remind them"

            @Argument("whom to greet") var who: UserRef
            @Argument("what to say") var words = "Hello"

            func run(_ context: Context<\(name.stem)Plugin>) async throws -> Reply {
                guard words.count <= 100 else { throw UsageError("A hundred characters at most", at: "words") }
                let greeting = Message("\\(words), \\(who.mention)!") {
                    Block.section("\\(words), \\(who.mention)!")
                    Block.actions([.button("Thanks", action: "thanks")])
                }
                let reminder = \(name.stem)Reminder(who: who, channel: context.channel?.id)
                return .inChannel(greeting).then(reminder, after: .seconds(60 * context.settings.minutes))
            }
        }

        """
    }

    private var reminder: String {
        """
        import PluginAPI

        /// Reminds somebody later, also after a restart of the host.
        struct \(name.stem)Reminder: Job {
            static let kind = "\(name.id).remind"
            var who: UserRef
            var channel: String?

            func run(_ context: Context<\(name.stem)Plugin>) async throws {
                // A job can run twice; a live message under a key is shown once all the same.
                try await context.messages.show(
                    "\\(who.mention), you were greeted.", as: "reminder/\\(who.id)", in: channel ?? who.id)
            }
        }

        """
    }

    private var tests: String {
        """
        import PluginTestKit
        import Testing

        import \(name.stem)Plugin

        @Suite struct \(name.stem)PluginTests {
            @Test func `somebody is greeted, says thanks, and is reminded`() async throws {
                let bot = try TestBot(\(name.stem)Plugin.self)
                let (ada, ben, general) = (bot.person("Ada"), bot.person("Ben"), bot.channel("general"))
                let greeting = try await ada.types("/pd \(name.id) \\(ben)", in: general)
                #expect(greeting.text == "Hello, @Ben!")
                #expect(try await ben.presses("Thanks", on: greeting).text == "@Ben says thanks.")
                try await bot.passes(.seconds(600))
                #expect(general.messages.last?.text == "@Ben, you were greeted.")
            }

            @Test func `a form asks for whoever is not named`() async throws {
                let bot = try TestBot(\(name.stem)Plugin.self)
                let ada = bot.person("Ada")
                #expect(try await ada.types("/pd \(name.id)").fields == ["Who", "Words"])
                #expect(try await ada.submits(["Who": "\\(ada)", "Words": "Good morning"]).text == "Good morning, @Ada!")
            }

            @Test(arguments: PluginContract.rules(of: \(name.stem)Plugin.self))
            func contract(rule: ContractRule) async { await rule.holds() }
        }

        """
    }
}
