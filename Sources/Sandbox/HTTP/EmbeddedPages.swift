import HTTPTypes
import Hummingbird
import NIOCore

/// The web pages, which are compiled in: the program needs no files beside it.
enum EmbeddedPages {
    private struct Page {
        let path: String
        let type: String
        let bytes: [UInt8]
    }

    private static var pages: [Page] {
        [
            Page(path: "/", type: "text/html; charset=utf-8", bytes: PackageResources.index_html)
        ]
    }

    /// Nothing is fetched from elsewhere, and what an app puts into a message cannot run.
    private static let policy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

    static func addRoutes(to router: Router<BasicRequestContext>) {
        for page in pages {
            router.get(RouterPath(page.path)) { _, _ in
                var headers: HTTPFields = [
                    .contentType: page.type, .cacheControl: "no-cache", .xContentTypeOptions: "nosniff",
                    .contentSecurityPolicy: policy,
                ]
                if let referrerPolicy = HTTPField.Name("Referrer-Policy") { headers[referrerPolicy] = "no-referrer" }
                return Response(
                    status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.bytes)))
            }
        }
    }
}
