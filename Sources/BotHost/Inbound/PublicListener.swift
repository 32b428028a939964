import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PluginAPI
import SlackKit

/// The public listener: everything Slack sends, and the probes of whoever runs the host.
///
/// Status codes: 401 for a wrong or missing signature; 413 and 415 for what no real sender sends; 503 when the fault is
/// ours, so that the sender tries again. Never another 4xx and never a redirect on a validly signed body.
struct PublicListener {
    let pipeline: Pipeline
    let deliveries: DeliveryRoutes
    let web: WebRoutes
    /// Where people can sign in.
    let links: LinkRoutes?
    let health: Health
    let installs: InstallRoutes

    /// Slack's requests are at most a few hundred kilobytes.
    static let bodyLimit = 1_048_576
    static let slackPaths: [RouterPath] = [
        "/slack/events", "/slack/commands", "/slack/interactions", "/slack/options",
    ]

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        for path in Self.slackPaths {
            router.post(path) { request, _ in await receive(request) }
        }
        deliveries.add(to: router)
        web.add(to: router)
        PageAssets.add(to: router)
        installs.add(to: router)
        links?.add(to: router)
        health.addRoutes(to: router)
        return router
    }

    private func receive(_ request: Request) async -> Response {
        let headers = SlackHeaders(request.headers)
        if let encoding = headers.contentEncoding, encoding.lowercased() != "identity" {
            return Response(status: .unsupportedMediaType)
        }
        let body: ByteBuffer
        do throws(BoundedBody.Fault) {
            body = try await BoundedBody.read(request, announced: headers.contentLength, limit: Self.bodyLimit)
        } catch {
            return Response(
                status: error == .tooLarge ? .contentTooLarge : .serviceUnavailable, headers: [.connection: "close"])
        }
        let answer = await pipeline.receive(
            SlackDelivery(headers: headers, body: Array(body.readableBytesView)))
        return Response(answer)
    }
}

extension Response {
    /// What the pipeline decided, as an HTTP answer.
    init(_ acknowledgement: Acknowledgement) {
        switch acknowledgement {
        case .unauthorized: self.init(status: .unauthorized)
        case .unavailable: self.init(status: .serviceUnavailable)
        case .accepted(let body, let contentType):
            guard let contentType else {
                self.init(status: .ok, body: ResponseBody())
                return
            }
            self.init(
                status: .ok, headers: [.contentType: contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        }
    }
}
