import PluginAPI
import SlackKit

/// A command that somebody said instead of typing it with a slash: to the app by its name in a channel, or in the direct
/// message with it, where everything is meant for it.
struct SpokenLine: Codable, Sendable, Hashable {
    /// A slash command of a plugin's own, or `nil` for the host's.
    var slash: String?
    /// The words after it.
    var text: String
    /// Slack's id of the message.
    var ts: String
    /// The thread that the message stands in.
    var thread: String?

    /// No command is longer.
    static let longest = 4_000
    /// Messages of people that Slack marks all the same: a reply shown in the channel too, and one with a file.
    private static let peoplesSubtypes: Set<String> = ["thread_broadcast", "file_share"]

    /// - Parameter bot: Slack's id of the app's own user.
    /// - Returns: `nil` where nobody speaks to the app: bots, the app itself, changes, and mentions in passing.
    init?(_ event: EventCallback, to bot: String) {
        let message = event.event
        guard let ts = message["ts"].string, let text = message["text"].string, text.utf8.count <= Self.longest * 4,
            let person = event.origin.userID, person != bot, person != "USLACKBOT",
            message["bot_id"].isNull, message["edited"].isNull, message["hidden"].bool != true,
            event.subtype.map(Self.peoplesSubtypes.contains) ?? true
        else { return nil }
        let scalars = Array(text.unicodeScalars.prefix(Self.longest))
        var words = scalars.drop(while: \.properties.isWhitespace)
        switch event.type {
        case "app_mention":
            guard let rest = Self.afterMention(of: bot, words) else { return nil }
            words = rest
        case "message" where message["channel_type"].string == "im":
            words = Self.afterMention(of: bot, words) ?? words
            guard !words.isEmpty else { return nil }
        default: return nil
        }
        self.ts = ts
        thread = message["thread_ts"].string
        if words.first == "/" {
            let end = words.firstIndex(where: \.properties.isWhitespace) ?? words.endIndex
            slash = Self.string(words[..<end])
            words = words[end...].drop(while: \.properties.isWhitespace)
        }
        self.text = Self.string(words)
    }

    /// - Returns: What follows `<@BOT>` or `<@BOT|name>` at the beginning; `nil` where that is not how it begins.
    private static func afterMention(
        of bot: String, _ words: ArraySlice<Unicode.Scalar>
    ) -> ArraySlice<Unicode.Scalar>? {
        let mention = Array("<@\(bot)".unicodeScalars)
        guard words.starts(with: mention) else { return nil }
        let rest = words.dropFirst(mention.count)
        guard let next = rest.first, next == ">" || next == "|", let end = rest.firstIndex(of: ">") else { return nil }
        // People write "@bot: help", too.
        return rest[(end + 1)...].drop { $0.properties.isWhitespace || $0 == ":" || $0 == "," }
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}

/// Where in a conversation something was said, and so where the answer belongs.
struct SpokenPlace: Codable, Sendable, Hashable {
    /// The thread in which only the person is answered: Slack shows that only in threads that are there already.
    var privateThread: String?
    /// The thread in which everybody is.
    var publicThread: String?

    init(_ line: SpokenLine, in channel: Channel?) {
        privateThread = line.thread
        publicThread = line.thread ?? (channel?.kind == .directMessage ? nil : line.ts)
    }
}
