import BotStore
import HTTPTypes
import Hummingbird
import Logging
import SlackKit

extension ConsoleRoutes {
    /// Where somebody lands who is not signed in.
    static func door(isStale: Bool = false) -> Page {
        let stale: HTML =
            isStale
            ? """
            <div class="notice warn"><p>This address was used before, or is older than 15 minutes.</p></div>
            """ : ""
        return Page(
            "Sign in", status: isStale ? .forbidden : .ok,
            body: """
                <h1>The console of this host</h1>
                \(stale)
                <p>On the machine that the host runs on, an administrator types</p>
                <p><code>bothost console-login</code></p>
                <p>and opens the address that it prints. It works once, for 15 minutes.</p>
                """)
    }

    static func refusal(
        _ title: String, _ sentence: String, _ status: HTTPTypes.HTTPResponse.Status
    ) -> Response {
        Page.refusal(title, sentence, mend: "<p><a href=\"/\">To the overview</a></p>", status: status).response()
    }

    static func refusal(_ fault: PageForm.Fault) -> Response {
        switch fault {
        case .fromElsewhere:
            refusal(
                "That did not come from the console",
                "Another page may have had your browser send it. Nothing was changed. If it was you, load the page anew "
                    + "and do it again.", .forbidden)
        case .notAForm: refusal("That is no form", "Nothing was changed.", .unsupportedMediaType)
        case .tooLarge: refusal("That is too much", "A form may have 64 KiB. Nothing was changed.", .contentTooLarge)
        }
    }

    func failure(_ error: any Error, _ request: Request) -> Response {
        logger.error("a page of the console failed: \(error)", metadata: ["path": "\(request.uri.path)"])
        let sentence = (error as? StoreError)?.sentence ?? "The log says what happened."
        return Page.refusal(
            "Something went wrong", sentence, mend: "<p>Load the page again in a moment.</p>",
            status: .serviceUnavailable
        ).response()
    }

    static func query(of request: Request) -> [String: String] {
        guard let form = try? FormBody(Array((request.uri.query ?? "").utf8)) else { return [:] }
        return Dictionary(form.fields.map { ($0.name, $0.value) }) { first, _ in first }
            .filter { !$0.value.isEmpty && $0.value.utf8.count <= 2_048 }
    }
}
