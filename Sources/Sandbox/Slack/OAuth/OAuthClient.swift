/// What the app introduces itself with to Slack.
package struct OAuthClient: Sendable {
    package let id: String
    package let secret: String
}
