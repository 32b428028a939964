import PluginAPI

struct Hanging: Plugin {
    static let manifest = Manifest("hanging", "Never answers")
    var routes: [Route<Hanging>] { Handle(Hang.self) }

    struct Hang: Command {
        static let name = "hang", summary = "Wait for what never comes"
        func run(_ context: Context<Hanging>) async throws -> Reply {
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            return .nothing
        }
    }
}

struct Talkative: Plugin {
    static let manifest = Manifest("talkative", "Says too much")
    var routes: [Route<Talkative>] { Handle(Talk.self) }

    struct Talk: Command {
        static let name = "talk", summary = "Say everything"
        func run(_ context: Context<Talkative>) async throws -> Reply {
            .ephemeral(Message("All of it", blocks: (1...60).map { .section("Line \($0)") }))
        }
    }
}

struct Curious: Plugin {
    static let manifest = Manifest("curious", "Looks where it should not", scopes: ["channels:read"])
    var routes: [Route<Curious>] {
        Handle(Peek.self)
        OnAction("look") { _, context in
            _ = try await context.slack.call("conversations.list", ["team_id": "T0VICTIM"])
            return .nothing
        }
    }

    struct Peek: Command {
        static let name = "peek", summary = "Look into a channel"
        @Argument("where") var channel: ChannelRef
        func run(_ context: Context<Curious>) async throws -> Reply {
            .ephemeral("\(try await context.slack.conversation(channel.id).name)")
        }
    }
}

struct Helpful: Plugin {
    static let manifest = Manifest("helpful", "Wants to help")
    var routes: [Route<Helpful>] { Handle(Help.self) }

    struct Help: Command {
        static let name = "help", summary = "Help in another way"
        func run(_ context: Context<Helpful>) async throws -> Reply { .nothing }
    }
}

struct Copycat: Plugin {
    static let manifest = Manifest("copycat", "Does what others do")
    var routes: [Route<Copycat>] { Handle(Brew.self) }

    struct Brew: Command {
        static let name = "brew", summary = "Brew as well"
        func run(_ context: Context<Copycat>) async throws -> Reply { .nothing }
    }
}

struct Modest: Plugin {
    static let manifest = Manifest("modest", "Asks for too little", scopes: ["chat:write"])
    var routes: [Route<Modest>] { Handle(Pin.self) }

    struct Pin: Command {
        static let name = "pin", summary = "Pin something"
        func run(_ context: Context<Modest>) async throws -> Reply {
            _ = try await context.slack.call("pins.add", ["channel": "C1", "timestamp": "1.2"])
            return .nothing
        }
    }
}

struct Forgetful: Plugin {
    static let manifest = Manifest("forgetful", "Forgets to make its job known")
    var routes: [Route<Forgetful>] { Handle(Promise.self) }

    struct Promise: Command {
        static let name = "promise", summary = "Promise something"
        func run(_ context: Context<Forgetful>) async throws -> Reply { .ephemeral("Later.").then(Later()) }
    }

    struct Later: Job {
        static let kind = "forgetful.later"
        func run(_ context: Context<Forgetful>) async throws {}
    }
}

struct Rude: Plugin {
    static let manifest = Manifest("rude", "Throws what nobody can read")
    var routes: [Route<Rude>] { Handle(Throw.self) }

    struct Broken: Error {}

    struct Throw: Command {
        static let name = "throw", summary = "Throw something"
        @Argument("what") var what = ""
        func run(_ context: Context<Rude>) async throws -> Reply { throw Broken() }
    }
}

struct Silent: Plugin {
    static let manifest = Manifest("silent", "Says nothing of its commands")
    var routes: [Route<Silent>] { Handle(Mumble.self) }

    struct Mumble: Command {
        static let name = "mumble", summary = ""
        func run(_ context: Context<Silent>) async throws -> Reply { .nothing }
    }
}

struct Stubborn: Plugin {
    struct Settings: PluginSettings {
        var speed = 1.0

        init() {}
        init(from decoder: any Decoder) throws { throw Refusal("never") }
    }

    static let manifest = Manifest("stubborn", "Cannot read its settings")
    var routes: [Route<Stubborn>] { Handle(Idle.self) }

    struct Idle: Command {
        static let name = "idle", summary = "Do nothing"
        func run(_ context: Context<Stubborn>) async throws -> Reply { .nothing }
    }
}

struct Trapping: Plugin {
    static let manifest = Manifest("trapping", "Takes the second word, whether or not there is one")
    var routes: [Route<Trapping>] { Handle(Second.self) }

    struct Second: Command {
        static let name = "second", summary = "Say the second word"
        @Rest("words") var words = ""
        func run(_ context: Context<Trapping>) async throws -> Reply {
            .ephemeral("\(String(words.split(separator: " ")[1]))")
        }
    }
}
