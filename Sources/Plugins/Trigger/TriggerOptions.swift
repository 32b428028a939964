import PagerDutyKit
import PluginAPI

/// What the form's menus offer while a person types. Slack shows nothing where an answer is late, so each is one call,
/// and a failure is an empty menu.
struct TriggerOptions {
    private let context: Context<TriggerPlugin>

    init(_ context: Context<TriggerPlugin>) {
        self.context = context
    }

    func services(_ query: OptionsQuery) async -> OptionsReply {
        await offering {
            let pagerDuty = context.pagerDuty
            let services = try await ServiceSearch(read: { try await pagerDuty.read($0) }).typed(query.typed)
            return services.filter(\.takesIncidents).map { .choice($0.name, $0.id) }
        }
    }

    func people(_ query: OptionsQuery) async -> OptionsReply {
        await offering {
            let page = try await context.pagerDuty.read(PagerDutyList.users(matching: query.typed).page())
            return page.elements.filter { $0.role?.takesIncidents ?? true }.map { user in
                .choice(user.name, user.id, description: user.email)
            }
        }
    }

    private func offering(_ options: () async throws -> [Option]) async -> OptionsReply {
        do {
            return .options(try await options())
        } catch {
            context.log.error("No choices to offer", ["error": "\(type(of: error))"])
            return .options([])
        }
    }
}
