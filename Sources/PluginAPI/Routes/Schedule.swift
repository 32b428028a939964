/// When a ``Every(_:_:_:)`` or ``Cron(_:in:_:_:)`` route runs.
public struct Schedule: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case every(Duration)
        /// Both as they were written; the host checks them at the start.
        case cron(String, zone: String)
    }
    package let kind: Kind

    /// At a fixed interval.
    public static func every(_ interval: Duration) -> Schedule { Schedule(kind: .every(interval)) }

    /// At times of the day, as people's clocks show them.
    /// - Parameters:
    ///   - expression: Five fields: minute, hour, day of the month, month, day of the week.
    ///   - zone: A name of the tz database, such as `Europe/Berlin`.
    /// - SeeAlso: `crontab(5)`
    public static func cron(_ expression: String, in zone: String) -> Schedule {
        Schedule(kind: .cron(expression, zone: zone))
    }
}

/// A shortcut's entry in the app manifest.
/// - SeeAlso: <https://docs.slack.dev/interactivity/implementing-shortcuts>
public struct Shortcut: Sendable, Hashable {
    /// Where people find it.
    public enum Surface: Sendable, Hashable {
        /// The composer's menu and search: Slack's global shortcut.
        case composer
        /// A message's menu.
        case message
    }
    /// The callback id, unique within the plugin.
    public let id: String
    /// What people see, at most 24 characters.
    public let name: String
    /// What it does, at most 150 characters.
    public let description: String
    /// Where people find it.
    public let surface: Surface

    /// Makes a shortcut's description.
    public init(id: String, name: String, description: String, surface: Surface) {
        self.id = id
        self.name = name
        self.description = description
        self.surface = surface
    }
}
