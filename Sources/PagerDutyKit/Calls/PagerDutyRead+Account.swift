private import PluginAPI

extension PagerDutyRead where Response == PagerDuty.Subdomain {
    /// Finds out which account a key belongs to, by asking for one user and where their account lives:
    /// `GET /users?limit=1&include[]=subdomains`.
    static var accountSubdomain: Self {
        let request = HTTPRequest.get("/users", query: [("limit", "1"), ("include[]", "subdomains")])
        return Self(request, at: "users")
    }
}
