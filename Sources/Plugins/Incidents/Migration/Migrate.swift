import PagerDutyKit
import PluginAPI

/// `/pd migrate`: lists the services that still reach Slack by a V2 extension, and moves them to connections.
struct Migrate: Command {
    static let name = "migrate"
    static let summary = "Move services from PagerDuty's V2 extensions to connections"
    static let actionID = "migrate"

    func run(_ context: Context<IncidentsPlugin>) async throws -> Reply {
        guard let person = context.person else { throw AccountError.notLinked(provider: PagerDuty.provider) }
        let found = try await Migration(context, by: person).extensions()
        guard !found.isEmpty else { return .ephemeral("No service reaches this workspace by a V2 extension.") }
        let services = found.flatMap { extensions in extensions.services.map(\.name) }
        return .ephemeral(
            Message("\(services.count) services reach Slack by a V2 extension.") {
                Block.section(
                    """
                    *\(services.count) services reach Slack by a V2 extension:* \
                    \(services.prefix(30).map { $0.clipped.escaped() }.joined(separator: ", "))
                    Migrating connects each of them to its channel, with the same events, and removes the extension in \
                    PagerDuty, as you.
                    """)
                Block.actions(
                    .button(
                        "Migrate all", action: Self.actionID, style: .primary,
                        confirm: Confirm(
                            "Migrate?", .plain("The extensions are removed in PagerDuty; this cannot be undone here."),
                            confirm: "Migrate")))
            })
    }
}
