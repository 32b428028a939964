import HTTPTypes
import Hummingbird
import NIOCore

/// A page of a simulated service on which somebody signs in or agrees: a plain form that works without a script.
struct SheetPage: Sendable {
    var title: String
    /// Markup; whatever came from outside is escaped in it.
    var body: String
    var status: HTTPResponse.Status = .ok

    /// What the service says where it shows no form.
    static func problem(_ service: String, _ sentence: String) -> SheetPage {
        SheetPage(
            title: service, body: "<h1>Something went wrong</h1><p>\(escape(sentence))</p>", status: .badRequest)
    }

    var response: Response {
        let page = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(Self.escape(title))</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="/assets/icon.svg">
            <link rel="stylesheet" href="/assets/base.css"></head>
            <body><main class="card sheet">\(body)</main></body></html>
            """
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    static func escape(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += Array("&amp;".utf8)
            case UInt8(ascii: "<"): out += Array("&lt;".utf8)
            case UInt8(ascii: ">"): out += Array("&gt;".utf8)
            case UInt8(ascii: "\""): out += Array("&quot;".utf8)
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The answer to a form: back to the app.
    static func back(to address: String, _ fields: [(name: String, value: String)]) -> Response {
        let mark = address.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return Response(status: .seeOther, headers: [.location: address + mark + FormText.write(fields)])
    }
}
