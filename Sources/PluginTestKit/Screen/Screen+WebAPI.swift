import FoundationEssentials
import PluginAPI

extension Screen {
    /// What Slack answers to the methods that concern what people see, as far as the test made the people and channels.
    /// - Returns: `nil` for what a test must set up itself.
    mutating func answer(
        _ method: String, _ arguments: JSONValue, for core: ContextCore, now: Date
    ) throws -> JSONValue? {
        switch method {
        case "chat.postMessage":
            let channel = try conversation(arguments["channel"].string)
            let shown = post(arguments, in: channel, for: core, now: now)
            return ["ok": true, "channel": .string(shown.channel), "ts": .string(shown.ts)]
        case "chat.postEphemeral":
            let channel = try conversation(arguments["channel"].string)
            let shown = post(arguments, in: channel, onlyFor: arguments["user"].string, for: core, now: now)
            return ["ok": true, "message_ts": .string(shown.ts)]
        case "chat.update":
            guard replace(arguments["ts"].string ?? "", with: arguments) else { throw Self.noMessage }
            return ["ok": true, "channel": arguments["channel"], "ts": arguments["ts"]]
        case "chat.delete":
            guard remove(arguments["ts"].string ?? "") else { throw Self.noMessage }
            return ["ok": true]
        case "views.publish":
            publish(arguments["view"], for: arguments["user_id"].string ?? "")
            return ["ok": true]
        case "conversations.open":
            guard let direct = arguments["users"].string.flatMap(directMessage) else { return nil }
            return ["ok": true, "channel": ["id": .string(direct)]]
        case "conversations.info":
            guard let channel = channels.first(where: { $0.id == arguments["channel"].string }) else { return nil }
            return [
                "ok": true,
                "channel": ["id": .string(channel.id), "name": .string(channel.name), "is_member": true],
            ]
        case "users.info":
            return people.first { $0.id == arguments["user"].string }.map { ["ok": true, "user": $0.json] }
        case "users.lookupByEmail":
            guard !people.isEmpty else { return nil }
            guard let person = people.first(where: { $0.email == arguments["email"].string }) else {
                throw SlackError(code: "users_not_found")
            }
            return ["ok": true, "user": person.json]
        default: return nil
        }
    }

    private static var noMessage: SlackError { SlackError(code: "message_not_found") }

    private func conversation(_ id: String?) throws -> String {
        guard let id, !id.isEmpty else { throw SlackError(code: "channel_not_found") }
        return id
    }
}

extension TestPersonRecord {
    fileprivate var json: JSONValue {
        [
            "id": .string(id), "team_id": .string(workspaceID), "name": .string(name.lowercased()),
            "tz": "Europe/Berlin",
            "profile": [
                "real_name": .string(name), "display_name": .string(name), "email": .string(email),
            ],
        ]
    }
}
