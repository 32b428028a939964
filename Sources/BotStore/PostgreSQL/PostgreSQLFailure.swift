import Foundation

/// What a server said instead of doing what it was told, or that it said nothing any more.
///
/// - SeeAlso: [Error codes](https://www.postgresql.org/docs/current/errcodes-appendix.html)
struct PostgreSQLFailure: Error, Sendable, Equatable {
    /// Five characters; empty where it was not the server that spoke.
    let state: String
    /// The server's own sentence, in one line.
    let sentence: String
    /// Whether the connection is gone, so that nobody knows how far the server came.
    let isLost: Bool

    init(state: String = "", _ sentence: String, isLost: Bool) {
        self.state = state
        self.sentence = Bounds.sentence(
            sentence.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        self.isLost = isLost
    }

    static let silence = PostgreSQLFailure("the server did not answer in time", isLost: true)

    /// What to do about it before anybody is told.
    enum Remedy {
        case none
        /// The same once more, on its own: another transaction was in the way.
        case again
        /// The same once more, with statements prepared anew: the schema has changed under them.
        case prepareAgain
        /// The same once more on another connection.
        case reconnect
    }

    var remedy: Remedy {
        if isLost { return .reconnect }
        switch state {
        case "40001", "40P01": return .again
        // "cached plan must not change result type", and statements that a pooler has forgotten.
        case "0A000", "26000": return .prepareAgain
        // The server was made a standby; the one that takes writes now is another.
        case "25006": return .reconnect
        default: return .none
        }
    }

    /// Whether time ran out while something was in the way.
    var isDelay: Bool { state == "55P03" || state == "57014" }

    /// The five characters in a message of libpq's about a connection that did not come about. It is the only place
    /// where they are, and only in its verbose form: `… failed: FATAL:  28P01: password authentication failed …`. The
    /// two blanks tell them from the word before, which is in the server's language.
    static func state(in message: String) -> String {
        var last = ""
        for match in message.matches(of: #/:\ \ ([0-9A-Z]{5}):\ /#) { last = String(match.1) }
        return last
    }

    /// A connection that did not come about, from libpq's message.
    init(connecting message: String) {
        let lines = message.split(separator: "\n").filter { !$0.utf8.starts(with: "LOCATION:".utf8) }
        let state = Self.state(in: message)
        self.init(
            state: state,
            lines.joined(separator: " ").replacing("\(state): ", with: state.isEmpty ? "\(state): " : ""),
            isLost: true)
    }
}
