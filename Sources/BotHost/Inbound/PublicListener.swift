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
    let health: Health

    /// Slack's requests are at most a few hundred kilobytes.
    static let bodyLimit = 1_048_576
    static let bodyTime = Duration.seconds(10)
    static let slackPaths: [RouterPath] = [
        "/slack/events", "/slack/commands", "/slack/interactions", "/slack/options",
    ]

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        for path in Self.slackPaths {
            router.post(path) { request, _ in await receive(request) }
        }
        deliveries.add(to: router)
        health.addRoutes(to: router)
        return router
    }

    private func receive(_ request: Request) async -> Response {
        let headers = SlackHeaders(request.headers)
        if let encoding = headers.contentEncoding, encoding.lowercased() != "identity" {
            return Response(status: .unsupportedMediaType)
        }
        let body: ByteBuffer
        do throws(BodyFault) {
            body = try await Self.body(of: request, announced: headers.contentLength)
        } catch {
            return Response(
                status: error == .tooLarge ? .contentTooLarge : .serviceUnavailable, headers: [.connection: "close"])
        }
        let answer = await pipeline.receive(
            SlackDelivery(headers: headers, body: Array(body.readableBytesView)))
        return Response(answer)
    }

    private enum BodyFault: Error {
        case tooLarge
        case tooSlow
    }

    /// The whole body, within its size and its time. A sender that stops half-way is cut off by the listener's idle
    /// time; this is for one that sends a byte now and then.
    private static func body(of request: Request, announced length: String?) async throws(BodyFault) -> ByteBuffer {
        if let length = length.flatMap({ Int($0) }), length > bodyLimit { throw .tooLarge }
        let deadline = ContinuousClock.now + bodyTime
        var body = ByteBuffer()
        do {
            for try await part in request.body {
                guard body.readableBytes + part.readableBytes <= bodyLimit else { throw BodyFault.tooLarge }
                guard ContinuousClock.now < deadline else { throw BodyFault.tooSlow }
                if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
            }
        } catch let fault as BodyFault {
            throw fault
        } catch {
            // The connection broke: nobody is there to hear it.
            throw .tooSlow
        }
        return body
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
