import Foundation

/// Ninety days of incidents, lived through by the same rules as those of today.
enum PDHistory {
    private static let titles: [(service: String, titles: [String], weight: Int)] = [
        (
            "PSVCHK1",
            [
                "Checkout error rate above 5%", "Cart service latency p99 above 2 s",
                "Orders per minute dropped by half",
            ], 6
        ),
        ("PSVPAY1", ["Payment provider timeouts", "Refund queue is growing", "Card declines above normal"], 6),
        ("PSVSEA1", ["Search latency p95 above 800 ms", "Index is 30 minutes behind"], 4),
        ("PSVWEB1", ["5xx from the edge above 1%", "Largest contentful paint above 4 s"], 4),
        ("PSVMOB1", ["Mobile API 401s after deploy", "Push registration fails on Android"], 3),
        ("PSVDAT1", ["Nightly load is late", "Dead letters in the event topic"], 5),
        ("PSVAUT1", ["Login failures above 3%", "Session store is at 90% memory"], 3),
        ("PSVNOT1", ["Mail bounce rate above 8%", "Text message provider is slow"], 3),
        ("PSVINV1", ["Stock levels are out of step", "Warehouse feed has stopped"], 2),
        ("PSVPRI1", ["Voucher service returns 500"], 2),
        ("PSVREC1", ["Recommendation model is stale"], 1),
        ("PSVCDN1", ["Cache hit rate below 70%"], 1),
        ("PSVBUI1", ["Build queue is longer than 40"], 1),
    ]

    private static let notes = [
        "Rolled back the last deploy; error rate is falling.", "Looking at the database dashboards now.",
        "Provider confirms trouble on their side.", "Scaled the workers from 8 to 16.",
        "False alarm: the threshold was too tight. Raised it.", "Failed over to the second region.",
    ]

    static func write(into account: inout PDAccount, days: Int, now: Date) {
        var random = account.random
        var starts: [Date] = []
        for day in stride(from: days, to: 0, by: -1) {
            for _ in 0..<(1 + random.below(6)) {
                starts.append(now.addingTimeInterval(-Double(day) * 86_400 + Double(random.below(80_000))))
            }
        }
        account.random = random
        for start in starts.sorted() { live(through: start, in: &account, now: now) }
    }

    /// One incident from its beginning to its end.
    private static func live(through start: Date, in account: inout PDAccount, now: Date) {
        var random = account.random
        var choice = random.below(titles.reduce(0) { $0 + $1.weight })
        let kind =
            titles.first {
                choice -= $0.weight; return choice < 0
            } ?? titles[0]
        let title = kind.titles[random.below(kind.titles.count)]
        let grave = random.chance(0.08)
        let priority: String? = grave ? "PPRIO01" : random.chance(0.6) ? "PPRIO0\(2 + random.below(4))" : nil
        // Long tails, as in life: most are short, few take hours.
        let toAcknowledge = 30 + pow(random.unit(), 3) * 3_000
        let toResolve = toAcknowledge + 300 + pow(random.unit(), 4) * 20_000
        let byItself = random.chance(0.15)
        let isNoted = random.chance(0.5)
        let needsHelp = grave || random.chance(0.08)
        let isHandedOn = random.chance(0.07)
        let note = notes[random.below(notes.count)]
        account.random = random

        let opened = PDAccount.Hand(agent: .service(kind.service), channel: "api", date: start)
        let draft = PDIncidentDraft(title: title, serviceID: kind.service, priorityID: priority)
        guard let incident = try? account.trigger(draft, by: opened) else { return }
        addAlert(to: incident.id, key: incident.key, title: title, at: start, in: &account)
        let end = min(start.addingTimeInterval(toResolve), now.addingTimeInterval(-3_600))
        let acknowledgedAt = min(start.addingTimeInterval(toAcknowledge), end)
        if !byItself {
            account.advance(incident.id, to: acknowledgedAt)
            guard let worker = account.incident(incident.id)?.assignments.first?.userID else { return }
            let hand = PDAccount.Hand(agent: .user(worker), channel: "website", date: acknowledgedAt)
            account.acknowledge(incident.id, by: worker, hand)
            if needsHelp { call(for: incident.id, after: acknowledgedAt, before: end, by: worker, in: &account) }
            if isHandedOn { handOn(incident.id, after: acknowledgedAt, before: end, by: worker, in: &account) }
            if isNoted {
                let noted = PDAccount.Hand(agent: .user(worker), channel: "website", date: end.addingTimeInterval(-60))
                _ = account.annotate(incident.id, note, by: worker, noted)
            }
        }
        account.advance(incident.id, to: end)
        guard let last = account.incident(incident.id), last.isOpen else { return }
        let worker = last.acknowledgements.first?.userID ?? last.assignments.first?.userID
        let agent = byItself ? PDAgent.service(kind.service) : worker.map(PDAgent.user) ?? .service(kind.service)
        account.resolve(incident.id, PDAccount.Hand(agent: agent, channel: byItself ? "auto" : "website", date: end))
    }

    private static func call(
        for id: String, after start: Date, before end: Date, by worker: String, in account: inout PDAccount
    ) {
        let helpers = account.users.filter { $0.role == .limitedUser && $0.id != worker }
        guard !helpers.isEmpty, start.addingTimeInterval(240) < end else { return }
        let helper = helpers[account.random.below(helpers.count)].id
        let asked = PDAccount.Hand(agent: .user(worker), channel: "website", date: start.addingTimeInterval(60))
        account.requestResponders(id, [helper], message: "Please help", asked)
        let joined = PDAccount.Hand(agent: .user(helper), channel: "mobile", date: start.addingTimeInterval(180))
        account.acceptRequest(id, of: helper, joined)
    }

    private static func handOn(
        _ id: String, after start: Date, before end: Date, by worker: String, in account: inout PDAccount
    ) {
        let others = account.users.filter { $0.role == .limitedUser && $0.id != worker }
        guard !others.isEmpty, start.addingTimeInterval(600) < end else { return }
        let next = others[account.random.below(others.count)].id
        account.reassign(
            id, to: [next],
            PDAccount.Hand(agent: .user(worker), channel: "website", date: start.addingTimeInterval(300)))
        account.acknowledge(
            id, by: next, PDAccount.Hand(agent: .user(next), channel: "mobile", date: start.addingTimeInterval(420)))
    }

    /// What is open when the sandbox starts, so that there is something to look at.
    static func writeOpenIncidents(into account: inout PDAccount, now: Date) {
        let open: [(minutes: Double, service: String, title: String, priority: String?, acknowledgedBy: String?)] = [
            (190, "PSVDAT1", "Nightly load is late", "PPRIO04", "PIVAN01"),
            (42, "PSVPAY1", "Payment provider timeouts", "PPRIO02", "PGRAC01"),
            (4, "PSVSEA1", "Search latency p95 above 800 ms", nil, nil),
        ]
        for one in open {
            let start = now.addingTimeInterval(-one.minutes * 60)
            let opened = PDAccount.Hand(agent: .service(one.service), channel: "api", date: start)
            let draft = PDIncidentDraft(title: one.title, serviceID: one.service, priorityID: one.priority)
            guard let incident = try? account.trigger(draft, by: opened) else { continue }
            addAlert(to: incident.id, key: incident.key, title: one.title, at: start, in: &account)
            guard let worker = one.acknowledgedBy else { continue }
            let hand = PDAccount.Hand(agent: .user(worker), channel: "website", date: start.addingTimeInterval(95))
            account.acknowledge(incident.id, by: worker, hand)
            let noted = PDAccount.Hand(agent: .user(worker), channel: "website", date: start.addingTimeInterval(150))
            _ = account.annotate(incident.id, notes[one.service == "PSVPAY1" ? 2 : 1], by: worker, noted)
        }
    }

    static func addAlert(
        to id: String, key: String, title: String, severity: String = "critical", details: [String: JSON] = [:],
        at date: Date, in account: inout PDAccount
    ) {
        let alert = PDIncident.Alert(
            id: account.random.id("Q", length: 13), summary: title, key: key, severity: severity, status: .triggered,
            createdAt: date,
            details: .object(
                details.merging(["check": .string(title), "source": "monitoring.acme.example"]) { given, _ in given }))
        account.change(id, at: date) { $0.alerts.append(alert) }
    }
}
