import PluginAPI
import Testing

@testable import BotHost

/// A host that does not answer is left alone, and found again.
@Suite(.timeLimit(.minutes(10))) struct CircuitBreakerTests {
    /// What happens at which second.
    enum Deed: Sendable { case fails, answers, isAsked(admitted: Bool) }

    @Test(arguments: [
        (
            "four failures are no outage",
            [(0, Deed.fails), (0, .fails), (0, .fails), (0, .fails), (0, .isAsked(admitted: true))]
        ),
        (
            "an answer in between begins the count anew",
            [
                (0, .fails), (0, .fails), (0, .fails), (0, .fails), (1, .answers), (1, .fails), (1, .fails),
                (1, .isAsked(admitted: true)),
            ]
        ),
        (
            "five in a row are",
            [
                (0, .fails), (0, .fails), (0, .fails), (0, .fails), (0, .fails), (0, .isAsked(admitted: false)),
                (4, .isAsked(admitted: false)),
            ]
        ),
        (
            "after five seconds one call finds out, and the others wait",
            [
                (0, .fails), (0, .fails), (0, .fails), (0, .fails), (0, .fails), (5, .isAsked(admitted: true)),
                (5, .isAsked(admitted: false)), (6, .isAsked(admitted: false)), (6, .fails),
                (10, .isAsked(admitted: false)), (11, .isAsked(admitted: true)), (12, .answers),
                (12, .isAsked(admitted: true)), (12, .isAsked(admitted: true)),
            ]
        ),
        (
            "a late answer of a call that was begun before ends it too",
            [
                (0, .fails), (0, .fails), (0, .fails), (0, .fails), (0, .fails), (1, .answers),
                (1, .isAsked(admitted: true)),
            ]
        ),
        (
            "a late failure does not make it longer",
            [
                (0, .fails), (0, .fails), (0, .fails), (0, .fails), (0, .fails), (3, .fails),
                (5, .isAsked(admitted: true)),
            ]
        ),
        (
            "a call that was never heard of again does not keep the host out for ever",
            [
                (0, .fails), (0, .fails), (0, .fails), (0, .fails), (0, .fails), (5, .isAsked(admitted: true)),
                (34, .isAsked(admitted: false)), (35, .isAsked(admitted: true)),
            ]
        ),
    ])
    func `the breaker`(what: String, deeds: [(Int, Deed)]) {
        var breaker = CircuitBreaker()
        for (second, deed) in deeds {
            switch deed {
            case .fails: _ = breaker.record(answered: false, at: .seconds(second))
            case .answers: _ = breaker.record(answered: true, at: .seconds(second))
            case .isAsked(let admitted):
                let isAdmitted = breaker.admits(at: .seconds(second))
                #expect(isAdmitted == admitted, "\(what), second \(second)")
            }
        }
    }

    @Test func `it says once that it has opened`() {
        var breaker = CircuitBreaker()
        let opened = (1...9).map { _ in breaker.record(answered: false, at: .zero) }
        #expect(opened.filter { $0 }.count == 1)
        #expect(opened[4])
    }

    @Test func `hosts that answer are not remembered`() {
        let breakers = HostBreakers()
        for _ in 1...5 { _ = breakers.record("down", answered: false, at: .zero) }
        #expect(!breakers.admits("down", at: .zero))
        #expect(breakers.admits("up", at: .zero))
        _ = breakers.record("down", answered: true, at: .zero)
        #expect(breakers.admits("down", at: .zero))
    }

    @Test func `nobody waits for a host that is down, a second service there is not concerned, and it comes back`()
        async throws
    {
        let clock = ManualClock()
        let slack = FakeSlack()
        let opened = Journal<String>()
        let http = OutboundHTTP(clock: clock.host) { opened.note($0) }
        func fails(for service: String) async -> Bool {
            do throws(HTTPFault) {
                return try await http.send(HTTPRequest("GET", slack.url + "/thing"), for: service).status != 200
            } catch {
                return true
            }
        }
        try await slack.serving {
            slack.answer("thing", .status(502))
            for _ in 1...5 { #expect(await fails(for: "slack")) }
            slack.answer("thing", .status(200))
            let made = slack.calls(to: "thing").entries.count
            #expect(await fails(for: "slack"))
            #expect(slack.calls(to: "thing").entries.count == made)
            #expect(opened.entries == ["slack"])
            #expect(await !fails(for: "other"))
            clock.advance(by: .seconds(5))
            #expect(await !fails(for: "slack"))
            #expect(await !fails(for: "slack"))
        }
        await http.shutdown()
    }
}
