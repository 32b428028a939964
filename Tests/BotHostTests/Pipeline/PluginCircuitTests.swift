import Foundation
import Testing

@testable import BotHost

@Suite struct PluginCircuitTests {
    private let circuit = PluginCircuit()
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func fail(_ count: Int, at date: Date) -> Bool {
        (0..<count).map { _ in circuit.failed("coffee", in: "T01", "spilt", traceID: "t", now: date) }.last ?? false
    }

    @Test func `the third failure within an hour lets a plugin rest, in its workspace only`() {
        #expect(!fail(2, at: start))
        #expect(circuit.admits("coffee", in: "T01", now: start))
        #expect(fail(1, at: start))
        #expect(!circuit.admits("coffee", in: "T01", now: start))
        #expect(circuit.admits("coffee", in: "T02", now: start))
        #expect(circuit.admits("tea", in: "T01", now: start))
        #expect(circuit.state("coffee", in: "T01", now: start) == .open(until: start + PluginCircuit.rest))
    }

    @Test func `failures far apart do not add up`() {
        for hour in 0..<5 { #expect(!fail(1, at: start + Double(hour) * 1_801)) }
    }

    @Test func `after the rest one request tries, and its success closes the circuit`() {
        _ = fail(3, at: start)
        let later = start + PluginCircuit.rest
        #expect(circuit.admits("coffee", in: "T01", now: later))
        #expect(!circuit.admits("coffee", in: "T01", now: later))
        circuit.succeeded("coffee", in: "T01")
        #expect(circuit.admits("coffee", in: "T01", now: later))
        #expect(circuit.failures("coffee", in: "T01").isEmpty)
    }

    @Test func `a failed try opens it again, and an undecided one lets the next request try`() {
        _ = fail(3, at: start)
        let later = start + PluginCircuit.rest
        #expect(circuit.admits("coffee", in: "T01", now: later))
        circuit.undecided("coffee", in: "T01")
        #expect(circuit.admits("coffee", in: "T01", now: later))
        #expect(fail(1, at: later))
        #expect(!circuit.admits("coffee", in: "T01", now: later + PluginCircuit.rest - 1))
    }

    @Test func `what is remembered of failures is bounded`() {
        _ = fail(100, at: start)
        #expect(circuit.failures("coffee", in: "T01").count == 10)
    }

    @Test func `a reset forgets it all`() {
        _ = fail(3, at: start)
        circuit.reset("coffee", in: "T01")
        #expect(circuit.admits("coffee", in: "T01", now: start))
    }
}
