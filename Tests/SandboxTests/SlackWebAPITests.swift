import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(10))) struct SlackWebAPITests {
    @Test func `a token opens its own workspace, from the header or as an argument`() async throws {
        try await SlackHarness.run { slack in
            let acme = try await slack.api("auth.test")
            #expect(acme.json["team_id"] == "T0ACME001")
            #expect(acme.json["user_id"] == "U0BOTHOST")
            #expect(acme.json["bot_id"] == "B0BOTHOST")
            #expect(acme.headers["x-oauth-scopes"]?.contains("chat:write") == true)
            let token = try #require(slack.sandbox.slack.botToken(team: "T0GLOBEX1"))
            let form = Array("token=\(token)".utf8)
            let globex = try await slack.send(
                "POST", "/api/auth.test", body: form, type: "application/x-www-form-urlencoded")
            #expect(globex.json["team_id"] == "T0GLOBEX1")
            #expect(try await slack.send("POST", "/api/auth.test").error == "not_authed")
            #expect(try await slack.api("auth.test", token: "xoxb-wrong").error == "invalid_auth")
            #expect(try await slack.api("no.such.method").error == "unknown_method")
        }
    }

    @Test func `a revoked token stays revoked and the app is told`() async throws {
        let manifest = SlackHarness.manifest(events: ["tokens_revoked", "app_uninstalled"])
        try await SlackHarness.run(manifest: manifest) { slack in
            #expect(try await slack.api("auth.revoke", ["test": true]).json["revoked"] == false)
            #expect(try await slack.api("auth.revoke").json["revoked"] == true)
            let refused = try await slack.api("auth.test")
            #expect(refused.error == "token_revoked")
            #expect(await slack.app.request(1).payload["event"]?["type"] == "tokens_revoked")
        }
    }

    @Test func `a method without its scope says which one it needs`() async throws {
        try await SlackHarness.run(manifest: SlackHarness.manifest(scopes: ["commands", "channels:read"])) { slack in
            let refused = try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"])
            #expect(refused.error == "missing_scope")
            #expect(refused.json["needed"] == "chat:write")
            #expect(refused.json["provided"] == "commands,channels:read")
            #expect(try await slack.api("conversations.list").json["ok"] == true)
            let privates = try await slack.api("conversations.list", ["types": "public_channel,private_channel"])
            #expect(privates.json["needed"] == "groups:read")
            #expect(try await slack.api("conversations.info", ["channel": "G0SREBOT1"]).json["needed"] == "groups:read")
            #expect(try await slack.api("views.open").error == "invalid_arguments")
        }
    }

    @Test func `addresses are shown to apps with the scope for them only`() async throws {
        try await SlackHarness.run(manifest: SlackHarness.manifest(scopes: ["users:read"])) { slack in
            let user = try await slack.api("users.info", ["user": "U0ADA0001"]).json["user"]
            #expect(user?["profile"]?["email"] == nil)
            #expect(user?["tz_offset"] == 3_600)
            #expect(
                try await slack.api("users.lookupByEmail", ["email": "ada.martin@acme.example"]).error
                    == "missing_scope")
        }
    }

    @Test func `a message is posted, read back, updated and deleted`() async throws {
        try await SlackHarness.run { slack in
            let posted = try await slack.api(
                "chat.postMessage",
                [
                    "channel": "#general", "text": "a & b <!here> <x>",
                    "metadata": ["event_type": "x", "event_payload": ["n": 1]],
                ])
            #expect(posted.json["channel"] == "C0GENERAL")
            let ts = try #require(posted.json["ts"])
            #expect(posted.json["message"]?["text"] == "a &amp; b <!here> &lt;x>")
            #expect(posted.json["message"]?["bot_profile"]?["name"] == "BotHost")
            let updated = try await slack.api("chat.update", ["channel": "C0GENERAL", "ts": ts, "text": "new"])
            #expect(updated.json["text"] == "new")
            let history = try await slack.api(
                "conversations.history", ["channel": "C0GENERAL", "include_all_metadata": true])
            #expect(history.json["messages"]?.array?.first?["text"] == "new")
            #expect(history.json["messages"]?.array?.first?["edited"] != nil)
            #expect(history.json["messages"]?.array?.first?["metadata"]?["event_type"] == "x")
            #expect(try await slack.api("chat.delete", ["channel": "C0GENERAL", "ts": ts]).json["ok"] == true)
            #expect(
                try await slack.api("chat.delete", ["channel": "C0GENERAL", "ts": ts]).error == "message_not_found")
        }
    }

    @Test func `the app changes its own messages only`() async throws {
        try await SlackHarness.run { slack in
            let said = try await slack.control("message", ["channel": "C0GENERAL", "text": "mine"])
            let ts = try #require(said.json["ts"])
            #expect(
                try await slack.api("chat.update", ["channel": "C0GENERAL", "ts": ts, "text": "x"]).error
                    == "cant_update_message")
            #expect(
                try await slack.api("chat.delete", ["channel": "C0GENERAL", "ts": ts]).error == "cant_delete_message")
        }
    }

    @Test(arguments: [
        ("C0NOWHERE", "channel_not_found"), ("G0SECRETS", "channel_not_found"), ("D0ADABEN1", "channel_not_found"),
        ("C0RANDOM9", "channel_not_found"), ("", "channel_not_found"),
    ])
    func `what the app cannot see is not there`(channel: String, error: String) async throws {
        try await SlackHarness.run { slack in
            let refused = try await slack.api("chat.postMessage", ["channel": .string(channel), "text": "x"])
            #expect(refused.error == error)
        }
    }

    @Test func `a channel that the app is not in takes messages only with the scope for it`() async throws {
        let scopes = SlackHarness.everything.filter { $0 != "chat:write.public" }
        try await SlackHarness.run(manifest: SlackHarness.manifest(scopes: scopes)) { slack in
            _ = try await slack.type("/remove @BotHost", in: "C0CHECKOT")
            #expect(
                try await slack.api("chat.postMessage", ["channel": "C0CHECKOT", "text": "x"]).error == "not_in_channel"
            )
            #expect(try await slack.api("conversations.history", ["channel": "C0CHECKOT"]).error == "not_in_channel")
            #expect(try await slack.api("conversations.join", ["channel": "C0CHECKOT"]).json["ok"] == true)
            #expect(
                try await slack.api("conversations.join", ["channel": "C0CHECKOT"]).json["warning"]
                    == "already_in_channel")
            #expect(try await slack.api("chat.postMessage", ["channel": "C0CHECKOT", "text": "x"]).json["ok"] == true)
        }
    }

    @Test func `a person's id as the channel means their direct message`() async throws {
        try await SlackHarness.run { slack in
            #expect(
                try await slack.api("chat.postMessage", ["channel": "U0ADA0001", "text": "x"]).json["channel"]
                    == "D0ADA0001")
            #expect(
                try await slack.api("conversations.open", ["users": "U0ADA0001"]).json["channel"]?["id"] == "D0ADA0001")
            let refused = try await slack.api("conversations.open", ["users": ["U0NOBODY1"]])
            #expect(refused.error == "user_not_found")
        }
    }

    @Test(
        arguments: [
            (["text": .string("")], "no_text"),
            (["text": "x", "blocks": "[no json"], "invalid_blocks_format"),
            (["text": "x", "blocks": ["type": "divider"]], "invalid_blocks_format"),
            (["text": "x", "attachments": "oops"], "invalid_attachments"),
            (["text": "x", "metadata": ["event_type": "x"]], "invalid_metadata_format"),
            (["text": "x", "markdown_text": "y"], "markdown_text_conflict"),
            (["text": "x", "thread_ts": "1.000000"], "thread_not_found"),
        ] as [([String: JSON], String)])
    func `content that Slack refuses is refused with Slack's word`(arguments: [String: JSON], error: String)
        async throws
    {
        try await SlackHarness.run { slack in
            let refused = try await slack.api(
                "chat.postMessage", .object(arguments.merging(["channel": "C0GENERAL"]) { $1 }))
            #expect(refused.error == error)
        }
    }

    @Test func `long texts are cut where Slack cuts them and refused where it refuses them`() async throws {
        try await SlackHarness.run { slack in
            let posted = try await slack.api(
                "chat.postMessage", ["channel": "C0GENERAL", "text": .string(String(repeating: "x", count: 40_001))])
            #expect(posted.json["warning"] == "message_truncated")
            #expect(posted.json["message"]?["text"]?.string?.count == 40_000)
            let ts = try #require(posted.json["ts"])
            let update = try await slack.api(
                "chat.update",
                ["channel": "C0GENERAL", "ts": ts, "text": .string(String(repeating: "x", count: 4_001))])
            #expect(update.error == "msg_too_long")
            let section: JSON = [
                "type": "section", "text": ["type": "mrkdwn", "text": .string(String(repeating: "x", count: 2_900))],
            ]
            let blocks = try await slack.api(
                "chat.postMessage", ["channel": "C0GENERAL", "blocks": [section, section, section, section, section]])
            #expect(blocks.error == "msg_blocks_too_long")
        }
    }

    @Test func `replies stand in their thread and are counted`() async throws {
        try await SlackHarness.run { slack in
            let parent = try #require(
                try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "parent"]).json["ts"])
            let reply = try await slack.api(
                "chat.postMessage", ["channel": "C0GENERAL", "text": "reply", "thread_ts": parent])
            let history = try await slack.api("conversations.history", ["channel": "C0GENERAL"]).json["messages"]?.array
            #expect(history?.map { $0["text"] } == ["parent"])
            #expect(history?.first?["reply_count"] == 1)
            let thread = try await slack.api("conversations.replies", ["channel": "C0GENERAL", "ts": parent])
            #expect(thread.json["messages"]?.array?.map { $0["ts"] } == [parent, reply.json["ts"]])
            let link = try await slack.api(
                "chat.getPermalink", ["channel": "C0GENERAL", "message_ts": reply.json["ts"] ?? .null])
            #expect(link.json["permalink"]?.string?.contains("?thread_ts=\(parent.string ?? "")&cid=C0GENERAL") == true)
        }
    }

    @Test(arguments: ["conversations.history", "conversations.replies"])
    func `metadata is told to who asks for it, and only what lies in the span`(method: String) async throws {
        try await SlackHarness.run { slack in
            let channel: JSON = "C0GENERAL"
            func post(_ text: JSON, _ thread: JSON = .null) async throws -> JSON {
                let metadata: JSON = ["event_type": "kind", "event_payload": ["id": text]]
                slack.clock.advance(by: .seconds(10))
                return try await slack.api(
                    "chat.postMessage",
                    ["channel": channel, "text": text, "metadata": metadata, "thread_ts": thread]
                ).json["ts"] ?? .null
            }
            let parent = try await post("parent")
            let thread: JSON = method == "conversations.replies" ? parent : .null
            _ = try await post("one", thread)
            let two = try await post("two", thread)
            _ = try await post("three", thread)
            func find(_ more: JSON) async throws -> [JSON] {
                let asked: JSON = ["channel": channel, "ts": thread, "oldest": two, "latest": two, "inclusive": true]
                let answer = try await slack.api(method, asked.with(more.object ?? [:]))
                return (answer.json["messages"]?.array ?? []).filter { $0["text"] != "parent" }
            }
            let plain = try await find([:])
            #expect(plain.map { $0["text"] } == ["two"])
            #expect(plain.first?["metadata"] == nil)
            let full = try await find(["include_all_metadata": true])
            #expect(full.first?["metadata"]?["event_payload"]?["id"] == "two")
        }
    }

    @Test func `lists come page by page, and a wrong mark is refused`() async throws {
        try await SlackHarness.run { slack in
            var seen: [String] = []
            var cursor = ""
            repeat {
                let page = try await slack.api("users.list", ["limit": 3, "cursor": .string(cursor)]).json
                seen += page["members"]?.array?.compactMap { $0["id"]?.string } ?? []
                cursor = page["response_metadata"]?["next_cursor"]?.string ?? ""
            } while !cursor.isEmpty
            #expect(seen.count == 7)
            #expect(Set(seen).count == 7)
            #expect(try await slack.api("users.list", ["cursor": "nonsense"]).error == "invalid_cursor")
            #expect(try await slack.api("conversations.list", ["limit": 1_001]).error == "invalid_limit")
            #expect(try await slack.api("conversations.list", ["types": "nonsense"]).error == "invalid_types")
        }
    }

    @Test func `a channel is made, filled, renamed, given a topic and archived`() async throws {
        try await SlackHarness.run { slack in
            let made = try await slack.api("conversations.create", ["name": "inc-4711"])
            let id = try #require(made.json["channel"]?["id"]?.string)
            let channel: JSON = .string(id)
            #expect(try await slack.api("conversations.create", ["name": "inc-4711"]).error == "name_taken")
            #expect(try await slack.api("conversations.create", ["name": "Inc 4711"]).error == "invalid_name_specials")
            #expect(
                try await slack.api("conversations.create", ["name": .string(String(repeating: "x", count: 81))]).error
                    == "invalid_name_maxlength")
            #expect(
                try await slack.api("conversations.invite", ["channel": channel, "users": "U0ADA0001,U0BEN0001"]).json[
                    "ok"] == true)
            #expect(
                try await slack.api("conversations.invite", ["channel": channel, "users": "U0ADA0001"]).error
                    == "already_in_channel")
            #expect(
                try await slack.api("conversations.members", ["channel": channel]).json["members"] == [
                    "U0BOTHOST", "U0ADA0001", "U0BEN0001",
                ])
            #expect(
                try await slack.api("conversations.setTopic", ["channel": channel, "topic": "Checkout"]).json[
                    "channel"]?["topic"]?["value"] == "Checkout")
            #expect(
                try await slack.api("conversations.rename", ["channel": channel, "name": "inc-4712"]).json["channel"]?[
                    "name"] == "inc-4712")
            #expect(
                try await slack.api(
                    "bookmarks.add",
                    ["channel_id": channel, "title": "Incident", "type": "link", "link": "https://example.com"]
                ).json["bookmark"]?["title"] == "Incident")
            #expect(try await slack.api("conversations.archive", ["channel": channel]).json["ok"] == true)
            #expect(try await slack.api("chat.postMessage", ["channel": channel, "text": "x"]).error == "is_archived")
            #expect(try await slack.api("conversations.archive", ["channel": channel]).error == "already_archived")
        }
    }

    @Test func `posting to a channel is held to one a second after a burst`() async throws {
        try await SlackHarness.run { slack in
            for _ in 0..<5 {
                #expect(
                    try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"]).json["ok"] == true)
            }
            let refused = try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"])
            #expect(refused.status == 429)
            #expect(refused.error == "ratelimited")
            #expect(refused.headers["retry-after"] == "1")
            #expect(try await slack.api("chat.postMessage", ["channel": "C0INCIDNT", "text": "x"]).json["ok"] == true)
            slack.clock.advance(by: .seconds(1))
            #expect(try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"]).json["ok"] == true)
            #expect(try await slack.api("chat.postMessage", ["channel": "C0GENERAL", "text": "x"]).status == 429)
        }
    }

    @Test func `a method has its tier's calls a minute in each workspace`() async throws {
        try await SlackHarness.run { slack in
            for _ in 0..<20 { #expect(try await slack.api("users.list").status == 200) }
            let refused = try await slack.api("users.list")
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] == "3")
            #expect(
                try await slack.api("users.list", token: slack.sandbox.slack.botToken(team: "T0GLOBEX1")).status == 200)
            slack.clock.advance(by: .seconds(3))
            #expect(try await slack.api("users.list").status == 200)
        }
    }
}
