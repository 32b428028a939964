import NIOHTTP1
import Testing

@testable import Sandbox

/// Channels of an incident's own: made from its message, or by a program.
@Suite struct IncidentChannelTests {
    /// An incident in a connected channel, and the form for its channels before Ada.
    private func choosing(
        _ title: String = "Carts are slow", _ play: @Sendable (Stage, String) async throws -> Void
    ) async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            let id = try stage.triggers(title)
            try await stage.opensChannelForm(title)
            try await play(stage, id)
        }
    }

    @Test func `a new channel has the incident on top, its people in it, and hears what happens`() async throws {
        try await choosing { stage, id in
            let number = try stage.incident(id).number
            let form = try await stage.ada.form()
            #expect(form.initial("Name of the new channel") == "inc-\(number)-carts-are-slow")
            try await stage.ada.fills()
            let channel = try await stage.channel("inc-\(number)-carts-are-slow")
            let place = Place(id: channel.id)
            let message = try await stage.ada.sees("Carts are slow", in: place) { $0.labels.contains("Resolve") }
            let complete = try await stage.eventually("the channel is complete", at: #_sourceLocation) {
                stage.pass(.seconds(1))
                let channel = try await stage.channel("inc-\(number)-carts-are-slow")
                return channel.pins == [message.ts] && !channel.bookmarks.isEmpty ? channel : nil
            }
            #expect(complete.kind == .public)
            #expect(complete.hasMember("U0ADA0001"))
            #expect(complete.topic == "#\(number) Carts are slow · Checkout")
            #expect(complete.bookmarks.first?["title"]?.string == "#\(number) in PagerDuty")

            // Who sees the incident elsewhere sees where it is worked on.
            try await stage.ada.sees("where it is worked on", in: .incidents) {
                $0.reads.contains("Carts are slow") && $0.reads.contains("Worked on in")
            }

            // What people do there is done to the incident, and what happens is told there.
            try await stage.ada.presses("Acknowledge", in: place, on: message.ts)
            try await stage.ada.sees("Acknowledged", in: place) {
                $0.ts == message.ts && $0.reads.contains("Acknowledged")
            }
            try await stage.ada.sees("the news in the thread", in: place) { $0.thread == message.ts }
        }
    }

    @Test func `in its own channel commands need no number, elsewhere they take one`() async throws {
        try await choosing { stage, id in
            let number = try stage.incident(id).number
            try await stage.ada.fills(["Name of the new channel": "war-room"])
            let place = Place(id: try await stage.channel("war-room").id)
            try await stage.ada.sees("Carts are slow", in: place)
            try await stage.ada.types("/pd ack", in: place)
            try await stage.ada.sees("It is acknowledged", in: place)
            #expect(try stage.incident(id).status == .acknowledged)
            try await stage.ada.says("@bothost note 3 carts are lost", in: place)
            try await stage.ada.sees("Your note is on the incident", in: place)
            #expect(try stage.incident(id).notes.map(\.content) == ["3 carts are lost"])

            try await stage.ada.types("/pd note \(number) from afar", in: .random)
            try await stage.ada.sees("Your note is on the incident", in: .random)
            #expect(try stage.incident(id).notes.last?.content == "from afar")
            try await stage.ada.types("/pd resolve", in: .random)
            try await stage.ada.sees("Which incident?", in: .random)
            try await stage.ada.types("/pd resolve 99999", in: .random)
            try await stage.ada.sees("No channel here shows an incident with the number 99999", in: .random)
            try await stage.ada.types("/pd resolve #\(number)", in: .random)
            try await stage.ada.sees("You resolved", in: .random)
            #expect(try stage.incident(id).status == .resolved)
        }
    }

    @Test func `whoever is asked for help later is invited, too`() async throws {
        try await choosing { stage, id in
            try await stage.ben.links()
            try await stage.ada.fills([
                "Channel to work in": "New private channel", "Name of the new channel": "war-room",
            ])
            try await stage.ada.sees("Carts are slow", in: Place(id: try await stage.channel("war-room").id))
            #expect(try await !stage.channel("war-room").hasMember("U0BEN0001"))
            try stage.happens {
                $0.requestResponders(
                    id, ["PBENO01"], message: "Please help", .init(agent: .user("PADAM01"), channel: "web", date: $1))
            }
            try await stage.eventually("Ben is invited", at: #_sourceLocation) {
                stage.pass(.seconds(1))
                return try await stage.channel("war-room").hasMember("U0BEN0001") ? true : nil
            }
        }
    }

    @Test func `a private channel is private`() async throws {
        try await choosing { stage, id in
            try await stage.ada.fills([
                "Channel to work in": "New private channel", "Name of the new channel": "Secret War Room!",
            ])
            let channel = try await stage.channel("secret-war-room")
            #expect(channel.kind == .private)
            #expect(channel.hasMember("U0ADA0001"))
            #expect(!channel.hasMember("U0BEN0001"))
        }
    }

    @Test func `a suggested name that is taken gets a number, a chosen one is asked for again`() async throws {
        try await choosing { stage, id in
            let number = try stage.incident(id).number
            let name = "inc-\(number)-carts-are-slow"
            await stage.sandbox.slack.takesName(name)
            let refused = try await stage.ada.fills(["Name of the new channel": "general"])
            #expect(refused.errors["Name of the new channel"]?.contains("#general exists already") == true)
            try await stage.ada.fills(["Name of the new channel": .string(name)])
            _ = try await stage.channel("\(name)-2")
        }
    }

    @Test func `what the workspace does not allow is said with the mend`() async throws {
        try await choosing { stage, _ in
            stage.breaks(.slack, .error(code: "restricted_action"), only: "conversations.create")
            let refused = try await stage.ada.fills()
            let sentence = refused.errors["Name of the new channel"] ?? ""
            #expect(sentence.contains("does not let me create channels (restricted_action)"))
            #expect(sentence.contains("Workspace settings"))
        }
    }

    @Test func `a channel that exists is taken, and up to three more are kept informed`() async throws {
        try await choosing { stage, id in
            try await stage.ada.fills([
                "Channel to work in": "A channel that exists", "Or the channel that exists": "C0CHECKOT",
                "Keep informed": ["C0RANDOM1", "C0GENERAL"],
            ])
            for place in [Place.checkout, .random, .general] {
                try await stage.ada.sees("Carts are slow", in: place) { $0.labels.contains("Resolve") }
            }
            // The next time, the form knows them.
            try await stage.opensChannelForm("Carts are slow")
            let form = try await stage.ada.form()
            #expect(form.reads.contains("People work on it in"))
            try await stage.ada.fills(["Keep informed": []])
            try await stage.ada.sees("No other channel is kept informed", in: .incidents)
            try stage.resolves(id)
            try await stage.ada.sees("Resolved", in: .checkout) { $0.reads.contains("Resolved") }
            #expect(try await !stage.ada.reads(.random).contains { $0.reads.contains("Resolved") })
        }
    }

    @Test func `a channel made for the incident is archived ten minutes after it is resolved`() async throws {
        try await choosing { stage, id in
            let number = try stage.incident(id).number
            let name = "inc-\(number)-carts-are-slow"
            try await stage.ada.fills(["When it is resolved": ["Archive the new channel ten minutes later"]])
            let place = Place(id: try await stage.channel(name).id)
            try await stage.ada.sees("Carts are slow", in: place)
            try stage.resolves(id)
            try await stage.ada.sees("Resolved", in: place) { $0.reads.contains("Resolved") }
            #expect(try await !stage.channel(name).isArchived)
            var strides = 0
            try await stage.eventually("the channel is archived", at: #_sourceLocation) {
                if strides < 60 { stage.pass(.seconds(20)) }
                strides += 1
                return try await stage.channel(name).isArchived ? true : nil
            }
        }
    }

    @Test func `programs make, read and release channels as PagerDuty's API has them`() async throws {
        try await Stage.set { stage in
            let token = try await stage.apiToken()
            let id = try stage.triggers("Carts are slow")
            let path = "incidents/\(id)/dedicated_channel"
            let wanted: JSON = ["channel": ["name": "War Room", "privacy": "public", "slack_team_id": "T0ACME001"]]
            #expect(try await stage.asksIntegration(.GET, path, token: token).status == 404)
            let made = try await stage.asksIntegration(.POST, path, wanted, token: token)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["channel"]?["name"]?.string == "war-room")
            #expect(made.json["warnings"]?.array?.first?.string == "The channel is called war-room.")
            let channel = try await stage.channel("war-room")
            #expect(made.json["channel"]?["id"]?.string == channel.id)
            #expect(
                made.json["channel"]?["deep_link"]?.string == "slack://channel?team=T0ACME001&id=\(channel.id)")
            try await stage.ada.sees("Carts are slow", in: Place(id: channel.id))
            #expect(try await stage.asksIntegration(.GET, path, token: token).json["channel"] == made.json["channel"])
            #expect(try await stage.asksIntegration(.POST, path, wanted, token: token).status == 422)
            #expect(try await stage.asksIntegration(.DELETE, path, token: token).status == 204)
            #expect(try await stage.asksIntegration(.GET, path, token: token).status == 404)
        }
    }

    @Test func `programs choose up to three notification channels`() async throws {
        try await Stage.set { stage in
            let token = try await stage.apiToken()
            let id = try stage.triggers("Carts are slow")
            let path = "incidents/\(id)/notification_channels"
            func channel(_ place: String) -> JSON { ["id": .string(place), "slack_team_id": "T0ACME001"] }
            let added = try await stage.asksIntegration(
                .POST, path, ["channel": channel("C0CHECKOT")], token: token)
            #expect(added.status == 201, "\(added.text)")
            try await stage.ada.sees("Carts are slow", in: .checkout)
            let set = try await stage.asksIntegration(
                .PUT, path, ["channels": [channel("C0RANDOM1"), channel("G0SECRETS")]], token: token)
            #expect(set.status == 200)
            #expect(set.json["channels"]?.array?.compactMap { $0["id"]?.string } == ["C0RANDOM1"])
            #expect(set.json["warnings"]?.array?.count == 1)
            let four: JSON = ["channels": .array(["C0GENERAL", "C0RANDOM1", "C0CHECKOT", "C0INCIDNT"].map(channel))]
            #expect(try await stage.asksIntegration(.PUT, path, four, token: token).status == 422)
            #expect(try await stage.asksIntegration(.DELETE, "\(path)/C0RANDOM1", token: token).status == 204)
            #expect(try await stage.asksIntegration(.GET, path, token: token).json["channels"]?.array == [])
            for (body, status) in [
                (["channel": ["name": "x"]], 400),
                (["channel": ["id": "C0RANDOM1", "slack_team_id": "T0NOWHERE"]], 404),
            ] as [(JSON, Int)] {
                #expect(try await stage.asksIntegration(.POST, path, body, token: token).status == status)
            }
            #expect(
                try await stage.asksIntegration(.GET, "incidents/PNOTHING1/dedicated_channel", token: token).status
                    == 404)
        }
    }
}
