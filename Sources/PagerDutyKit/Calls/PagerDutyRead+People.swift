private import PluginAPI

extension PagerDutyRead where Response == PagerDuty.User {
    /// Whose token the call carries: `GET /users/me`. An account key has no user and gets an error.
    package static var me: Self { Self(.get("/users/me"), at: "user") }

    /// `GET /users/{id}`.
    package static func user(_ id: PagerDuty.ID) -> Self {
        Self(.get("/users/\(id)"), at: "user")
    }
}

extension PagerDutyRead where Response == PagerDuty.Team {
    /// `GET /teams/{id}`.
    package static func team(_ id: PagerDuty.ID) -> Self {
        Self(.get("/teams/\(id)"), at: "team")
    }
}

extension PagerDutyRead where Response == PagerDuty.Licenses {
    /// The account's seats: `GET /licenses`.
    package static var licenses: Self {
        Self(.get("/licenses"), at: "licenses")
    }
}

extension PagerDutyRead where Response == PagerDuty.Abilities {
    /// What the account's plan includes: `GET /abilities`.
    package static var abilities: Self {
        Self(.get("/abilities"), at: "abilities")
    }
}

extension PagerDutyList<PagerDuty.User> {
    /// People by a part of name or e-mail address, all of them where it is empty: `GET /users`.
    package static func users(matching query: String = "") -> Self {
        Self("/users", at: "users", query: .matching(query))
    }
}

extension PagerDutyList<PagerDuty.Team> {
    /// Teams by a part of their name: `GET /teams`.
    package static func teams(matching query: String = "") -> Self {
        Self("/teams", at: "teams", query: .matching(query))
    }
}

extension [(name: String, value: String)] {
    /// Longer search terms find nothing, but would make an address that servers refuse.
    static func matching(_ query: String) -> Self {
        query.isEmpty ? [] : [("query", String(query.prefix(100)))]
    }
}
