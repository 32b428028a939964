import BotHost
import BotStore
import Foundation
import Testing

@testable import Sandbox

/// Tokens that end are renewed before they do; what cannot be renewed is linked anew.
@Suite struct RenewalTests {
    private func linked(_ play: @escaping @Sendable (Stage) async throws -> Void) async throws {
        var setup = Stage.Setup()
        setup.signsIn = true
        try await Stage.set(setup) { stage in
            try await stage.ada.types("/pd trigger", in: stage.ada.direct)
            try await stage.ada.signsIn(in: stage.ada.direct)
            try await stage.ada.sees("Open the form", in: stage.ada.direct) { $0.labels.contains("Open the form") }
            try await play(stage)
        }
    }

    private func renewals(_ stage: Stage) -> Int {
        stage.calls("POST /oauth/token").count { $0.request.contains("refresh_token") }
    }

    @Test("a token is renewed when a third of its day is left, and what is done next is done with the new one")
    func aheadOfTime() async throws {
        try await linked { stage in
            let first = stage.pagerDuty.simulator.with { Set($0.identity.tokens.keys) }
            stage.pass(.seconds(15 * 3600))
            #expect(renewals(stage) == 0)
            stage.pass(.seconds(3600))
            _ = try await stage.eventually("nothing is renewed", at: #_sourceLocation) {
                stage.pass(.seconds(20))
                return renewals(stage) == 1 ? true : nil
            }
            // PagerDuty forgets the old one.
            stage.pagerDuty.simulator.with { world in for token in first { world.identity.tokens[token] = nil } }
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            #expect(renewals(stage) == 1)
        }
    }

    @Test("a token that has ended is renewed before it is used, once for all who wait")
    func onUse() async throws {
        try await linked { stage in
            stage.pagerDuty.simulator.with { world in
                for token in world.identity.tokens.keys { world.identity.tokens[token] = nil }
            }
            async let one = stage.ada.types("/pd invite @chloe")
            async let two = stage.ada.types("/pd invite @frank")
            async let three = stage.ada.types("/pd invite @ben")
            _ = try await (one, two, three)
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            #expect(renewals(stage) == 1)
        }
    }

    @Test("while PagerDuty is down nothing is lost, and it is tried again")
    func down() async throws {
        try await linked { stage in
            stage.breaks(.pagerduty, .down, only: "POST /oauth/token")
            stage.pass(.seconds(16 * 3600))
            _ = try await stage.eventually("nothing is tried", at: #_sourceLocation) {
                stage.pass(.seconds(20))
                return stage.calls("POST /oauth/token").contains { $0.status == 0 } ? true : nil
            }
            stage.mends()
            _ = try await stage.eventually("it is not tried again", at: #_sourceLocation) {
                stage.pass(.seconds(20))
                return stage.calls("POST /oauth/token").contains {
                    $0.status == 200 && $0.request.contains("refresh_token")
                } ? true : nil
            }
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("Invited <@U0CHLOE01>")
        }
    }

    @Test("a link that PagerDuty has ended is asked for anew, and the command goes on")
    func ended() async throws {
        try await linked { stage in
            stage.pagerDuty.simulator.with { world in
                world.identity.tokens = [:]
                world.identity.refreshTokens = [:]
            }
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("PagerDuty no longer accepts your link. Link your account again")
            // It is not tried again and again.
            #expect(renewals(stage) == 1)
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.signsIn(in: .general)
            try await stage.ada.sees("Invited <@U0CHLOE01>")
            #expect(renewals(stage) == 1)
        }
    }

    @Test("whoever's link ends while they do nothing is told in their direct message, and links again from there")
    func lost() async throws {
        try await linked { stage in
            stage.pagerDuty.simulator.with { $0.identity.refreshTokens = [:] }
            stage.pass(.seconds(16 * 3600))
            _ = try await stage.eventually("Ada is not told", at: #_sourceLocation) {
                stage.pass(.seconds(20))
                return try await stage.ada.reads(stage.ada.direct).first {
                    $0.reads.contains("no longer accepts your link, so I cannot act as you")
                }
            }
            try await stage.ada.presses("Link your account again", in: stage.ada.direct)
            try await stage.ada.signsIn(in: stage.ada.direct)
            try await stage.ada.types("/pd invite @chloe")
            try await stage.ada.sees("Invited <@U0CHLOE01>")
        }
    }
}
