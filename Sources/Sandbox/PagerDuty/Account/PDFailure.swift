/// An answer in PagerDuty's error shape.
///
/// - SeeAlso: https://developer.pagerduty.com/docs/errors
struct PDFailure: Error, Sendable, Equatable {
    var status: Int
    var message: String
    var code: Int
    var errors: [String] = []

    static let unauthorized = PDFailure(status: 401, message: "Unauthorized", code: 2006)
    static let accessDenied = PDFailure(status: 403, message: "Access Denied", code: 2010)
    static let notFound = PDFailure(status: 404, message: "Not Found", code: 2100)
    static let rateLimited = PDFailure(status: 429, message: "Rate Limit Exceeded", code: 2020)
    static let requesterNotFound = PDFailure(status: 400, message: "Requester User Not Found", code: 1008)
    static let requesterNotAuthorized = PDFailure(status: 400, message: "Requester User Not Authorized", code: 1018)
    /// The account's plan does not include what was asked for.
    static func needsAbility(_ ability: String) -> PDFailure {
        PDFailure(
            status: 402, message: "Account does not have the abilities to perform the action", code: 2014,
            errors: [ability])
    }
    static let fromMissing = PDFailure(
        status: 400, message: "You must specify a user's email address in the \"From\" header to perform this action",
        code: 2016)

    /// What PagerDuty says with a status, where somebody wants it to fail like that.
    static func onPurpose(status: Int) -> PDFailure {
        switch status {
        case 401: unauthorized
        case 403: accessDenied
        case 404: notFound
        case 429: rateLimited
        case 400...499: PDFailure(status: status, message: "Invalid Input Provided", code: 2001)
        default: PDFailure(status: status, message: "Internal Server Error", code: 2000)
        }
    }

    /// A field that does not pass.
    static func invalid(_ errors: String...) -> PDFailure {
        PDFailure(status: 400, message: "Invalid Input Provided", code: 2001, errors: errors)
    }

    /// Arguments that are well formed and yet cannot be.
    static func arguments(_ errors: String...) -> PDFailure {
        PDFailure(status: 400, message: "Arguments Caused Error", code: 2002, errors: errors)
    }

    static let alreadyResolved = PDFailure(
        status: 400, message: "Incident Already Resolved", code: 1001, errors: ["Incident Already Resolved"])

    var json: JSON {
        var error: JSON = ["message": .string(message), "code": .int(code)]
        if !errors.isEmpty { error["errors"] = .array(errors.map(JSON.string)) }
        return ["error": error]
    }
}
