/// Something that pages of some people show.
struct ClientEvent: Sendable {
    var team: String
    /// Whose pages; nil is everybody's.
    var people: Set<String>?
    var text: String

    init(team: String, people: Set<String>?, _ type: String, _ fields: [String: JSON] = [:]) {
        self.team = team
        self.people = people
        text = JSON.object(fields.merging(["type": .string(type)]) { $1 }).text
    }

    /// An event that every page hears, whichever workspace it shows.
    static let reset = ClientEvent(team: "", people: nil, "reset")

    func isFor(team: String, user: String) -> Bool {
        (self.team.isEmpty || self.team == team) && (people?.contains(user) ?? true)
    }
}
