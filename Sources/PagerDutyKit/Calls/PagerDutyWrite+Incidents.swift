private import PluginAPI

extension PagerDutyWrite where Response == PagerDuty.Incident {
    /// Makes an incident: `POST /incidents`.
    ///
    /// PagerDuty refuses a second open incident with the same key on the same service, so that a call which is sent
    /// twice makes one.
    package static func create(_ incident: PagerDuty.NewIncident) -> Self {
        let request = HTTPRequest.post("/incidents", json: ["incident": incident])
        return Self(request, needsFrom: true, at: "incident")
    }
}
