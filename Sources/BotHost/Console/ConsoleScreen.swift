import HTTPTypes

/// One page of the console that is looked at: a `GET` that changes nothing.
struct ConsoleScreen: Sendable {
    let path: String
    /// What it is called in the navigation; `nil` for a page that is reached from another one.
    var title: String?
    let show: @Sendable (ConsoleVisit) async throws -> ConsoleSheet
}

/// Something that an administrator does: a `POST` of a form.
struct ConsoleDeed: Sendable {
    let path: String
    let least: ConsoleRole
    /// Whether it cannot be taken back, so that whoever does it must have signed in a moment ago.
    var needsFreshSignIn = false
    let carryOut: @Sendable (ConsoleVisit, PageForm) async throws -> ConsoleOutcome
}

/// Somebody who looks at a page or does something.
struct ConsoleVisit: Sendable {
    let session: ConsoleSession
    /// Fields of the address.
    let query: [String: String]
    let path: String

    /// A hidden field that every form carries.
    var formToken: HTML { "<input type=\"hidden\" name=\"form\" value=\"\(session.formToken)\">" }

    func may(_ role: ConsoleRole) -> Bool { session.rank >= role }

    /// A form of one button; nothing for whoever may not press it.
    func button(
        _ label: String, to path: StaticString, least: ConsoleRole, fields: [(name: String, value: String)] = [],
        style: StaticString = ""
    ) -> HTML {
        guard may(least) else { return .empty }
        let hidden = fields.map { field -> HTML in
            "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">"
        }
        return """
            <form class="inline" method="post" action="\(HTML(stringLiteral: path))">\(formToken)\(hidden)\
            <button class="\(HTML(stringLiteral: style))">\(label)</button></form>
            """
    }
}

/// What a screen shows within the frame that all of them share.
struct ConsoleSheet: Sendable {
    let title: String
    let body: HTML
    var status: HTTPTypes.HTTPResponse.Status = .ok
    /// Tables are wide, forms are narrow.
    var isWide = true
}

/// What comes of a deed.
enum ConsoleOutcome: Sendable {
    /// Done; the browser goes on to a page that says so.
    case done(then: String)
    /// Done, with something to be shown once.
    case sheet(ConsoleSheet)
    /// Not done, with the reason.
    case refused(String)
}
