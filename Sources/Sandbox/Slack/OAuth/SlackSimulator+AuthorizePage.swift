import HTTPTypes
import Hummingbird
import NIOCore

extension SlackSimulator {
    /// The pages on which people allow the app into a workspace.
    nonisolated func addAuthorizeRoutes(to router: Router<BasicRequestContext>) {
        router.get("/oauth/v2/authorize") { request, _ in
            let query = request.uri.query ?? ""
            do {
                let asked = try await self.authorizeRequest(FormText.read(query.utf8))
                return Self.html(await self.authorizePage(asked, query: query))
            } catch let error as ControlError {
                return Self.html(
                    Self.frame("Slack", "<h1>Something went wrong</h1><p>\(Self.escaped(error.message))</p>"))
            }
        }
        router.post("/oauth/v2/authorize") { request, _ in
            let form = FormText.read(try await request.bytes())
            do {
                let asked = try await self.authorizeRequest(FormText.read((form["query"] ?? "").utf8))
                let who = (form["who"] ?? "").split(separator: "/").map(String.init)
                guard who.count >= 2, let answer = AuthorizeAnswer(rawValue: form["answer"] ?? "") else {
                    throw ControlError("answer: allow, cancel or request")
                }
                let outcome = try await self.answer(
                    asked, answer, team: who[0], user: who[1], organizationWide: who.count > 2)
                switch outcome {
                case .redirect(let address): return Response(status: .seeOther, headers: [.location: address])
                case .waits:
                    return Self.html(
                        Self.frame(
                            "Slack",
                            "<h1>Your request was sent</h1><p>Slackbot tells you when an administrator has answered. "
                                + "You can close this page.</p>"))
                }
            } catch let error as ControlError {
                return Self.html(
                    Self.frame("Slack", "<h1>Something went wrong</h1><p>\(Self.escaped(error.message))</p>"))
            }
        }
    }

    private func authorizePage(_ asked: AuthorizeRequest, query: String) -> String {
        var choices: [String] = []
        for team in workspaces where asked.team == nil || asked.team == team.id {
            for person in team.people where !person.isBot && !person.isGuest {
                let name = "\(person.realName) in \(team.name)\(person.isAdmin ? " (administrator)" : "")"
                choices.append("<option value=\"\(team.id)/\(person.id)\">\(Self.escaped(name))</option>")
                if let organization = team.organization, person.isAdmin {
                    let whole = "\(person.realName) in the organization \(organization.name)"
                    choices.append("<option value=\"\(team.id)/\(person.id)/org\">\(Self.escaped(whole))</option>")
                }
            }
        }
        let scopes = (asked.scopes + asked.userScopes).map { "<li><code>\(Self.escaped($0))</code></li>" }.joined()
        return Self.frame(
            "Allow \(manifest.name)?",
            """
            <h1>\(Self.escaped(manifest.name)) wants to be in a workspace</h1>
            <p class="muted">The simulated Slack: choose who you are, and answer as that person.</p>
            <form method="post" action="/oauth/v2/authorize">
            <input type="hidden" name="query" value="\(Self.escaped(query))">
            <label class="label" for="who">You are</label>
            <p><select class="input" id="who" name="who">\(choices.joined())</select></p>
            <p class="label">It may then use</p><ul>\(scopes)</ul>
            <p><button class="button button-primary" name="answer" value="allow">Allow</button>
            <button class="button" name="answer" value="request">Request to install</button>
            <button class="button button-quiet" name="answer" value="cancel">Cancel</button></p>
            </form>
            """)
    }

    private static func frame(_ title: String, _ body: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="stylesheet" href="/assets/base.css"></head>
        <body><main class="sheet card">\(body)</main></body></html>
        """
    }

    private static func escaped(_ text: String) -> String {
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

    private static func html(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
