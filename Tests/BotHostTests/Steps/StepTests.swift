import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// A step's declaration: its form in Workflow Builder, and how its inputs are filled in.
@Suite struct StepTests {
    struct Factory: Plugin {
        static let manifest = Manifest("factory", "Makes things")
        var routes: [Route<Factory>] { OnStep(Make.self) }
    }

    struct Make: Step {
        static let id = "make", title = "Make something", summary = "Makes it"
        static let outputs = [StepOutput.text("made", "What was made"), .number("count", "How many")]
        @Argument("who gets it") var forWhom: UserRef
        @Argument("what to make") var thing: String
        @Argument("how many") var count = 1
        @Argument("whether it is wrapped") var wrapped = false
        @Argument("where it is put") var place: ChannelRef?

        func run(_ execution: StepExecution, _ context: Context<Factory>) async throws -> StepOutputs {
            [
                "made": .string("\(wrapped ? "wrapped " : "")\(thing) for \(forWhom.id) in \(place?.id ?? "nowhere")"),
                "count": .integer(Int64(count)),
            ]
        }
    }

    private func run(_ inputs: [String: JSONValue]) async throws -> [String: JSONValue] {
        let core = ContextCore(
            pluginID: "factory", workspace: Workspace(id: "T1"), person: nil, channel: nil, traceID: "t",
            services: NoServices())
        let execution = StepExecution(id: "Fx1", startedAt: Date(timeIntervalSince1970: 0))
        return try await AnyStep(Make.self).run(inputs, execution, Context(core: core, settings: NoSettings())).values
    }

    @Test func `properties are the inputs that Workflow Builder shows`() {
        let shape = AnyStep(Make.self).shape
        #expect(shape.inputs.map(\.name) == ["for_whom", "thing", "count", "wrapped", "place"])
        #expect(shape.inputs.map(\.title) == ["For whom", "Thing", "Count", "Wrapped", "Place"])
        #expect(
            shape.inputs.map(\.type)
                == ["slack#/types/user_id", "string", "integer", "boolean", "slack#/types/channel_id"])
        #expect(shape.inputs.map(\.isRequired) == [true, true, false, false, false])
        #expect(shape.outputs.map(\.type) == ["string", "integer"])
    }

    @Test func `inputs of every kind are filled in, and the others have their defaults`() async throws {
        #expect(
            try await run(["for_whom": "U123", "thing": "a chair"])
                == ["made": "a chair for U123 in nowhere", "count": 1])
        #expect(
            try await run([
                "for_whom": "U123", "thing": "a chair", "count": 3, "wrapped": true, "place": "C123", "unknown": [1],
            ]) == ["made": "wrapped a chair for U123 in C123", "count": 3])
    }

    @Test func `a step's name in the manifest tells whose it is`() throws {
        let table = try RouteTable([RegisteredPlugin(Factory.self)])
        #expect(table.steps["factory_make"]?.pluginID == "factory")
    }

    @Test(
        arguments: [
            ([:], "“For whom” is empty: who gets it."),
            (["for_whom": "U123", "thing": ""], "“Thing” is empty: what to make."),
            (["for_whom": "Ada", "thing": "x"], "“For whom”: a person is needed: type @ and choose one."),
            (["for_whom": "U123", "thing": ["x"]], "“Thing” takes one value."),
            (["for_whom": "U123", "thing": "x", "count": "many"], "“Count”: a whole number is needed, such as 3."),
        ] as [([String: JSONValue], String)])
    func `what is wrong is said to whoever made the workflow`(inputs: [String: JSONValue], sentence: String) async {
        await #expect(throws: Refusal(sentence)) { try await run(inputs) }
    }
}
