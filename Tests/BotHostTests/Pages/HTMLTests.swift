import HTTPTypes
import Hummingbird
import Testing

@testable import BotHost

@Suite struct HTMLTests {
    /// Text of others' making, with what a naive escaper lets through.
    static let hostile = [
        "<script>alert(1)</script>", "\" onmouseover=\"x", "' onmouseover='x", "\"\u{301} autofocus onfocus=\"x",
        "<\u{338}img src=x onerror=x>", "</main><form action=//evil>", "&lt;b&gt;", "a\u{2028}b\u{202E}c",
        "\u{0}<b>\u{1B}[31m", String(repeating: "<", count: 40_000),
    ]

    @Test("Interpolated text makes no element and ends no attribute", arguments: hostile)
    func escapes(text: String) {
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        let bytes = html.bytes
        let start = Array("<p title=\"".utf8)
        let end = Array("</p>".utf8)
        #expect(bytes.starts(with: start))
        #expect(bytes.suffix(end.count).elementsEqual(end))
        let inside = bytes.dropFirst(start.count).dropLast(end.count)
        // Of our own markup only `">` stands between the two.
        #expect(inside.count { $0 == UInt8(ascii: "<") } == 0)
        #expect(inside.count { $0 == UInt8(ascii: ">") } == 1)
        #expect(inside.count { $0 == UInt8(ascii: "\"") } == 1)
        #expect(!inside.contains(UInt8(ascii: "'")))
        #expect(!inside.contains(0))
    }

    @Test("Pieces that are HTML already stay what they are")
    func nests() {
        let rows = ["a", "<b>"].map { text -> HTML in "<li>\(text)</li>" }
        let html: HTML = "<ul>\(rows)</ul>\(3)"
        #expect(String(decoding: html.bytes, as: UTF8.self) == "<ul><li>a</li><li>&lt;b&gt;</li></ul>3")
    }

    @Test("A page forbids scripts of others, frames, referrers and keeping it")
    func headers() {
        let headers = BotHost.Page("Hello", body: "<p>x</p>").response().headers
        let policy = headers[.contentSecurityPolicy] ?? ""
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] {
            #expect(policy.contains(rule))
        }
        #expect(!policy.contains("unsafe"))
        #expect(headers[.cacheControl] == "no-store")
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(HTTPField.Name("Referrer-Policy").flatMap { headers[$0] } == "no-referrer")
        #expect(headers[.contentType] == "text/html; charset=utf-8")
        #expect(headers[.server] == nil)
    }

    @Test("A cookie is for this host alone, and one of two with the same name is nobody's")
    func cookies() {
        let cookie = PageCookie("sid", RandomToken().text, seconds: 600)
        #expect(cookie.header.hasPrefix("__Host-sid="))
        #expect(cookie.header.hasSuffix("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"))
        #expect(PageCookie.sent("sid", in: [.cookie: "a=b; __Host-sid=\(cookie.value)"]) == cookie.value)
        #expect(PageCookie.sent("sid", in: [.cookie: "__Host-sid=x; __Host-sid=y"]) == nil)
        #expect(PageCookie.sent("sid", in: [.cookie: "sid=x"]) == nil)
        #expect(PageCookie.sent("sid", in: [.cookie: "__Host-sid=\"x\r\n\""]) == nil)
    }

    @Test("A form counts only where the browser says that it comes from here")
    func origin() {
        func isOwn(_ headers: HTTPFields) -> Bool { PageForm.isOwn(headers, origin: "https://bot.example.com") }
        let site = HTTPField.Name("Sec-Fetch-Site")
        func from(_ value: String) -> HTTPFields {
            var fields = HTTPFields()
            if let site { fields[site] = value }
            return fields
        }
        #expect(isOwn(from("same-origin")))
        for other in ["cross-site", "same-site", "none", ""] { #expect(!isOwn(from(other))) }
        #expect(isOwn([.origin: "https://bot.example.com"]))
        for other in ["https://bot.example.com.evil", "null", "http://bot.example.com", ""] {
            #expect(!isOwn([.origin: other]))
        }
        #expect(!isOwn([:]))
    }

    @Test("Tokens have 256 bits, are kept as a hash, and never come twice")
    func tokens() {
        let tokens = (0..<50).map { _ in RandomToken() }
        #expect(Set(tokens.map(\.text)).count == 50)
        for token in tokens {
            #expect(token.text.utf8.count == 43)
            #expect(RandomToken.isPlausible(token.text))
            #expect(token.hash != token.text)
            #expect(RandomToken.hash(of: token.text) == token.hash)
        }
        #expect(!RandomToken.isPlausible("a b"))
        #expect(!RandomToken.isPlausible(""))
    }
}
