import Foundation
import PluginAPI

/// One person's way through linking an account, from the link in Slack to the end. It is kept in the store, so that any
/// replica can take the next step; what is secret in it is sealed with a key that only the person's browser has.
struct LinkFlow: Codable, Sendable {
    let provider: String
    /// Who asked for the link, and must be who signs in.
    let person: Person
    let workspaceID: String
    let organizationID: String?
    let interrupted: Interrupted?
    /// When the link ends.
    let expiresAt: Date
    var step = Step.offered
    /// The fingerprint of the browser's key; `nil` until a browser has begun.
    var browser: String?
    /// The fingerprint of the state that must come back next; used up by coming back.
    var state: String?
    /// What the browser's key opens.
    var sealed: Data?

    enum Step: Codable, Sendable, Hashable {
        /// Not begun, or to be begun again: with the sentence that says why.
        case offered
        case atSlack
        case atService
        /// A page names both accounts, and asks.
        case confirming(Pair)
        /// Between two steps; whoever is first is the only one.
        case claimed
        case done(Pair)
        case failed(String)
    }

    /// What the page names, and what is linked.
    struct Pair: Codable, Sendable, Hashable {
        var slackName: String
        var workspaceName: String
        var account: LinkedAccount
        var accountName: String
    }

    /// What is never in the store in the clear.
    struct Secrets: Codable, Sendable {
        /// What the link ends with.
        var linkID: String
        var slackName = ""
        var nonce = ""
        var verifier = ""
        /// The sets of scopes that are to be tried, the one that is being tried first.
        var scopeSets: [Int] = []
        /// The credential as it will be stored, until the person has said yes.
        var credential: String?
        var renewAt: Date?
    }
}

/// What stands for a flow where its link must not: a fingerprint of the link's end.
struct LinkHandle: Sendable, Hashable {
    /// 32 characters of base64url.
    let text: String

    init(linkID: String) {
        text = String(RandomToken.hash(of: linkID).prefix(32))
    }

    /// The handle in a state that came back; `nil` where it is none of ours.
    init?(state: String) {
        let parts = state.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard RandomToken.isPlausible(state), parts.count == 2, parts[0].count == 32 else { return nil }
        text = String(decoding: parts[0], as: UTF8.self)
    }
}
