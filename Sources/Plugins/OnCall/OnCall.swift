import PagerDutyKit
import PluginAPI

/// `/pd oncall`: answers for a service by name, or offers a menu of services.
struct OnCall: Command {
    static let name = "oncall"
    static let summary = "See who is on call for a service"

    @Rest("the service, or a part of its name") var service = ""

    func run(_ context: Context<OnCallPlugin>) async throws -> Reply {
        if let objection = try await OnCallPlace(context).objection() { return .ephemeral(Message(objection)) }
        let reader = try RotaReader(context)
        guard !service.isEmpty else { return .ephemeral(OnCallAnswer.menu("Who is on call? Choose a service.")) }
        switch try await reader.search.named(service) {
        case .one(let service):
            return .ephemeral(try await OnCallAnswer(service: service, rota: reader.rota(of: service)).message(page: 0))
        case .several(let services):
            return .ephemeral(
                OnCallAnswer.menu("Several services match “\(clip(service))”. Which one?", services: services))
        case .none:
            return .ephemeral(OnCallAnswer.menu("No service is called “\(clip(service))”. Choose one."))
        }
    }

    private func clip(_ text: String) -> Mrkdwn { text.escaped(limit: 80) }
}
