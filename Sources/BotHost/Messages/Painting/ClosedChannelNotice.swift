import BotStore
import Foundation
import PluginAPI
import SlackKit

/// What administrators read in the fallback channel about a channel that takes no messages: once, until it does again.
struct ClosedChannelNotice: Sendable {
    let place: MessagePlace
    let organization: String

    private static func key(_ place: MessagePlace, in fallback: String) -> MessageKey {
        MessageKey(
            plugin: MessageKey.host, workspace: place.workspace, channel: fallback, key: "closed/\(place.channel)")
    }

    /// Says it; the same words again are no second message.
    func say(_ code: String, in fallback: String, store: any MessageStore, at now: Date) async throws {
        let text: Mrkdwn = """
            ⚠️ I can't post in \(Mention.channel(place.channel)). \(Mrkdwn(raw: SlackErrorCode(code).sentence)) \
            Until that is mended, its messages come here.
            """
        _ = try await store.wish(
            MessageWish(
                key: Self.key(place, in: fallback), organization: organization, content: Self.content(text),
                lane: .urgent),
            at: now)
    }

    /// Takes it back, where it was said.
    func takeBack(from fallback: String, store: any MessageStore, at now: Date) async throws {
        let key = Self.key(place, in: fallback)
        guard try await store.liveMessage(key)?.content != nil else { return }
        let text: Mrkdwn = "✅ I can post in \(Mention.channel(place.channel)) again."
        _ = try await store.wish(
            MessageWish(key: key, organization: organization, content: Self.content(text)), at: now)
    }

    private static func content(_ text: Mrkdwn) -> Data {
        Data(JSONValue.object(["text": .string(text.source), "unfurl_links": false]).encoded)
    }

    /// Puts where a message was meant to be before what it says.
    static func marking(_ arguments: [String: JSONValue], meantFor channel: String) -> [String: JSONValue] {
        var marked = arguments
        let note = "↪️ Meant for \(Mention.channel(channel).source), where I can't post"
        let context: JSONValue = [
            "type": "context", "elements": [["type": "mrkdwn", "text": .string(note), "verbatim": true]],
        ]
        let blocks = arguments["blocks"]?.array ?? []
        let hasBar = arguments["attachments"]?.array?.isEmpty == false
        if blocks.isEmpty || hasBar {
            marked["text"] = .string("\(note)\n\(arguments["text"]?.string ?? "")")
        } else {
            marked["blocks"] = .array([context] + blocks)
        }
        return marked
    }
}
