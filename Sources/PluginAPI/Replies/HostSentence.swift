/// What a person reads where the host answers for a plugin.
package enum HostSentence {
    /// A service did not answer, and the plugin left it at that.
    package static let serviceIsAway: Mrkdwn =
        "The service behind this did not answer. Please try again in a minute."
    /// The store is away, so nothing was done.
    package static let storeIsAway: Mrkdwn =
        "I cannot remember anything right now, so I did not do it. Please try again in a minute."
}
