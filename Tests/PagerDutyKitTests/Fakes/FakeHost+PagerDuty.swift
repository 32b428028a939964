import PagerDutyKit
import PluginAPI
import PluginTestKit
import Synchronization
import Testing

// The kit's fakes in the words of PagerDuty.

extension FakeHost {
    /// A host that is connected to the account `acme`.
    /// - Parameter prepare: Sets up what may be asked for.
    convenience init(_ prepare: (inout State) -> Void = { _ in }) {
        self.init(slashCommand: "/pd", report: { Issue.record(Comment(rawValue: $0)) }) { state in
            var account = FakeAccount()
            account.provider = PagerDutyAccountProvider()
            account.mapped = MappedAccount(id: "acme", name: "acme")
            state.accounts[PagerDuty.provider] = account
            prepare(&state)
        }
    }

    /// What PagerDuty was asked.
    var asked: [FakeAccount.Asked] { state.withLock { $0.account.asked } }
    /// The same, a line each.
    var lines: [String] { asked.map(\.line) }
    /// Charts that were put into Slack.
    var charts: [Chart] { state.withLock(\.slack.charts) }
    /// The keys of what is subscribed to.
    var subscriptions: [String] { values.keys.filter { $0.hasPrefix("subscription/") }.sorted() }
    var writes: [FakeAccount.Asked] {
        asked.filter { $0.request.method != "GET" && !$0.request.target.hasPrefix("/analytics/") }
    }
}

extension FakeHost.State {
    var account: FakeAccount {
        get { accounts[PagerDuty.provider] ?? FakeAccount() }
        set { accounts[PagerDuty.provider] = newValue }
    }
    /// Answers by `GET /path`, in the order they are given out; the last one stays.
    var pagerDuty: [String: [HTTPResponse]] {
        get { account.answers }
        set { account.answers = newValue }
    }
    var linked: [String: LinkedAccount] {
        get { account.linked }
        set { account.linked = newValue }
    }
    var mapped: MappedAccount? {
        get { account.mapped }
        set { account.mapped = newValue }
    }
    var isRevoked: Bool {
        get { account.isRevoked }
        set { account.isRevoked = newValue }
    }
    /// Fails with this where an answer is `.none`.
    var fault: (any Error & Sendable)? {
        get { account.fault }
        set { account.fault = newValue }
    }
    var slackErrors: [String: SlackError] {
        get { slack.faults.mapValues(\.error) }
        set { slack.faults = newValue.mapValues { FakeSlack.Fault(error: $0, times: .max) } }
    }
    var slackCalls: [FakeSlack.Call] { slack.calls }
    var values: [String: StoredValue] {
        get { memory.byKey }
        set { memory.replace(with: newValue, of: "incidents", in: "T0ACME001") }
    }
}

extension HTTPResponse {
    static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    /// No answer: the host's fault is thrown instead.
    static let none = HTTPResponse(status: 0)
}
