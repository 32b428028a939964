import BotStore
import Foundation
import PluginAPI
import SlackKit

/// Finds out whether a message was posted whose confirmation was lost, by a crash or on the way.
///
/// - SeeAlso: <https://docs.slack.dev/reference/methods/conversations.history>
struct DoubtfulPost: Sendable {
    /// What the look into the channel has brought.
    enum Finding: Sendable, Equatable {
        case found(ts: String, version: Int64)
        /// It is not there, and will not be any more.
        case missing
        /// The app may not look, or what is there cannot be told.
        case unknowable(String)
        /// Ask again then: Slack may still be at it, or cannot be asked now.
        case later(Date)
    }

    /// For as long after the intent a post may still be under way: the longest exchange over HTTP, and a little.
    static let underWay: TimeInterval = 12
    /// How far Slack's clock may be from ours.
    static let skew: TimeInterval = 300
    static let mostPages = 10

    typealias Ask = @Sendable (_ method: String, _ arguments: JSONValue) async throws -> JSONValue

    func find(_ message: LiveMessage, at now: Date, ask: Ask) async -> Finding {
        guard let channel = message.postedChannel, let id = message.intentID.map({ IntentID($0) }) else {
            return .missing
        }
        let began = id.madeAt ?? message.updatedAt
        var arguments: [String: JSONValue] = [
            "channel": .string(channel), "limit": 200, "include_all_metadata": true, "inclusive": true,
            "oldest": .string(Self.timestamp(began.addingTimeInterval(-Self.skew))),
            "latest": .string(Self.timestamp(began.addingTimeInterval(Self.skew))),
        ]
        if let thread = message.thread { arguments["ts"] = .string(thread) }
        let method = message.thread == nil ? "conversations.history" : "conversations.replies"
        do {
            for _ in 0..<Self.mostPages {
                let page = try await ask(method, .object(arguments))
                for shown in page["messages"].array ?? [] {
                    if let version = id.version(of: shown), let ts = shown["ts"].string, !ts.isEmpty {
                        return .found(ts: ts, version: version)
                    }
                }
                guard let cursor = page["response_metadata"]["next_cursor"].string, !cursor.isEmpty else {
                    let done = began.addingTimeInterval(Self.underWay)
                    return now >= done ? .missing : .later(done)
                }
                arguments["cursor"] = .string(cursor)
            }
            return .unknowable("too_many_messages")
        } catch let error as SlackError {
            switch SlackErrorCode(error.code).remedy {
            case .retry, .inDoubt:
                return .later(now.addingTimeInterval(max(1, error.retryAfter.map { $0 / .seconds(1) } ?? 5)))
            case .reauthorize: return .later(now.addingTimeInterval(Brush.longPause))
            // The thread is gone, and with it whatever was in it.
            case .postAfresh: return .missing
            case .reroute, .rerender, .tellAdministrator, .tellPerson, .permanent: return .unknowable(error.code)
            }
        } catch {
            return .later(now.addingTimeInterval(5))
        }
    }

    /// As Slack writes times: seconds, and six digits behind the point.
    private static func timestamp(_ date: Date) -> String {
        "\(max(0, Int64(exactly: date.timeIntervalSince1970.rounded(.down)) ?? 0)).000000"
    }
}
