import Testing

@testable import BotHost

/// Five hundred sockets are made to go, one after the other, faster than Slack ever would.
@Suite struct SocketStormTests {
    /// Every socket that goes costs one `apps.connections.open`, so that more than 39 a minute cannot be replaced under the
    /// limit of 40: 500 of them take a quarter of an hour.
    @Test(arguments: UInt64(1)...8)
    func `no envelope is lost, the next socket is there in time, and Slack is not asked too often`(seed: UInt64) {
        var storm = SocketStorm(seed: seed)
        let outcome = storm.run(disconnects: 500, perMinute: 34)
        #expect(outcome.disconnects == 500, "seed \(seed)")
        #expect(outcome.unacknowledged == 0, "seed \(seed)")
        #expect(outcome.mostOpensInAMinute < 40, "seed \(seed)")
        #expect(outcome.slowestReconnectOf99Percent < .seconds(2), "seed \(seed)")
        #expect(outcome.availability >= 0.999, "seed \(seed)")
    }

    @Test func `fifty a minute are more than the limit allows: it is kept, and still nothing is lost`() {
        var storm = SocketStorm(seed: 99)
        let outcome = storm.run(disconnects: 500, perMinute: 50)
        #expect(outcome.unacknowledged == 0)
        #expect(outcome.mostOpensInAMinute < 40)
    }
}
