/// PagerDuty as a plugin sees it: its words are nested here, so that `PagerDuty.Service` and Slack's or our own
/// words never meet under one name.
package struct PagerDuty: Sendable {}
