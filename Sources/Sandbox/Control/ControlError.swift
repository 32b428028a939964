/// A request of a script or of the page that cannot be done, with the sentence that says why.
struct ControlError: Error, Equatable, CustomStringConvertible {
    let message: String
    var description: String { message }
    init(_ message: String) { self.message = message }
}
