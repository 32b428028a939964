private import PluginAPI

extension PagerDutyWrite where Response == PagerDuty.User {
    /// Adds a person to the account, who gets an e-mail to accept: `POST /users`.
    ///
    /// The role is always sent: PagerDuty would make a Manager of somebody without one.
    package static func add(_ user: PagerDuty.NewUser) -> Self {
        let request = HTTPRequest.post("/users", json: ["user": user])
        return Self(request, needsFrom: true, at: "user")
    }
}
