import Testing

@testable import Sandbox

/// Forms: opening, filling, stacking, closing.
struct ModalTests {
    @Test func `a form is sent, and the person hears of it where they came from`() async throws {
        try await form { stage in
            let deed = try await stage.ada.fills(["Name": "Zoë & <Co>", "Colour": "Red"])
            #expect(deed.outcome == "ok")
            let answer = try await stage.ada.sees("Sent Zoë & <Co> with red, depth 1.", in: .random)
            #expect(answer.isEphemeral)
            #expect(try await stage.ada.forms().isEmpty)
        }
    }

    @Test func `problems stand at their fields, as they were written`() async throws {
        try await form { stage in
            let deed = try await stage.ada.fills(["Name": "wrong"])
            #expect(deed.errors == ["Name": "This is <wrong> & bad.", "Colour": "So is this."])
            #expect(try await stage.ada.form().value("Name") == "wrong")
        }
    }

    @Test func `a form leads to another, and back`() async throws {
        try await form { stage in
            try await stage.ada.fills(["Name": "push"])
            try await stage.ada.seesForm("Probe 2")
            try await stage.ada.fills(["Name": "Ada"])
            try await stage.ada.sees("Sent Ada with no colour, depth 2.", in: .random)
            #expect(try await stage.ada.forms().map(\.title) == ["Probe 1"])
        }
    }

    @Test func `a form is replaced by another`() async throws {
        try await form { stage in
            try await stage.ada.fills(["Name": "update"])
            try await stage.ada.seesForm("that reads “Once more.”") { $0.reads.contains("Once more.") }
            #expect(try await stage.ada.forms().count == 1)
        }
    }

    @Test func `a button in a form redraws it and keeps what was typed`() async throws {
        try await form { stage in
            try await stage.ada.fills(["Name": "wrong"])
            try await stage.ada.presses("Redraw")
            let redrawn = try await stage.ada.seesForm("that reads “Redrawn.”") { $0.reads.contains("Redrawn.") }
            #expect(redrawn.value("Name") == "wrong")
            try await stage.ada.fills(["Name": "Ada"])
            try await stage.ada.sees("Sent Ada with no colour, depth 1.", in: .random)
        }
    }

    @Test func `forms lie three deep, and a fourth is refused in words`() async throws {
        try await form { stage in
            try await stage.ada.presses("Deeper")
            try await stage.ada.seesForm("Probe 2")
            try await stage.ada.presses("Deeper")
            try await stage.ada.seesForm("Probe 3")
            try await stage.ada.presses("Deeper")
            try await stage.ada.sees("At most three forms", in: .random)
            #expect(try await stage.ada.forms().count == 3)
            try await stage.ada.fills(["Name": "clear"])
            try await stage.ada.sees("All forms are closed.", in: .random)
            #expect(try await stage.ada.forms().isEmpty)
        }
    }

    @Test func `a plugin hears of a form that is closed`() async throws {
        try await form { stage in
            try await stage.ada.closes()
            try await stage.ben.sees("Closed a form with depth 1.", in: .random)
        }
    }

    @Test func `a plugin hears that all forms were closed at once`() async throws {
        try await form { stage in
            try await stage.ada.presses("Deeper")
            try await stage.ada.seesForm("Probe 2")
            try await stage.ada.closes(all: true)
            try await stage.ben.sees("Closed a form with depth 1, all of them.", in: .random)
            try await stage.ben.sees("Closed a form with depth 2, all of them.", in: .random)
        }
    }

    @Test func `a form opens at once, and is filled when there is something to fill it with`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            try await stage.ada.types("/pd load-form \(gate.name)", in: .random)
            try await stage.ada.seesForm("that is loading") { $0.isLoading }
            gate.open()
            try await stage.ada.seesForm("Probe 1")
            try await stage.ada.fills(["Name": "Ada"])
            try await stage.ada.sees("Sent Ada with no colour, depth 1.", in: .random)
        }
    }

    @Test func `a form that cannot be filled says why`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            try await stage.ada.types("/pd load-form \(gate.name) true", in: .random)
            gate.open()
            try await stage.ada.seesForm("that says why") { $0.reads == "There is nothing to fill in today." }
        }
    }

    @Test func `a form that was closed while it was loading stays closed`() async throws {
        try await Stage.set(Stage.withProbe) { stage in
            let gate = Gate()
            try await stage.ada.types("/pd load-form \(gate.name)", in: .random)
            try await stage.ada.seesForm("that is loading") { $0.isLoading }
            try await stage.ada.closes()
            gate.open()
            try await stage.eventually("the form is not filled", at: #_sourceLocation) {
                stage.calls("views.update").first
            }
            #expect(try await stage.ada.forms().isEmpty)
            try await stage.ada.types("/pd loud fine", in: .random)
            try await stage.ada.sees("You said: fine", in: .random)
        }
    }

    @Test func `a slow form shows that it is at work, and what came of it`() async throws {
        try await form { stage in
            let gate = Gate()
            async let filling = stage.ada.fills(["Name": .string("hold \(gate.name)")])
            try await stage.letTimePass(until: "the acknowledgement") {
                stage.sandbox.journal.entries().first { $0.kind == "view_submission" }
            }
            let heard = try await filling
            #expect(heard.outcome == "ok")
            try await stage.ada.seesForm("that is at work") { $0.isLoading }
            gate.open()
            try await stage.letTimePass(until: "the form to say that it is done") {
                try await stage.ada.forms().last.flatMap { $0.reads.contains("Held, then sent.") ? true : nil }
            }
            try await stage.ada.sees("Held, then sent.", in: .random)
        }
    }

    @Test func `a slow form that is refused comes back with what was typed`() async throws {
        try await form { stage in
            let gate = Gate()
            async let filling = stage.ada.fills(["Name": .string("hold-wrong \(gate.name)"), "Colour": "Blue"])
            try await stage.letTimePass(until: "the acknowledgement") {
                stage.sandbox.journal.entries().first { $0.kind == "view_submission" }
            }
            _ = try await filling
            gate.open()
            let back = try await stage.letTimePass(until: "the form to come back") {
                try await stage.ada.forms().last.flatMap { $0.reads.contains("This is wrong after all.") ? $0 : nil }
            }
            #expect(back.initial("Name") == "hold-wrong \(gate.name)")
            #expect(back.initial("Colour") == "Blue")
            try await stage.ada.fills(["Name": "Ada"])
            try await stage.ada.sees("Sent Ada with blue, depth 1.", in: .random)
        }
    }

    private func form(_ play: @escaping @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.set(Stage.withProbe) { stage in
            try await stage.ada.types("/pd form", in: .random)
            try await stage.ada.seesForm("Probe 1")
            try await play(stage)
        }
    }
}
