/// Where a menu's choices come from.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element>
public struct SelectSource: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case options([Option])
        case groups([OptionGroup])
        case external(minQueryLength: Int?, initial: [Option])
        case users
        case conversations(ConversationFilter, defaultToCurrent: Bool)
        case channels
    }

    package let kind: Kind

    /// 1 to 100 choices.
    public static func options(_ options: [Option]) -> SelectSource { SelectSource(kind: .options(options)) }

    /// 1 to 100 groups of 1 to 100 choices.
    public static func groups(_ groups: [OptionGroup]) -> SelectSource { SelectSource(kind: .groups(groups)) }

    /// What the plugin's `OnOptions` for the same action id offers for what was typed.
    /// - Parameters:
    ///   - minQueryLength: How much must be typed before it is asked; 0 asks as the menu opens, Slack's default is 3.
    ///   - initial: What is chosen at first; one option in a menu for one.
    public static func external(minQueryLength: Int? = nil, initial: [Option] = []) -> SelectSource {
        SelectSource(kind: .external(minQueryLength: minQueryLength, initial: initial))
    }

    /// The workspace's people.
    public static let users = SelectSource(kind: .users)

    /// Conversations that the person can see.
    /// - Parameters:
    ///   - filter: Which of them.
    ///   - defaultToCurrent: Chooses the one that the form was opened from.
    public static func conversations(
        _ filter: ConversationFilter = .all, defaultToCurrent: Bool = false
    ) -> SelectSource {
        SelectSource(kind: .conversations(filter, defaultToCurrent: defaultToCurrent))
    }

    /// Public channels.
    public static let channels = SelectSource(kind: .channels)
}

/// Which conversations a menu offers.
/// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object>
public struct ConversationFilter: Sendable, Hashable {
    /// A kind of conversation.
    public struct Kind: Sendable, Hashable {
        package let name: String

        /// Direct messages between two.
        public static let directMessages = Kind(name: "im")
        /// Direct messages among several.
        public static let groupMessages = Kind(name: "mpim")
        /// Private channels.
        public static let privateChannels = Kind(name: "private")
        /// Public channels.
        public static let publicChannels = Kind(name: "public")
    }

    package let kinds: [Kind]
    package let excludesShared: Bool
    package let excludesBots: Bool

    /// All conversations.
    public static let all = ConversationFilter()

    /// A filter.
    /// - Parameters:
    ///   - kinds: Those to offer; all where there are none.
    ///   - excludesShared: Leaves out channels that are shared with another organization.
    ///   - excludesBots: Leaves out direct messages with apps.
    public init(_ kinds: [Kind] = [], excludesShared: Bool = false, excludesBots: Bool = false) {
        self.kinds = kinds
        self.excludesShared = excludesShared
        self.excludesBots = excludesBots
    }

    func write(to writer: inout JSONWriter) {
        guard self != .all else { return }
        writer.object("filter") { writer in
            if !kinds.isEmpty {
                writer.array("include") { writer in
                    for kind in kinds { writer.string(kind.name) }
                }
            }
            if excludesShared { writer.member("exclude_external_shared_channels", true) }
            if excludesBots { writer.member("exclude_bot_users", true) }
        }
    }
}
