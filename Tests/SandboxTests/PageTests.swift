import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Sandbox

/// The pages as files: each is served, asks for nothing that is not, and never reads a text as HTML.
struct PageTests {
    private struct File {
        let name: String
        let text: String
        var path: String {
            guard name.hasSuffix(".html") else { return "/assets/\(name)" }
            return name == "index.html" ? "/" : "/\(name.dropLast(5))"
        }
    }

    private static func files() throws -> [File] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Sources/Sandbox/Pages")
        let urls = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try urls.filter { !$0.lastPathComponent.hasPrefix(".") }.map {
            File(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8))
        }
    }

    private static func get(_ url: String) async throws -> (status: Int, headers: HTTPHeaders, body: String) {
        let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(20))
        let body = try await response.body.collect(upTo: 4_194_304)
        return (Int(response.status.code), response.headers, String(buffer: body))
    }

    private static let types = [
        "css": "text/css", "html": "text/html", "js": "text/javascript", "svg": "image/svg+xml",
    ]

    @Test func `every file is served as it is, with its type`() async throws {
        try await PagerDutyHarness.run { sandbox in
            for file in try Self.files() {
                let reply = try await Self.get(sandbox.origin + file.path)
                let type = try #require(Self.types[String(file.name.split(separator: ".").last ?? "")])
                #expect(reply.status == 200, "\(file.path)")
                #expect(reply.body == file.text, "\(file.path)")
                #expect(reply.headers.first(name: "content-type")?.hasPrefix(type) == true, "\(file.path)")
            }
        }
    }

    @Test func `no script or style can come from a message or from elsewhere`() async throws {
        try await PagerDutyHarness.run { sandbox in
            for path in ["/", "/inspector", "/pagerduty", "/assets/app.js"] {
                let policy =
                    try await Self.get(sandbox.origin + path).headers.first(name: "content-security-policy") ?? ""
                #expect(policy.contains("default-src 'self'"), "\(path)")
                #expect(policy.contains("object-src 'none'") && policy.contains("base-uri 'none'"), "\(path)")
                #expect(!policy.contains("unsafe-eval") && !policy.contains("script-src"), "\(path)")
            }
        }
    }

    @Test func `whatever a page or a module asks for exists`() throws {
        let files = try Self.files()
        let names = Set(files.map(\.name))
        for file in files {
            for match in file.text.matches(of: /(?:src|href)="\/assets\/([^"]+)"/) {
                #expect(names.contains(String(match.1)), "\(file.name) asks for \(match.1)")
            }
            for match in file.text.matches(of: /(?:from|import) "\.\/([^"]+)"/) {
                #expect(names.contains(String(match.1)), "\(file.name) imports \(match.1)")
            }
        }
    }

    @Test func `no module turns a text into HTML or code`() throws {
        let words = [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc",
        ]
        for file in try Self.files() where file.name.hasSuffix(".js") {
            for word in words { #expect(!file.text.contains(word), "\(file.name) has \(word)") }
        }
    }

    @Test func `no page has a script or a handler of its own in it`() throws {
        for file in try Self.files() where file.name.hasSuffix(".html") {
            #expect(!file.text.contains(/<script(?![^>]*\bsrc=)[^>]*>/), "\(file.name) has an inline script")
            #expect(!file.text.contains(/\son[a-z]+="/), "\(file.name) has an inline handler")
            #expect(!file.text.contains(/(?:src|href)="https?:/), "\(file.name) fetches from elsewhere")
        }
    }
}
