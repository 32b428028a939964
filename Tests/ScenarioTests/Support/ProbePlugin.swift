import PluginAPI

/// A plugin of the tests' own: it uses what the bundled ones do not.
struct ProbePlugin: Plugin {
    static let manifest = Manifest(
        "probe", "Try what Slack can do", scopes: ["chat:write", "reactions:read", "app_mentions:read"])

    var routes: [Route<ProbePlugin>] {
        Handle(Slow.self)
        Handle(SlowForm.self)
        Handle(Loud.self)
        Handle(Flood.self)
        Handle(Fail.self)
        Handle(Refuse.self)
        Handle(Panel.self)
        Handle(OpenForm.self)
        Handle(LoadForm.self)
        Handle(Deploy.self, as: "/deploy")
        OnAction("change") { action, _ in .update(Panel.message("Changed by \(action.person.mention)")) }
        OnAction("whisper") { _, _ in .ephemeral("Only you read this.") }
        OnAction("announce") { _, _ in .inChannel("Everybody reads this.") }
        OnAction("remove") { _, _ in .delete }
        OnAction("menu") { action, _ in .ephemeral("You chose \(action.value.string ?? "nothing").") }
        OnAction("hold") { action, _ in
            await Gate.pass(action.value.string ?? "")
            return .update("Held no longer.")
        }
        OnAction("break") { _, _ in throw Broken() }
        OnAction("deeper") { action, _ in .push(ProbeForm(depth: ProbeForm.depth(action.view) + 1).view) }
        OnAction("redraw") { action, _ in
            .update(ProbeForm(depth: ProbeForm.depth(action.view), remark: "Redrawn.").view)
        }
        OnOptions("colour") { query, _ in
            await Gate.pass(query.typed)
            return .options(
                ["Red", "Green", "Blue"].filter { $0.lowercased().contains(query.typed.lowercased()) }.map {
                    Option($0, value: $0.lowercased())
                })
        }
        OnSubmit("form") { submission, _ in await ProbeForm.reply(to: submission) }
        OnClose("form") { closed, context in
            try await context.slack.post(
                "Closed a form with \(closed.view.privateMetadata)\(closed.isCleared ? ", all of them" : "").",
                to: "C0RANDOM1")
        }
        OnShortcut("ping", named: "Ping", "Opens a form") { _, _ in .modal(ProbeForm().view) }
        OnMessageShortcut("quote", named: "Quote", "Repeats a message") { request, _ in
            // Text of a message is markup already.
            .ephemeral("You quoted “\(Mrkdwn(raw: request.messageContent["text"].string ?? ""))”.")
        }
        OnEvent("app_mention") { event, context in
            let seen = try await context.store.update("mentions", as: Int.self) { ($0 ?? 0) + 1 }
            let channel = event.payload["channel"].string ?? ""
            try await context.messages.show("Mentioned, number \(seen).", as: event.id, in: channel)
        }
    }

    struct Broken: Error {}

    struct Slow: Command {
        static let name = "slow", summary = "Answers when a gate opens"
        @Argument("the gate") var gate: String

        func run(_ context: Context<ProbePlugin>) async throws -> Reply {
            await Gate.pass(gate)
            return .ephemeral("Late, but here.")
        }
    }

    struct SlowForm: Command {
        static let name = "slow-form", summary = "Opens a form when a gate opens"
        @Argument("the gate") var gate: String

        func run(_ context: Context<ProbePlugin>) async throws -> Reply {
            await Gate.pass(gate)
            return .modal(ProbeForm().view)
        }
    }

    struct Loud: Command {
        static let name = "loud", summary = "Repeats to everybody"
        @Rest("what") var text = ""

        func run(_ context: Context<ProbePlugin>) async throws -> Reply { .inChannel("You said: \(text)") }
    }

    struct Flood: Command {
        static let name = "flood", summary = "Says more than an acknowledgement over a socket may carry"

        /// Short for people, long in bytes.
        static let lines = (0..<40).map { "Line \($0) " + String(repeating: "🚀", count: 200) }

        func run(_ context: Context<ProbePlugin>) async throws -> Reply {
            .ephemeral(Message("Line 39") { for line in Self.lines { Block.section(.plain(line)) } })
        }
    }

    struct Fail: Command {
        static let name = "fail", summary = "Fails"
        @Argument("how") var how: Int

        func run(_ context: Context<ProbePlugin>) async throws -> Reply {
            if how == 0 { return .ephemeral("Nothing failed.") }
            throw Broken()
        }
    }

    struct Refuse: Command {
        static let name = "refuse", summary = "Refuses"

        func run(_ context: Context<ProbePlugin>) async throws -> Reply { throw Refusal("Not <today> & not here.") }
    }

    struct Panel: Command {
        static let name = "panel", summary = "Shows buttons"
        @Argument("a gate") var gate: String?

        static func message(_ text: Mrkdwn, gate: String = "") -> Message {
            Message(text) {
                Block.section(
                    .mrkdwn(text),
                    accessory: .overflow(
                        action: "menu", options: [Option("First", value: "one"), Option("Second", value: "two")]))
                Block.actions(
                    .button("Change", action: "change"), .button("Whisper", action: "whisper"),
                    .button("Announce", action: "announce"), .button("Remove", action: "remove"),
                    .button("Hold", action: "hold", value: gate), .button("Break", action: "break"))
            }
        }

        func run(_ context: Context<ProbePlugin>) async throws -> Reply {
            .inChannel(Self.message("A panel", gate: gate ?? ""))
        }
    }

    struct OpenForm: Command {
        static let name = "form", summary = "Opens a form"
        func run(_ context: Context<ProbePlugin>) async throws -> Reply { .modal(ProbeForm().view) }
    }

    struct LoadForm: Command {
        static let name = "load-form", summary = "Opens a form that is filled when a gate opens"
        @Argument("the gate") var gate: String
        @Argument("whether it fails") var fails = false

        func run(_ context: Context<ProbePlugin>) async throws -> Reply {
            .modal(loading: "Probe") {
                await Gate.pass(gate)
                if fails { throw Refusal("There is nothing to fill in today.") }
                return ProbeForm().view
            }
        }
    }

    struct Deploy: Command {
        static let name = "deploy", summary = "Deploys something"
        @Argument("what") var what: String

        func run(_ context: Context<ProbePlugin>) async throws -> Reply { .ephemeral("Deploying \(what).") }
    }
}

/// A form that can do everything that forms can.
struct ProbeForm {
    var depth = 1
    var remark = "Fill it in."

    var view: View {
        .modal(
            "Probe \(depth)", submit: "Send", close: "Cancel", id: "form", privateMetadata: "depth \(depth)",
            notifyOnClose: true
        ) {
            Block.section("\(remark)")
            Block.input("Name", .textInput(action: "name", min: 1, max: 100))
            Block.input(
                "Colour", .select(.external(minQueryLength: 0), action: "colour", placeholder: "Search colours"),
                optional: true)
            Block.actions(
                .button("Deeper", action: "deeper"), .button("Redraw", action: "redraw"),
                .button("Whisper", action: "whisper"))
        }
    }

    static func depth(_ view: ViewRef?) -> Int {
        view?.privateMetadata.split(separator: " ").last.flatMap { Int($0) } ?? 0
    }

    static func reply(to submission: Submission) async -> FormReply {
        let name = submission.fields.string("name") ?? ""
        let words = name.split(separator: " ").map(String.init)
        switch words.first {
        case "wrong": return .errors(["name": "This is <wrong> & bad.", "colour": "So is this."])
        case "push": return .push(ProbeForm(depth: depth(submission.view) + 1).view)
        case "update": return .update(ProbeForm(depth: depth(submission.view), remark: "Once more.").view)
        case "flood":
            return .update(
                .modal("Flood", close: "Close", blocks: ProbePlugin.Flood.lines.map { Block.section(.plain($0)) }))
        case "clear": return .clear(telling: "All forms are closed.")
        case "hold":
            await Gate.pass(words.last ?? "")
            return .close(telling: "Held, then sent.")
        case "hold-wrong":
            await Gate.pass(words.last ?? "")
            return .error(at: "name", "This is wrong after all.")
        default:
            let colour = submission.fields.string("colour") ?? "no colour"
            return .close(telling: "Sent \(name) with \(colour), \(submission.view.privateMetadata).")
        }
    }
}
