import HTTPTypes
import Hummingbird

/// Turns away what a foreign web page makes a browser send: the sandbox has no passwords, so being on this machine
/// is what lets a request in.
struct LoopbackGuard<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard Self.isLoopback(request.head.authority) else { return Response(status: .forbidden) }
        if let origin = request.headers[.origin], request.method != .get, request.method != .head {
            guard let scheme = origin.firstRange(of: "://"), Self.isLoopback(String(origin[scheme.upperBound...]))
            else {
                return Response(status: .forbidden)
            }
        }
        return try await next(request, context)
    }

    /// A name that is resolved elsewhere could be made to point here, so only the address and its own names count:
    /// `localhost` and what lies below it is never anybody else's (RFC 6761).
    private static func isLoopback(_ authority: String?) -> Bool {
        guard let authority else { return true }
        let host = authority.utf8.prefix { $0 != UInt8(ascii: ":") }
        return host.elementsEqual("127.0.0.1".utf8) || host.elementsEqual("localhost".utf8)
            || host.suffix(10).elementsEqual(".localhost".utf8)
    }
}
