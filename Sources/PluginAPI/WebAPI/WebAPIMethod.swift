/// A method of Slack's Web API: what it needs, how often it may be called, and what a repeated call does.
///
/// - SeeAlso: https://docs.slack.dev/reference/methods
package struct WebAPIMethod: Sendable, Hashable {
    /// What may happen when a call is repeated whose answer was lost.
    package enum Repetition: Sendable, Hashable {
        /// Nothing is different: it reads, or sets something to a value.
        case safe
        /// Slack answers the second call with one of these errors, which then means that the first one did it.
        case settled(by: [String])
        /// It happens twice, or a one-time value is spent: find out first, or leave it.
        case inDoubt
    }

    /// Which token the call is made with.
    package enum TokenKind: Sendable, Hashable {
        /// The workspace's bot token.
        case bot
        /// The app-level token, `xapp-…`.
        case app
        /// The client's id and secret instead of a token.
        case client
        /// An app configuration token, which belongs to a person.
        case configuration
    }

    /// Slack's name of it, such as `chat.postMessage`.
    package let name: String

    /// Bot token scopes of which one is enough; which one depends on the kind of conversation. Empty: any token does.
    package let scopes: [String]

    /// How often it may be called.
    package let tier: RateTier

    /// What a repeated call does.
    package let repetition: Repetition

    /// The token that it takes.
    package let token: TokenKind

    init(
        _ name: String, _ tier: RateTier, _ repetition: Repetition, scopes: [String] = [], token: TokenKind = .bot
    ) {
        self.name = name
        self.scopes = scopes
        self.tier = tier
        self.repetition = repetition
        self.token = token
    }

    /// The method with this name.
    ///
    /// - Returns: For a name that is not in the catalogue a method that is treated with care: tier 2, in doubt after
    ///   a lost answer. Nil for what cannot be a method's name, because the name becomes part of an address.
    package static func named(_ name: String) -> WebAPIMethod? {
        if let method = catalogue[name] { return method }
        return isPossible(name) ? WebAPIMethod(name, .tier2, .inDoubt) : nil
    }

    /// Whether a token with these scopes may call it.
    package func isAllowed(with granted: Set<String>) -> Bool {
        scopes.isEmpty || scopes.contains { granted.contains($0) }
    }

    private static func isPossible(_ name: String) -> Bool {
        let words = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return name.utf8.count <= 64 && words.count >= 2
            && words.allSatisfy { word in
                !word.isEmpty
                    && word.allSatisfy { byte in
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    }
            }
    }
}
