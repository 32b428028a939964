import HTTPTypes

/// Why a request of linking leads nowhere.
enum LinkProblem: Error, Hashable {
    /// No such link, used up, or its time is over.
    case gone
    /// It was begun elsewhere: whoever holds this address is not the one.
    case otherBrowser
    /// What came back was not asked for, or has come back before.
    case notExpected
    /// Filled in by another page than ours.
    case forged
    case unavailable

    var page: Page {
        .refusal(title, sentence, mend: "<p>\(mend)</p>", status: status)
    }

    private var title: String {
        switch self {
        case .gone: "This link is no longer good"
        case .otherBrowser: "This link belongs to another browser"
        case .notExpected: "This step was done already"
        case .forged: "This did not come from our page"
        case .unavailable: "Not now"
        }
    }

    private var sentence: String {
        switch self {
        case .gone: "A link is good for 15 minutes, and for one account."
        case .otherBrowser: "It was opened in another browser before, and goes on only there."
        case .notExpected: "Each step of linking is good for once, and this one has come before or was not asked for."
        case .forged: "Another page filled in our form, so nothing was done."
        case .unavailable: "Your account cannot be linked right now. Nothing was changed."
        }
    }

    private var mend: String {
        switch self {
        case .unavailable: "Please try the same link again in a minute."
        case .otherBrowser:
            "Go on in the browser that you began with; or do once more in Slack what you wanted to do, and you get a new "
                + "link."
        case .gone, .notExpected, .forged:
            "Go back to Slack. If your account is not linked yet, do once more what you wanted to do: you get a new link."
        }
    }

    private var status: HTTPTypes.HTTPResponse.Status {
        switch self {
        case .gone: .notFound
        case .otherBrowser, .forged: .forbidden
        case .notExpected: .conflict
        case .unavailable: .serviceUnavailable
        }
    }
}
