import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Takes in what could be made out of a delivery that cannot be read: PagerDuty is asked what became of the incident, and
/// where it does not answer either, channels are told at least that there is something.
struct SalvageDesk {
    private let context: Context<IncidentsPlugin>

    init(_ context: Context<IncidentsPlugin>) {
        self.context = context
    }

    func take(_ salvaged: SalvagedIncident) async throws {
        do {
            let incident = try await incident(salvaged)
            let known = try await context.store.get(IncidentRecord.key(incident.id), as: IncidentRecord.self)
            if known == nil, try await Connections(context).following(incident).isEmpty { return }
            let record = try await IncidentDesk(context).change(incident.id) {
                $0.take(answer: incident, base: known?.incident?.at)
            }
            try await IncidentBoard(context).show(record, because: .look)
        } catch let error as PagerDutyError {
            context.log.error("A delivery cannot be read, nor its incident: \(error)", [:])
            try await tell(salvaged)
        }
    }

    private func incident(_ salvaged: SalvagedIncident) async throws -> PagerDuty.Incident {
        if let id = salvaged.id { return try await context.pagerDuty.read(.incident(id)) }
        guard let number = salvaged.number else { throw PagerDutyError(.notFound, actor: .account) }
        return try await context.pagerDuty.read(.incident(number: number))
    }

    /// Which service it is about is not known, so every channel hears of it.
    private func tell(_ salvaged: SalvagedIncident) async throws {
        let name = salvaged.number.map { "#\($0)" } ?? salvaged.id?.value ?? ""
        let message = Message(
            """
            ⚠️ PagerDuty told something about incident *\(name)* that could not be read, and could not be asked. \
            Have a look at it in PagerDuty.
            """)
        let channels = Set(try await Connections(context).all().map(\.channel.id))
        for channel in channels.sorted() {
            try await context.messages.show(message, as: "salvaged/\(name)", in: channel)
        }
    }
}
