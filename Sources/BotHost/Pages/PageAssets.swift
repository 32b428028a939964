import HTTPTypes
import Hummingbird
import NIOCore

/// What the pages need besides themselves, compiled in: the program needs no files beside it.
enum PageAssets {
    static let stylesheet = "/assets/page.css"

    static func add(to router: Router<BasicRequestContext>) {
        let bytes = PackageResources.page_css
        router.get("/assets/page.css") { _, _ in
            Response(
                status: .ok,
                headers: [
                    .contentType: "text/css; charset=utf-8", .cacheControl: "max-age=300",
                    .xContentTypeOptions: "nosniff",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }
}
