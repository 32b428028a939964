import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The app's own API for channels, which the account's “Set Channel” speaks to.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/slack-integration-api
struct PDIntegration: Sendable {
    let url: String
    let token: String

    static let timeout = TimeAmount.seconds(10)

    /// Asks about the channel of an incident.
    /// - Parameter method: GET, POST or DELETE.
    func channel(_ method: String, incident id: String, _ body: JSON?) async -> PDReply {
        var request = HTTPClientRequest(url: "\(url)/integration-slack/incidents/\(id)/dedicated_channel")
        request.method = .RAW(value: method)
        request.headers = ["Authorization": "Token token=\(token)", "Accept": "application/json"]
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(Array(body.bytes))
        }
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: Self.timeout)
            let bytes = try await response.body.collect(upTo: 65_536)
            let json = JSON.parse(bytes.readableBytesView)
            // That there is none yet is no failure on the page.
            if method == "GET", response.status == .notFound { return PDReply(PDAnswer(json: ["channel": .null])) }
            return PDReply(
                PDAnswer(status: Int(response.status.code), json: json ?? (bytes.readableBytes == 0 ? nil : [:])))
        } catch {
            return PDReply(PDFailure(status: 504, message: "The app does not answer", code: 2000))
        }
    }

    static let missing = PDReply(
        PDFailure(status: 501, message: "The app has not said how it takes orders about channels", code: 2000))
}
