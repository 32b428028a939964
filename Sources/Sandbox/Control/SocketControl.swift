import FoundationEssentials
import Hummingbird

/// The part of `/control/…` that is about Socket Mode: which sockets are open, and what goes wrong with them on purpose.
struct SocketControl: Sendable {
    let sockets: AppSockets
    let clock: any SandboxClock

    func addRoutes(to router: Router<BasicRequestContext>) {
        let control = router.group("control/slack")
        let this = self
        control.get("sockets") { _, _ in Response.json(this.state) }
        control.post("sockets") { request, _ in
            try await SlackSimulator.answer {
                try this.act(Asked(try await request.object()))
                return this.state
            }
        }
    }

    private var state: JSON {
        let now = clock.now
        let recent = sockets.opens.filter { now.timeIntervalSince($0) < 60 }
        return [
            "ok": true, "sockets": .array(sockets.all.map { $0.json(at: now) }),
            "opens_in_last_minute": .int(recent.count),
        ]
    }

    private static let reasons = ["warning", "refresh_requested", "too_many_websockets"]

    /// `{"do": "drop"}`, where not said to the oldest one; `"socket": 3` names one, `"socket": "all"` means every one.
    private func act(_ asked: Asked) throws(ControlError) {
        let deed = try asked.text("do")
        switch deed {
        case "stall": sockets.stall(true)
        case "greet": sockets.stall(false)
        case "link_disabled": sockets.switchOff(true)
        case "link_enabled": sockets.switchOff(false)
        case "drop": for number in try chosen(asked) { sockets.drop(number) }
        case "silence": for number in try chosen(asked) { sockets.silence(number) }
        case _ where Self.reasons.contains(deed):
            for number in try chosen(asked) { sockets.disconnect(number, deed) }
        default:
            let known = ["drop", "silence", "stall", "greet", "link_disabled", "link_enabled"] + Self.reasons
            throw ControlError("do: one of \(known.joined(separator: ", "))")
        }
    }

    private func chosen(_ asked: Asked) throws(ControlError) -> [Int] {
        let open = sockets.all.filter { !$0.isSilent && !$0.isLeaving }.map(\.number)
        if asked.optional("socket") == "all" { return open }
        if let number = asked.body["socket"]?.int {
            guard open.contains(number) else { throw ControlError("socket: one of \(open)") }
            return [number]
        }
        guard let oldest = open.first else { throw ControlError("no socket is open") }
        return [oldest]
    }
}
