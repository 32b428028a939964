import ServiceLifecycle
import Testing

@testable import Sandbox

/// A host that is stopped finishes what it has begun.
struct StopTests {
    @Test func `a command that is under way is answered`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            async let typing = stage.ada.types("/pd slow \(gate.name)")
            try await stage.eventually("the handler does not begin", at: #_sourceLocation) {
                gate.arrivals == 1 ? true : nil
            }
            await stage.hostGroup.triggerGracefulShutdown()
            gate.open()
            let heard = try await typing
            #expect(heard.outcome == "ok")
            try await stage.ada.sees("Late, but here.")
        }
    }

    @Test func `a command that was acknowledged and is still under way is answered`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            async let typing = stage.ada.types("/pd slow \(gate.name)")
            try await stage.letTimePass(until: "the acknowledgement") {
                stage.sandbox.journal.entries().first { $0.kind == "slash_command" }
            }
            _ = try await typing
            await stage.hostGroup.triggerGracefulShutdown()
            gate.open()
            try await stage.ada.sees("Late, but here.")
        }
    }

    @Test func `a form that is under way makes its incident, and says so`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd trigger checkout Stopping")
            try await stage.ada.seesForm("Trigger an incident")
            stage.breaks(.pagerduty, .slow(.seconds(1)), only: "POST /incidents", times: 1)
            async let filling = stage.ada.fills()
            // The fault is used up as soon as PagerDuty has been asked.
            try await stage.eventually("nothing is sent", at: #_sourceLocation) {
                stage.sandbox.faults.all.isEmpty ? true : nil
            }
            await stage.hostGroup.triggerGracefulShutdown()
            try await stage.letTimePass(until: "the incident") {
                try await stage.ada.reads(.general).contains { $0.reads.contains("Triggered <http") } ? true : nil
            }
            _ = try await filling
            #expect(stage.pagerDuty.incidents(titled: "Stopping").count == 1)
        }
    }

    @Test func `a host that is stopping is not ready and takes nothing new`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            async let typing = stage.ada.types("/pd slow \(gate.name)")
            try await stage.eventually("the handler does not begin", at: #_sourceLocation) {
                gate.arrivals == 1 ? true : nil
            }
            await stage.hostGroup.triggerGracefulShutdown()
            try await stage.eventually("the host takes new requests while it stops", at: #_sourceLocation) {
                let deed = try await stage.ben.types("/pd loud hello", in: .random)
                return deed.outcome == "ok" ? nil : true
            }
            gate.open()
            _ = try await typing
        }
    }
}
