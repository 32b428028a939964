import Foundation

/// Schedules, escalation policies and services of the seeded account.
extension PDSeed {
    static func schedules(now: Date) -> [PDSchedule] {
        // A Monday about a year back, so that rotations have long been running.
        let today = PDTime.wall(now, in: PDTime.utc).day
        let monday = today - 371 - PDTime.Wall(day: today - 371, second: 0).weekday + 1
        return [
            PDSchedule(
                id: "PSSREP1", name: "SRE Primary",
                description: "A week each, handed over on Mondays at 10:00 in Berlin",
                timeZone: "Europe/Berlin",
                layers: [
                    .init(
                        id: "PLAYSR1", name: "Weekly", userIDs: ["PADAM01", "PBENO01", "PYUKI01"], firstDay: monday,
                        handoff: 10 * 3600, turnDays: 7)
                ], teamIDs: ["PTSRE01"]),
            PDSchedule(
                id: "PSSRES1", name: "SRE Secondary", description: "Two days each",
                timeZone: "Europe/Berlin",
                layers: [
                    .init(
                        id: "PLAYSR2", name: "Two days", userIDs: ["PIVAN01", "PYUKI01", "PADAM01", "PBENO01"],
                        firstDay: monday, handoff: 10 * 3600, turnDays: 2)
                ], teamIDs: ["PTSRE01"]),
            PDSchedule(
                id: "PSPAYP1", name: "Payments Primary", description: "Nights and days are different people",
                timeZone: "America/New_York",
                layers: [
                    .init(
                        id: "PLAYPA1", name: "Night", userIDs: ["PGRAC01", "PADAM01"], firstDay: monday,
                        handoff: 9 * 3600, turnDays: 7),
                    .init(
                        id: "PLAYPA2", name: "Business hours", userIDs: ["PBENO01", "PGRAC01"], firstDay: monday,
                        handoff: 9 * 3600, turnDays: 1,
                        restrictions: (1...5).map { .init(startSecond: 9 * 3600, duration: 8 * 3600, weekday: $0) }),
                ], teamIDs: ["PTPAY01"]),
            PDSchedule(
                id: "PSPLTF1", name: "Platform Follow the Sun", description: "Sofia, New York, Tokyo: eight hours each",
                timeZone: "Etc/UTC",
                layers: [
                    sun("PLAYPL1", "Europe", "PIVAN01", from: 7, monday),
                    sun("PLAYPL2", "Americas", "PGRAC01", from: 15, monday),
                    sun("PLAYPL3", "Asia", "PYUKI01", from: 23, monday),
                ], teamIDs: ["PTPLT01"]),
            PDSchedule(
                id: "PSMGRS1", name: "Engineering Managers", description: "The last line",
                timeZone: "Europe/Berlin",
                layers: [
                    .init(
                        id: "PLAYMG1", name: "Fortnightly", userIDs: ["POLGA01", "PADAM01"], firstDay: monday,
                        handoff: 8 * 3600, turnDays: 14)
                ]),
            PDSchedule(
                id: "PSWEEK1", name: "Weekend Support", description: "From Friday evening to Monday morning",
                timeZone: "America/New_York",
                layers: [
                    .init(
                        id: "PLAYWE1", name: "Weekend", userIDs: ["PBENO01", "PGRAC01", "PIVAN01"],
                        firstDay: monday + 4,
                        handoff: 18 * 3600, turnDays: 7,
                        restrictions: [.init(startSecond: 18 * 3600, duration: 62 * 3600, weekday: 5)])
                ], teamIDs: ["PTSRE01"]),
        ]
    }

    private static func sun(_ id: String, _ name: String, _ user: String, from hour: Int, _ day: Int)
        -> PDSchedule.Layer
    {
        PDSchedule.Layer(
            id: id, name: name, userIDs: [user], firstDay: day, handoff: 0, turnDays: 1,
            restrictions: [.init(startSecond: hour * 3600, duration: 8 * 3600, weekday: nil)])
    }

    static let policies: [PDPolicy] = [
        policy(
            "PEPSRE1", "SRE", "Primary, secondary, then a manager", team: "PTSRE01", loops: 2,
            [(15, [.schedule("PSSREP1")]), (15, [.schedule("PSSRES1")]), (30, [.schedule("PSMGRS1")])]),
        policy(
            "PEPPAY1", "Payments", "Whoever is on payments, then Grace, then the owner", team: "PTPAY01", loops: 1,
            [(10, [.schedule("PSPAYP1")]), (15, [.user("PGRAC01")]), (30, [.user("POLGA01")])]),
        policy(
            "PEPPLT1", "Platform", "Follow the sun, then Ivan and Yuki together", team: "PTPLT01", loops: 0,
            [(20, [.schedule("PSPLTF1")]), (30, [.user("PIVAN01"), .user("PYUKI01")])]),
        policy(
            "PEPWEB1", "Web", "Weekends are covered, other days go to the SREs", team: "PTSRE01", loops: 1,
            [(15, [.schedule("PSWEEK1")]), (15, [.schedule("PSSREP1")]), (30, [.user("PADAM01")])]),
        policy(
            "PEPINT1", "Internal Tools", "Best effort", team: "PTPLT01", loops: 0,
            [(30, [.user("PIVAN01")]), (60, [.schedule("PSMGRS1")])]),
    ]

    private static func policy(
        _ id: String, _ name: String, _ text: String, team: String, loops: Int,
        _ rules: [(minutes: Int, targets: [PDPolicy.Target])]
    ) -> PDPolicy {
        PDPolicy(
            id: id, name: name, description: text,
            rules: rules.enumerated().map {
                PDPolicy.Rule(id: "\(id.dropLast())R\($0 + 1)", delayMinutes: $1.minutes, targets: $1.targets)
            }, loops: loops, teamIDs: [team])
    }

    static func services(now: Date) -> [PDService] {
        let made = now.addingTimeInterval(-390 * 86_400)
        func service(
            _ id: String, _ name: String, _ text: String, _ policy: String, _ team: String,
            _ urgency: PDService.Urgency = .constant("high"), acknowledged: Int? = nil, resolved: Int? = nil
        ) -> PDService {
            PDService(
                id: id, name: name, description: text, policyID: policy, teamIDs: [team], urgency: urgency,
                acknowledgementTimeout: acknowledged, autoResolveTimeout: resolved, createdAt: made)
        }
        let office = PDService.Urgency.supportHours(start: 9 * 3600, end: 18 * 3600, zone: "Europe/Berlin")
        return [
            service("PSVCHK1", "Checkout", "Cart, address, pay button", "PEPPAY1", "PTPAY01"),
            service("PSVPAY1", "Payments API", "Cards, wallets, refunds", "PEPPAY1", "PTPAY01", acknowledged: 14_400),
            service("PSVSEA1", "Search", "Product search and suggestions", "PEPSRE1", "PTSRE01"),
            service("PSVWEB1", "Web Frontend", "The shop as browsers see it", "PEPWEB1", "PTSRE01"),
            service("PSVMOB1", "Mobile API", "What the apps talk to", "PEPSRE1", "PTSRE01"),
            service("PSVDAT1", "Data Pipeline", "Events into the warehouse", "PEPPLT1", "PTPLT01", office),
            service("PSVAUT1", "Auth", "Login, sessions, tokens", "PEPPLT1", "PTPLT01"),
            service("PSVNOT1", "Notifications", "Mail, push and text messages", "PEPPLT1", "PTPLT01", office),
            service("PSVINV1", "Inventory", "What is on which shelf", "PEPSRE1", "PTSRE01"),
            service("PSVPRI1", "Pricing", "Prices, taxes, vouchers", "PEPPAY1", "PTPAY01"),
            service("PSVREC1", "Recommendations", "Other people also bought", "PEPPLT1", "PTPLT01", .constant("low")),
            service("PSVCDN1", "Image CDN", "Pictures, everywhere, fast", "PEPWEB1", "PTSRE01"),
            service(
                "PSVBIL1", "Billing Reports", "Invoices and monthly numbers", "PEPPAY1", "PTPAY01", .constant("low")),
            service(
                "PSVBUI1", "Build Farm", "Continuous integration", "PEPINT1", "PTPLT01", .constant("low"),
                resolved: 172_800),
        ]
    }
}
