import HTTPTypes
import Hummingbird
import NIOCore
import PluginAPI

/// The addresses at which other services deliver their webhooks.
struct DeliveryRoutes {
    let intake: DeliveryIntake
    let sources: [ConnectedSource]

    func add(to router: Router<BasicRequestContext>) {
        for connected in sources {
            router.post(RouterPath(connected.source.path)) { request, _ in
                await receive(request, key: nil, from: connected)
            }
            router.post(RouterPath(connected.source.path + "/:key")) { request, context in
                await receive(request, key: context.parameters.get("key"), from: connected)
            }
        }
    }

    private func receive(_ request: Request, key: String?, from connected: ConnectedSource) async -> Response {
        if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
            return Response(status: .unsupportedMediaType)
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: connected.source.bodyLimit)
        } catch {
            return Response(status: .contentTooLarge)
        }
        let raw = RawDelivery(
            key: key, headers: request.headers.map { ($0.name.canonicalName, $0.value) },
            body: Array(body.readableBytesView))
        switch await intake.receive(raw, from: connected) {
        case .accepted: return Response(status: .accepted)
        case .forged: return Response(status: .unauthorized)
        case .unavailable: return Response(status: .serviceUnavailable)
        }
    }
}
