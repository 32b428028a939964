import HTTPTypes
import Hummingbird
import NIOCore

/// The administrators' listener: the console, what the host counts, and the probes.
struct ConsoleListener {
    let health: Health
    let metrics: PrometheusText
    let console: ConsoleRoutes

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: PageErrors())
        health.addRoutes(to: router)
        console.add(to: router)
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.page())))
        }
        return router
    }
}
