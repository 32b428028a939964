import Testing

@testable import Sandbox

/// `/pd connect`, `/pd connections`, `/pd disconnect`
@Suite struct ConnectionTests {
    @Test func `the form starts with what was typed, and offers services and teams`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd connect payments", in: .incidents)
            let form = try await stage.ada.seesForm("Connect a channel")
            #expect(form.initial("Service or team") == "Payments API")
            #expect(form.initial("Who is in the channel") == "Responders")
            let offered = try await stage.ada.isOffered("Service or team", typing: "pay")
            #expect(offered.contains("Payments API"))
            #expect(offered.contains("Payments"))
        }
    }

    @Test func `what is not clear is asked for`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd connect nothing like it", in: .incidents)
            let form = try await stage.ada.seesForm("Connect a channel")
            #expect(form.reads.contains("No service is called"))
            #expect(form.initial("Service or team") == nil)
        }
    }

    @Test func `who has not linked an account is asked to, and nothing is connected`() async throws {
        try await Stage.set { stage in
            try await stage.ben.types("/pd connect Checkout", in: .incidents)
            try await stage.ben.sees("the prompt to link", in: .incidents) {
                $0.labels.contains("Link PagerDuty account")
            }
        }
    }

    @Test func `a private channel without the app says how to invite it`() async throws {
        try await Stage.set { stage in
            try await stage.ada.links()
            try await stage.ada.types("/pd connect Checkout", in: .privateWithoutApp)
            try await stage.ada.seesForm("Connect a channel")
            let refused = try await stage.ada.fills()
            #expect(refused.errors.values.contains { $0.contains("/invite @") }, "\(refused.errors)")
        }
    }

    @Test func `a private channel with the app is connected like any other`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .privateWithApp)
            _ = try stage.triggers("Carts are slow")
            try await stage.ada.sees("Carts are slow", in: .privateWithApp)
        }
    }

    @Test func `the list shows what the channel follows; disconnected, it hears no more`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            try await stage.ada.connects("Search", to: .incidents, ["Urgency": "High only"], isLinked: true)
            try await stage.ada.types("/pd connections", in: .incidents)
            let list = try await stage.ada.sees("follows", in: .incidents) { $0.labels.contains("Disconnect") }
            #expect(list.reads.contains("*Checkout* (service)"))
            #expect(list.reads.contains("high urgency only"))

            try await stage.ada.types("/pd disconnect checkout", in: .incidents)
            try await stage.ada.sees("has removed the PagerDuty integration", in: .incidents)
            _ = try stage.triggers("Carts are slow")
            _ = try stage.triggers("Index is stale", on: "Search")
            try await stage.ada.sees("Index is stale", in: .incidents)
            #expect(try await !stage.ada.reads(.incidents).contains { $0.reads.contains("Carts are slow") })
        }
    }

    @Test func `a connection is changed in the same form`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            try await stage.ada.types("/pd connections", in: .incidents)
            try await stage.ada.sees("the list", in: .incidents) { $0.labels.contains("Edit") }
            try await stage.ada.presses("Edit", in: .incidents)
            let form = try await stage.ada.seesForm("Connect a channel")
            #expect(form.initial("Service or team") == "Checkout")
            try await stage.ada.fills(["Urgency": "Low only"])
            try await stage.ada.sees("low urgency only", in: .incidents)
            try await stage.ada.types("/pd connections", in: .incidents)
            try await stage.ada.sees("one connection", in: .incidents) {
                $0.labels.filter { $0 == "Edit" }.count == 1 && $0.reads.contains("low urgency only")
            }
        }
    }

    @Test func `whoever connected a channel hears that the app was removed from it`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)
            try await stage.ada.types("/remove <@U0BOTHOST>", in: .incidents)
            try await stage.ada.sees("I am no longer in", in: stage.ada.direct)
        }
    }
}
