import BotStore
import Foundation

/// `/audit`: who did what, newest first, and whether the log is as it was written.
struct AuditScreen: Sendable {
    let store: any AuditStore

    static let page = 50

    var screens: [ConsoleScreen] {
        [
            ConsoleScreen(path: "/audit", title: "Audit") { try await sheet($0) },
            ConsoleScreen(path: "/audit/verify") { _ in try await verified() },
        ]
    }

    private func sheet(_ visit: ConsoleVisit) async throws -> ConsoleSheet {
        let found = try await store.auditEntries(
            limit: Self.page, before: visit.query["before"].flatMap { Int64($0) })
        let rows = found.map { entry -> [HTML] in
            [
                "\(entry.number)", ConsoleWords.time(entry.line.at), "<bdi>\(entry.line.actor)</bdi>",
                ConsoleWords.code(entry.line.action), "<bdi>\(entry.line.subject)</bdi>",
                ConsoleWords.code(entry.line.workspace),
                "<span class=\"small\">\(entry.line.detail.map { String(decoding: $0.prefix(2_000), as: UTF8.self) } ?? "")</span>",
            ]
        }
        let last = found.count == Self.page ? found.last?.number : nil
        let table = ConsoleTable(
            "Audit", ["Number", "When (UTC)", "Who", "What", "To what", "Workspace", "More"],
            empty: "Nothing was done yet.", rows: rows)
        return ConsoleSheet(
            title: "Audit",
            body: """
                <h1>Audit</h1>
                <p class="muted">Each line's hash covers the line before. <a href="/audit/verify">Verify all of them</a></p>
                \(table.html)\(ConsoleWords.next(last.map { "/audit?before=\($0)" }))
                """)
    }

    private func verified() async throws -> ConsoleSheet {
        let body: HTML =
            switch try await store.verifyAudit() {
            case .sound(let lines, let hash):
                """
                <div class="notice ok"><p>All \(lines) lines follow from each other.</p></div>
                <p>The last hash, to be kept elsewhere: it shows later whether the end was cut off.</p>
                <p><code>\(hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())</code></p>
                """
            case .broken(let number):
                """
                <div class="notice bad"><p>From line \(number) on, something was changed, removed or put in.</p></div>
                """
            }
        return ConsoleSheet(
            title: "Audit", body: "<h1>Audit</h1>\(body)<p><a href=\"/audit\">Back</a></p>", isWide: false)
    }
}
