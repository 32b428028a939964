import Foundation
import Testing

@testable import Sandbox

/// `/pd insights`
struct InsightsTests {
    private static let teams = "Which teams need to be included?"
    private static let often = "How often do you need to be updated?"
    private static let when = "When do you need the report delivered?"

    @Test func `the form asks for teams, how often, day, time and zone`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd insights")
            let form = try await stage.ada.seesForm("Insights")
            #expect(
                form.fields == [
                    Self.teams, "Or which services?", "What do you want to know?", Self.often, Self.when, "Time",
                    "Time zone", "Where?",
                ])
            #expect(form.initial("Time zone") == "Europe/Berlin", "the person's own")
            #expect(form.submit == "Confirm")
        }
    }

    @Test func `the first report arrives after a few moments, for the person alone`() async throws {
        try await subscribed { stage in
            let confirmation = try await stage.ada.sees("*Subscribed.*")
            #expect(confirmation.isEphemeral)
            #expect(confirmation.reads.contains("Every week on Monday at 09:00 (Europe/Berlin)"))
            let report = try await firstReport(stage)
            #expect(report.reads.contains("29 Dec 2025 – 4 Jan 2026"), "the last full week")
            #expect(report.reads.contains("Mean time to resolve"))
            #expect(
                report.labels == [
                    "Incident Activity", "Service Performance", "Team Health", "On-Call Load", "Share…",
                    "Manage Subscriptions",
                ])
            #expect(report.json.text.contains(#""slack_file""#), "the chart")
            #expect(report.reads.contains("the week before"), "what has changed")
            #expect(try await stage.ben.reads(stage.ben.direct).isEmpty)
        }
    }

    @Test func `the faces of a report turn in place`() async throws {
        try await subscribed { stage in
            let report = try await firstReport(stage)
            try await stage.ada.presses("Service Performance", in: stage.ada.direct)
            let turned = try await stage.ada.sees("Service Performance ·", in: stage.ada.direct)
            #expect(turned.ts == report.ts)
            try await stage.ada.presses("Team Health", in: stage.ada.direct)
            try await stage.ada.sees("Interruptions in sleep hours", in: stage.ada.direct)
            try await stage.ada.presses("On-Call Load", in: stage.ada.direct)
            try await stage.ada.sees("People on call", in: stage.ada.direct)
        }
    }

    @Test func `reports come on schedule, once each, in the person's zone`() async throws {
        try await subscribed { stage in
            _ = try await firstReport(stage)
            // To Monday 12 January 2026, 08:59 in Berlin.
            pass(stage, to: 1_768_204_740)
            try await stage.letTimePass(for: .seconds(50))
            #expect(try await reports(stage).count == 1)
            try await stage.letTimePass(until: "the second report") {
                try await reports(stage).count == 2 ? true : nil
            }
            #expect(stage.clock.now.timeIntervalSince1970 >= 1_768_204_800, "not before 09:00")
            #expect(stage.clock.now.timeIntervalSince1970 < 1_768_204_800 + 900)
            #expect(try await reports(stage).last?.reads.contains("5–11 Jan 2026") == true)
            stage.pass(.seconds(3_600))
            try await stage.letTimePass(for: .seconds(120))
            #expect(try await reports(stage).count == 2)
        }
    }

    @Test func `subscriptions are listed and ended`() async throws {
        try await subscribed { stage in
            _ = try await firstReport(stage)
            try await stage.ada.presses("Manage Subscriptions", in: stage.ada.direct)
            let list = try await stage.ada.sees("Next: ", in: stage.ada.direct)
            #expect(list.reads.contains("SRE"))
            try await stage.ada.presses("Unsubscribe", in: stage.ada.direct)
            try await stage.ada.sees("You have no subscriptions.", in: stage.ada.direct)
            try await stage.ada.types("/pd insights manage")
            try await stage.ada.sees("You have no subscriptions.")
            // A week later nothing comes.
            pass(stage, to: 1_768_204_800 + 3_600)
            try await stage.letTimePass(for: .seconds(120))
            #expect(try await reports(stage).count == 1)
        }
    }

    @Test func `a report of a subscription that has ended says so when it is turned`() async throws {
        try await subscribed { stage in
            _ = try await firstReport(stage)
            try await stage.ada.types("/pd insights manage")
            try await stage.ada.presses("Unsubscribe", in: .general)
            try await stage.ada.sees("You have no subscriptions.")
            try await stage.ada.presses("Team Health", in: stage.ada.direct)
            try await stage.ada.sees(
                "This subscription has ended. `/pd insights` starts a new one.", in: stage.ada.direct)
        }
    }

    @Test func `a report is shared in a channel, without its subscriber's buttons`() async throws {
        try await subscribed { stage in
            _ = try await firstReport(stage)
            try await stage.ada.presses("Share…", in: stage.ada.direct)
            try await stage.ada.seesForm("Share this report")
            let deed = try await stage.ada.fills(["Where?": .string(Place.general.id)])
            #expect(deed.errors.isEmpty)
            let shared = try await stage.ben.sees("Incident Activity ·", in: .general)
            #expect(shared.labels.isEmpty)
        }
    }

    @Test func `a preview comes before anything is subscribed to`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd insights")
            let form = try await stage.ada.seesForm("Insights")
            #expect(form.labels.contains("Send me a preview"))
            try await stage.ada.presses("Send me a preview")
            try await stage.ada.sees("Choose at least one team or service.")
        }
    }

    @Test func `a subscription is changed in the same form`() async throws {
        try await subscribed { stage in
            try await stage.ada.types("/pd insights manage")
            try await stage.ada.sees("Next: ")
            try await stage.ada.presses("Edit…", in: .general)
            let form = try await stage.ada.seesForm("Insights")
            #expect(form.submit == "Save")
            try await stage.ada.fills([Self.often: "Every day", "Time": "07:15"])
            let changed = try await stage.ada.sees("*Changed.*")
            #expect(changed.reads.contains("Every day at 07:15 (Europe/Berlin)"))
            try await stage.ada.types("/pd insights manage")
            try await stage.ada.sees("the list") { $0.labels.filter { $0 == "Unsubscribe" }.count == 1 }
        }
    }

    @Test func `a form without a team is not sent`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd insights")
            try await stage.ada.seesForm("Insights")
            let deed = try await stage.ada.fills()
            #expect(deed.errors[Self.teams] != nil)
        }
    }

    @Test func `a form that is sent twice is one subscription`() async throws {
        try await subscribed { stage in
            let sent = try #require(stage.sandbox.journal.entries().last { $0.kind == "view_submission" }?.request)
            _ = try await stage.slackSends(FormText.write([("payload", sent)]), json: false)
            try await stage.ada.types("/pd insights manage")
            try await stage.ada.sees("the list") { $0.labels.filter { $0 == "Unsubscribe" }.count == 1 }
            _ = try await firstReport(stage)
            try await stage.letTimePass(for: .seconds(30))
            #expect(try await reports(stage).count == 1)
        }
    }

    @Test func `a report that Slack refused for a while is delivered once`() async throws {
        try await subscribed { stage in
            stage.breaks(.slack, .rateLimited(retryAfter: 30), only: "chat.postMessage", times: 1)
            try await stage.letTimePass(until: "the first report") {
                try await reports(stage).first
            }
            try await stage.letTimePass(for: .seconds(60))
            #expect(try await reports(stage).count == 1)
        }
    }

    @Test func `a report whose delivery was not confirmed is shown once`() async throws {
        try await subscribed { stage in
            stage.breaks(.slack, .lost, only: "chat.postMessage", times: 1)
            try await stage.letTimePass(until: "the look for the first report") {
                stage.calls("conversations.history").first
            }
            try await stage.letTimePass(for: .seconds(60))
            #expect(try await reports(stage).count == 1)
        }
    }

    @Test func `a report waits until PagerDuty is back`() async throws {
        try await subscribed { stage in
            stage.breaks(.pagerduty, .error(code: "503"))
            try await stage.letTimePass(until: "the first attempts") {
                stage.log.lines.filter { $0.contains("kind=insights.deliver-report") }.count >= 2 ? true : nil
            }
            stage.mends()
            try await stage.letTimePass(until: "the first report") {
                try await reports(stage).first
            }
            #expect(try await reports(stage).count == 1)
        }
    }

    @Test func `a month's report comes on the first such day`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd insights")
            try await stage.ada.seesForm("Insights")
            try await stage.ada.fills([
                Self.teams: ["SRE", "Payments"], Self.often: "Every month", Self.when: "Wednesday", "Time": "18:30",
                "Time zone": "America/New_York",
            ])
            let confirmation = try await stage.ada.sees("*Subscribed.*")
            #expect(confirmation.reads.contains("Every month on the first Wednesday at 18:30 (America/New_York)"))
            // Wednesday 7 January 2026, 18:30 in New York.
            #expect(confirmation.reads.contains("<!date^1767828600^"))
        }
    }

    // MARK: the way there

    private func subscribed(_ play: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd insights")
            try await stage.ada.seesForm("Insights")
            let deed = try await stage.ada.fills([Self.teams: ["SRE"]])
            try #require(deed.outcome == "ok" && deed.errors.isEmpty)
            try await stage.ada.sees("*Subscribed.*")
            try await play(stage)
        }
    }

    private func reports(_ stage: Stage) async throws -> [Shown] {
        try await stage.ada.reads(stage.ada.direct).filter {
            $0.reads.contains(" · ") && $0.labels.contains("Team Health")
        }
    }

    private func firstReport(_ stage: Stage) async throws -> Shown {
        try await stage.letTimePass(until: "the first report") { try await reports(stage).first }
    }

    private func pass(_ stage: Stage, to second: TimeInterval) {
        stage.pass(.seconds(second - stage.clock.now.timeIntervalSince1970))
    }
}
