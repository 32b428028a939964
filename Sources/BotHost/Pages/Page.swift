import HTTPTypes
import Hummingbird
import NIOCore

/// A page that people see, rendered on the server, that needs no script.
struct Page: Sendable {
    var title: String
    var status: HTTPTypes.HTTPResponse.Status = .ok
    var body: HTML
    var cookies: [PageCookie] = []
    /// What stands above the body; ``Page/Frame-swift.enum/card`` is for pages of one matter.
    var frame = Frame.card

    enum Frame: Sendable {
        /// One calm card in the middle.
        case card
        /// A page among others, with the way to them.
        case console(navigation: HTML, wide: Bool)
    }

    init(
        _ title: String, status: HTTPTypes.HTTPResponse.Status = .ok, cookies: [PageCookie] = [],
        frame: Frame = .card, body: HTML
    ) {
        self.title = title
        self.status = status
        self.cookies = cookies
        self.frame = frame
        self.body = body
    }

    /// Something did not work out: what happened, and what to do.
    static func refusal(
        _ title: String, _ sentence: String, mend: HTML, status: HTTPTypes.HTTPResponse.Status = .badRequest,
        cookies: [PageCookie] = []
    ) -> Page {
        Page(
            title, status: status, cookies: cookies,
            body: """
                <p class="badge bad">Not done</p>
                <h1>\(title)</h1>
                <p>\(sentence)</p>
                <div class="next">\(mend)</div>
                """)
    }

    var html: HTML {
        let content: HTML =
            switch frame {
            case .card: "<main class=\"card\">\(body)</main>"
            case .console(let navigation, let wide):
                "\(navigation)<main class=\"\(wide ? "wide" : "narrow")\">\(body)</main>"
            }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>\(title) · BotHost</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="\(PageAssets.stylesheet)">
            </head>
            <body>\(content)</body>
            </html>

            """
    }

    func response() -> Response {
        var headers = PageHeaders.page
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie.header)) }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes)))
    }

    /// Leads on to an address that the host itself has made.
    static func redirect(to address: String, cookies: [PageCookie] = []) -> Response {
        var headers = PageHeaders.common
        headers[.location] = address
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie.header)) }
        return Response(status: .seeOther, headers: headers)
    }
}
