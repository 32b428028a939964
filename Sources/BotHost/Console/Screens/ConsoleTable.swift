import Foundation

/// A table with its headings; an empty one says so in words.
struct ConsoleTable: Sendable {
    let headings: [String]
    var rows: [[HTML]]
    /// What is said where there is no row.
    let empty: String
    let caption: String

    init(_ caption: String, _ headings: [String], empty: String, rows: [[HTML]] = []) {
        self.caption = caption
        self.headings = headings
        self.empty = empty
        self.rows = rows
    }

    var html: HTML {
        guard !rows.isEmpty else { return "<div class=\"table\"><p class=\"empty\">\(empty)</p></div>" }
        let head = headings.map { heading -> HTML in "<th scope=\"col\">\(heading)</th>" }
        let body = rows.map { cells -> HTML in
            let cells = cells.map { cell -> HTML in "<td>\(cell)</td>" }
            return "<tr>\(cells)</tr>"
        }
        return """
            <div class="table" tabindex="0" role="region" aria-label="\(caption)"><table>
            <caption class="hidden">\(caption)</caption>
            <thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>
            """
    }
}

/// Words and marks that every screen uses.
enum ConsoleWords {
    static func time(_ date: Date) -> HTML {
        let format = Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space, timeZone: .gmt)
        return "<time datetime=\"\(date.formatted(.iso8601))\">\(date.formatted(format).filter { $0 != "Z" })</time>"
    }

    static func badge(_ text: String, _ kind: StaticString) -> HTML {
        "<span class=\"badge \(HTML(stringLiteral: kind))\">\(text)</span>"
    }

    static func code(_ text: String) -> HTML { "<code>\(text)</code>" }

    /// A choice among pages of the same kind.
    static func tabs(_ choices: [(label: String, address: String, isChosen: Bool)], _ label: String) -> HTML {
        let links = choices.map { choice -> HTML in
            let current: HTML = choice.isChosen ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(choice.address)\"\(current)>\(choice.label)</a></li>"
        }
        return "<nav class=\"top tabs\" aria-label=\"\(label)\"><ul>\(links)</ul></nav>"
    }

    static func next(_ address: String?) -> HTML {
        guard let address else { return .empty }
        return "<p class=\"actions\"><a class=\"button\" href=\"\(address)\">Older</a></p>"
    }
}
