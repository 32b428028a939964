import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

extension Stage {
    /// An incident as a monitoring tool makes it.
    func triggers(_ title: String, on service: String = "Checkout", urgency: String = "high") throws -> String {
        try sandbox.pagerDuty.createIncident(service: service, title: title, urgency: urgency).id
    }

    /// Something happens in PagerDuty, now.
    func happens(_ change: (inout PDAccount, Date) -> Void) throws {
        let now = clock.now
        try sandbox.pagerDuty.change { account throws(PDFailure) in change(&account, now) }
    }

    /// Lets time pass in strides, less than three minutes of it, until something is so.
    func withinMinutes(
        _ what: String, at place: SourceLocation = #_sourceLocation, _ isSo: () async throws -> Bool
    ) async throws {
        var strides = 0
        _ = try await eventually(what, at: place) {
            if try await isSo() { return true }
            if strides < 34 {
                pass(.seconds(5))
                strides += 1
            }
            return nil
        }
    }

    /// Sends a body to the host as PagerDuty would.
    func replays(_ body: String, at place: SourceLocation = #_sourceLocation) async throws {
        let secret = try #require(pagerDuty.subscriptionSecret, sourceLocation: place)
        let signature = PDSignature.header(Array(body.utf8), secret: secret)
        let status = try await delivers(body, signature: signature)
        #expect(status == 202, sourceLocation: place)
    }

    /// Sends a body to the host under a signature.
    func delivers(_ body: String, signature: String) async throws -> Int {
        var request = HTTPClientRequest(url: "\(access.host)/pagerduty/webhooks/v3/bothost")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "X-PagerDuty-Signature", value: signature)
        request.body = .bytes(ByteBuffer(string: body))
        return try await access.send(request).status
    }
}

extension PagerDutyAccount {
    var subscriptionSecret: String? { simulator.with { $0.account.subscriptions.first?.secret } }
}
