import Testing

@testable import Sandbox

/// What people do to link their accounts in the browser, step by step.
extension Persona {
    /// The address behind the button of the newest prompt that this person sees.
    func linkAddress(in channel: Place, at place: SourceLocation = #_sourceLocation) async throws -> String {
        let prompt = try await sees("the prompt to link", in: channel, at: place) {
            $0.labels.contains("Link your account")
        }
        let element = BlockKitForm.elements(in: prompt.json["blocks"]?.array ?? []).first
        return try #require(element?.element["url"]?.string, sourceLocation: place)
    }

    /// Opens the link and goes on to Slack.
    func opens(_ link: String, in browser: Browser, at place: SourceLocation = #_sourceLocation) async throws
        -> Browser.Page
    {
        let start = try await browser.get(link)
        try #require(start.text.contains("Continue with Slack"), "\(start)", sourceLocation: place)
        return try await browser.get(link + "?begin=1")
    }

    /// Answers Slack's page.
    @discardableResult func answersSlack(
        _ page: Browser.Page, as other: Persona? = nil, _ answer: String = "allow", in browser: Browser,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> Browser.Page {
        let query = try #require(page.value(after: "name=\"query\" value=\""), "\(page)", sourceLocation: place)
        let who = other ?? self
        return try await browser.post(
            "\(stage.access.sandbox)/openid/connect/authorize",
            [("query", query), ("who", "\(who.team)/\(who.id)"), ("answer", answer)])
    }

    /// Answers PagerDuty's page.
    @discardableResult func answersPagerDuty(
        _ page: Browser.Page, as userID: String? = nil, _ answer: String = "allow", in browser: Browser,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> Browser.Page {
        let query = try #require(page.value(after: "name=\"query\" value=\""), "\(page)", sourceLocation: place)
        let user = try #require(userID ?? stage.pagerDuty.user(firstName)?.id, sourceLocation: place)
        return try await browser.post(
            "\(stage.access.sandbox)/identity/oauth/authorize",
            [("query", query), ("who", user), ("answer", answer)])
    }

    /// Says yes or no on the page that names both accounts.
    @discardableResult func confirms(
        _ page: Browser.Page, _ answer: String = "yes", in browser: Browser,
        at place: SourceLocation = #_sourceLocation
    ) async throws -> Browser.Page {
        let token = try #require(page.value(after: "name=\"token\" value=\""), "\(page)", sourceLocation: place)
        return try await browser.post(page.address, [("token", token), ("answer", answer)])
    }

    /// All of it: from the prompt in a channel to the last page.
    @discardableResult func signsIn(
        in channel: Place, as userID: String? = nil, browser: Browser = Browser(),
        at place: SourceLocation = #_sourceLocation
    ) async throws -> Browser.Page {
        let link = try await linkAddress(in: channel, at: place)
        let slack = try await opens(link, in: browser, at: place)
        let service = try await answersSlack(slack, in: browser, at: place)
        let question = try await answersPagerDuty(service, as: userID, in: browser, at: place)
        let last = try await confirms(question, in: browser, at: place)
        try #require(last.text.contains("Your accounts are linked"), "\(last)", sourceLocation: place)
        return last
    }
}

extension Browser.Page {
    /// Whether PagerDuty asks the person to sign in.
    var asksPagerDuty: Bool { text.contains("action=\"/identity/oauth/authorize\"") }
}
