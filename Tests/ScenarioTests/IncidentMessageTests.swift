import Foundation
import Testing

@testable import Sandbox

/// An incident triggered in PagerDuty shows up in the channels that follow its service.
@Suite struct IncidentMessageTests {
    @Test func `An incident of a connected service shows up in the channel`() async throws {
        try await Stage.set { stage in
            try await stage.ada.connects("Checkout", to: .incidents)

            _ = try stage.sandbox.pagerDuty.createIncident(
                service: "Checkout", title: "Payments are failing", urgency: "high")

            let message = try await stage.ada.sees("Payments are failing", in: .incidents)
            #expect(message.reads.contains("Triggered"))
            #expect(message.labels.contains("Acknowledge"))
        }
    }
}

extension Persona {
    /// Connects a channel to a service, with whatever else is filled into the form.
    func connects(
        _ service: String, to channel: Place, _ values: [String: JSON] = [:], isLinked: Bool = false,
        at place: SourceLocation = #_sourceLocation
    ) async throws {
        if !isLinked { try await links(at: place) }
        try await types("/pd connect \(service)", in: channel, at: place)
        try await seesForm("Connect a channel", at: place)
        let deed = try await fills(values, at: place)
        try #require(deed.errors.isEmpty, "\(deed.errors)", sourceLocation: place)
        try await sees("integration has been added", in: channel, at: place)
    }
}
