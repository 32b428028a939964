/// The workspaces that a sandbox begins with: two with the app, and one of an organization without it.
enum SlackSeed {
    static let acme = "T0ACME001"
    static let globex = "T0GLOBEX1"
    static let initech = "T0INITECH"
    static let initechHolding = "E0INITECH"

    static func workspaces(ids: inout SlackIDs, now: Int) -> [SlackWorkspace] {
        [
            acmeWorkspace(ids: &ids, now: now), globexWorkspace(ids: &ids, now: now),
            initechWorkspace(ids: &ids, now: now),
        ]
    }

    private static let berlin = (name: "Europe/Berlin", label: "Central European Time")
    private static let newYork = (name: "America/New_York", label: "Eastern Time")
    private static let paris = (name: "Europe/Paris", label: "Central European Time")
    private static let london = (name: "Europe/London", label: "Greenwich Mean Time")
    private static let losAngeles = (name: "America/Los_Angeles", label: "Pacific Time")
    private static let seoul = (name: "Asia/Seoul", label: "Korea Standard Time")

    private static func person(
        _ id: String, _ realName: String, _ zone: (name: String, label: String), color: String, title: String,
        domain: String, hasEmail: Bool = true
    ) -> SlackPerson {
        let parts = realName.lowercased().split(separator: " ")
        return SlackPerson(
            id: id, name: parts.first.map(String.init) ?? realName, realName: realName,
            email: hasEmail ? parts.joined(separator: ".") + "@\(domain).example" : nil, timeZone: zone.name,
            timeZoneLabel: zone.label, color: color, title: title)
    }

    private static func bot(_ id: String) -> SlackPerson {
        SlackPerson(
            id: id, name: "bothost", realName: "BotHost", timeZone: losAngeles.name, timeZoneLabel: losAngeles.label,
            color: "06ac38", isBot: true)
    }

    private static func acmeWorkspace(ids: inout SlackIDs, now: Int) -> SlackWorkspace {
        var ada = person("U0ADA0001", "Ada Martin", berlin, color: "4a154b", title: "SRE lead", domain: "acme")
        ada.isAdmin = true
        let ben = person(
            "U0BEN0001", "Ben Okafor", newYork, color: "1264a3", title: "Payments engineer", domain: "acme")
        let chloe = person(
            "U0CHLOE01", "Chloe Dubois", paris, color: "e01e5a", title: "New in Platform", domain: "acme")
        let dan = person("U0DAN0001", "Dan Reyes", losAngeles, color: "ecb22e", title: "Support", domain: "acme")
        var eve = person("U0EVE0001", "Eve Guest", london, color: "2eb67d", title: "Contractor", domain: "acme")
        eve.isGuest = true
        let frank = person(
            "U0FRANK01", "Frank Noemail", london, color: "36c5f0", title: "Facilities", domain: "acme", hasEmail: false)
        let app = "U0BOTHOST"
        let staff = [ada.id, ben.id, chloe.id, dan.id, frank.id]

        func channel(
            _ id: String, _ name: String, _ kind: SlackChannel.Kind = .public, _ members: [String], _ topic: String = ""
        ) -> SlackChannel {
            SlackChannel(
                id: id, name: name, kind: kind, members: members, topic: topic, creator: ada.id,
                created: now - 8_640_000)
        }
        var general = channel("C0GENERAL", "general", .public, staff + [eve.id, app], "Company-wide announcements")
        general.isGeneral = true
        var channels = [
            general,
            channel("C0INCIDNT", "incidents", .public, staff + [app], "Something is on fire? /pd trigger"),
            channel("C0CHECKOT", "checkout", .public, [ada.id, ben.id, chloe.id, app], "The checkout team"),
            channel("C0RANDOM1", "random", .public, staff + [eve.id, app], "Non-work banter"),
            channel("G0SECRETS", "sre-private", .private, [ada.id, ben.id], "The app is not in here"),
            channel("G0SREBOT1", "sre-oncall", .private, [ada.id, ben.id, app], "Hand-overs"),
        ]
        let directs = [
            ada.id: "D0ADA0001", ben.id: "D0BEN0001", chloe.id: "D0CHLOE01", dan.id: "D0DAN0001", eve.id: "D0EVE0001",
            frank.id: "D0FRANK01",
        ]
        for person in staff + [eve.id] {
            channels.append(channel(directs[person] ?? ids.id("D"), "", .im, [person, app]))
        }
        channels.append(channel("D0ADABEN1", "", .im, [ada.id, ben.id]))
        return SlackWorkspace(
            id: acme, name: "Acme", domain: "acme", people: [ada, ben, chloe, dan, eve, frank, bot(app)],
            channels: channels,
            usergroups: [
                usergroup("S0SRE0001", "SRE", "sre", team: acme, members: 2),
                usergroup("S0PAYMNTS", "Payments", "payments", team: acme, members: 1),
            ],
            usergroupMembers: ["S0SRE0001": [ada.id, ben.id], "S0PAYMNTS": [ben.id]],
            bot: SlackApp.Bot(userID: app, botID: "B0BOTHOST", token: ids.botToken()), botName: "BotHost")
    }

    private static func globexWorkspace(ids: inout SlackIDs, now: Int) -> SlackWorkspace {
        var gina = person(
            "U0GINA001", "Gina Park", seoul, color: "611f69", title: "Head of operations", domain: "globex")
        gina.isAdmin = true
        let hugo = person("U0HUGO001", "Hugo Lang", berlin, color: "007a5a", title: "Operations", domain: "globex")
        let app = "U0BOTHST2"
        func channel(
            _ id: String, _ name: String, _ kind: SlackChannel.Kind, _ members: [String], _ topic: String = ""
        ) -> SlackChannel {
            SlackChannel(
                id: id, name: name, kind: kind, members: members, topic: topic, creator: gina.id,
                created: now - 8_640_000)
        }
        var general = channel("C0GLOBGEN", "general", .public, [gina.id, hugo.id, app])
        general.isGeneral = true
        return SlackWorkspace(
            id: globex, name: "Globex", domain: "globex", people: [gina, hugo, bot(app)],
            channels: [
                general, channel("C0GLOBOPS", "ops", .public, [gina.id, hugo.id, app], "Operations"),
                channel("D0GINA001", "", .im, [gina.id, app]), channel("D0HUGO001", "", .im, [hugo.id, app]),
            ],
            usergroups: [usergroup("S0GLOBOPS", "Operations", "ops", team: globex, members: 2)],
            usergroupMembers: ["S0GLOBOPS": [gina.id, hugo.id]],
            bot: SlackApp.Bot(userID: app, botID: "B0BOTHST2", token: ids.botToken()), botName: "BotHost")
    }

    private static func initechWorkspace(ids: inout SlackIDs, now: Int) -> SlackWorkspace {
        var ivy = person("U0IVY0001", "Ivy Stone", london, color: "4a154b", title: "Administrator", domain: "initech")
        ivy.isAdmin = true
        let jon = person("U0JON0001", "Jon Bell", newYork, color: "1264a3", title: "Developer", domain: "initech")
        let app = "U0BOTHST3"
        var general = SlackChannel(
            id: "C0INITGEN", name: "general", kind: .public, members: [ivy.id, jon.id], topic: "", creator: ivy.id,
            created: now - 8_640_000)
        general.isGeneral = true
        var bot = SlackApp.Bot(userID: app, botID: "B0BOTHST3", token: ids.botToken())
        bot.isInstalled = false
        return SlackWorkspace(
            id: initech, name: "Initech", domain: "initech", people: [ivy, jon, self.bot(app)],
            channels: [
                general,
                SlackChannel(
                    id: "D0IVY0001", name: "", kind: .im, members: [ivy.id, app], topic: "", creator: ivy.id,
                    created: now - 8_640_000),
                SlackChannel(
                    id: "D0JON0001", name: "", kind: .im, members: [jon.id, app], topic: "", creator: ivy.id,
                    created: now - 8_640_000),
            ],
            usergroups: [], usergroupMembers: [:], bot: bot, botName: "BotHost",
            organization: SlackWorkspace.Organization(id: initechHolding, name: "Initech Holding"))
    }

    private static func usergroup(_ id: String, _ name: String, _ handle: String, team: String, members: Int) -> JSON {
        [
            "id": .string(id), "team_id": .string(team), "is_usergroup": true, "is_subteam": true,
            "name": .string(name), "description": "", "handle": .string(handle), "is_external": false,
            "date_create": 1_767_225_600, "date_update": 1_767_225_600, "date_delete": 0, "auto_type": .null,
            "auto_provision": false, "enterprise_subteam_id": "", "created_by": "USLACKBOT", "updated_by": "USLACKBOT",
            "deleted_by": .null, "prefs": ["channels": [], "groups": []], "user_count": .int(members),
        ]
    }
}
