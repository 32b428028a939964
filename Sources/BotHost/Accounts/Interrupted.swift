import Foundation
import PluginAPI

/// What a person was doing when it turned out that they must link an account first. It is resumed when they have.
struct Interrupted: Codable, Sendable {
    /// The command as it was typed: its slash and the words after it. `nil` where something else was interrupted.
    var command: TypedLine?
    var channel: Channel?
    var responseURL: String?
    /// Where it was said, if it was said to the app.
    var place: SpokenPlace?

    struct TypedLine: Codable, Sendable {
        var slash: String
        var text: String
    }

    /// How long a person may take to find a token.
    static let lifetime: TimeInterval = 15 * 60
}
