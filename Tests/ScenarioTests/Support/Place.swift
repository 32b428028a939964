/// A conversation of the simulated workspaces.
struct Place: Sendable, Equatable {
    let id: String

    static let general = Place(id: "C0GENERAL")
    static let incidents = Place(id: "C0INCIDNT")
    static let checkout = Place(id: "C0CHECKOT")
    static let random = Place(id: "C0RANDOM1")
    /// A private channel without the app.
    static let privateWithoutApp = Place(id: "G0SECRETS")
    /// A private channel with the app.
    static let privateWithApp = Place(id: "G0SREBOT1")
    /// The direct message of Ada and Ben.
    static let adaAndBen = Place(id: "D0ADABEN1")
    static let globexGeneral = Place(id: "C0GLOBGEN")
    static let initechGeneral = Place(id: "C0INITGEN")
    static let globexOps = Place(id: "C0GLOBOPS")
}
