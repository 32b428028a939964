import Foundation

/// Somebody in a simulated workspace, or the app's bot user.
struct SlackPerson: Sendable {
    var id: String
    var name: String
    var realName: String
    var email: String?
    var timeZone: String
    var timeZoneLabel: String
    var color: String
    var title = ""
    var isAdmin = false
    var isGuest = false
    var isBot = false

    /// Seconds east of Greenwich at `date`.
    func offset(at date: Date) -> Int { TimeZone(identifier: timeZone)?.secondsFromGMT(for: date) ?? 0 }

    /// As `users.info` answers.
    ///
    /// - SeeAlso: https://docs.slack.dev/reference/objects/user-object
    func json(team: String, bot: SlackApp.Bot, showsEmail: Bool, at date: Date) -> JSON {
        let parts = realName.split(separator: " ", maxSplits: 1).map(String.init)
        var profile: [String: JSON] = [
            "title": .string(title), "phone": "", "skype": "", "real_name": .string(realName),
            "real_name_normalized": .string(realName), "display_name": .string(isBot ? "" : name),
            "display_name_normalized": .string(isBot ? "" : name), "status_text": "", "status_emoji": "",
            "status_expiration": 0, "avatar_hash": .string("g" + color), "team": .string(team),
            "first_name": .string(parts.first ?? ""), "last_name": .string(parts.count > 1 ? parts[1] : ""),
        ]
        if showsEmail { profile["email"] = email.map(JSON.string) }
        if isBot {
            profile["bot_id"] = .string(bot.botID)
            profile["api_app_id"] = .string(SlackApp.id)
            profile["always_active"] = true
        }
        return [
            "id": .string(id), "team_id": .string(team), "name": .string(name), "deleted": false,
            "color": .string(color), "real_name": .string(realName), "tz": .string(timeZone),
            "tz_label": .string(timeZoneLabel), "tz_offset": .int(offset(at: date)), "profile": .object(profile),
            "is_admin": .bool(isAdmin), "is_owner": .bool(isAdmin), "is_primary_owner": .bool(isAdmin),
            "is_restricted": .bool(isGuest), "is_ultra_restricted": false, "is_bot": .bool(isBot),
            "is_app_user": false, "updated": 1_767_225_600, "is_email_confirmed": .bool(!isBot),
            "who_can_share_contact_card": "EVERYONE",
        ]
    }

    /// As the page lists people.
    var clientJSON: JSON {
        .compact([
            "id": .string(id), "name": .string(name), "real_name": .string(realName), "is_bot": .bool(isBot),
            "is_guest": .bool(isGuest), "tz": .string(timeZone), "color": .string("#" + color),
            "email": email.map(JSON.string), "title": .string(title),
        ])
    }
}
