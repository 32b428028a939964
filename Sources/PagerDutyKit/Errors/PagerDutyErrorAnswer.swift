private import FoundationEssentials

/// What can be read out of an error's body: `{"error": {"message", "code", "errors"}}`, where `errors` is a list of
/// sentences, a sentence, or a list of sentences by field, depending on the age of the endpoint.
struct PagerDutyErrorAnswer: Sendable {
    static let mostDetails = 5
    static let longestDetail = 200
    /// Error bodies are short; what is longer is a page of a gateway.
    static let longestBody = 64 * 1024

    var code: Int?
    var details: [String] = []

    init(body: some Collection<UInt8>) {
        guard body.count <= Self.longestBody,
            let error = try? JSONDecoder().decode(Body.self, from: Data(body)).error
        else { return }
        code = error.code
        let told = error.errors.isEmpty ? [error.message].compactMap(\.self) : error.errors
        details = told.prefix(Self.mostDetails).map(Self.tidy).filter { !$0.isEmpty }
    }

    /// One line without control, format and private characters, cut at ``longestDetail`` scalars.
    private static func tidy(_ text: String) -> String {
        var tidy = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where tidy.count < longestDetail {
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: continue
            default: tidy.append(scalar)
            }
        }
        return String(tidy)
    }

    private struct Body: Decodable {
        var error: Content
    }

    private struct Content: Decodable {
        var code: Int?
        var message: String?
        var errors: [String]

        init(from decoder: any Decoder) throws {
            // The integration API answers with a bare sentence.
            if let sentence = try? decoder.singleValueContainer().decode(String.self) {
                message = sentence
                errors = []
                return
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            code = container.count(.code)
            message = container.text(.message)
            errors =
                container.tolerant(TolerantArray<String>.self, .errors)?.elements
                ?? container.text(.errors).map { [$0] }
                ?? container.tolerant([String: [String]].self, .errors)?
                .sorted { $0.key < $1.key }.flatMap(\.value)
                ?? []
        }

        private enum CodingKeys: String, CodingKey {
            case code, message, errors
        }
    }
}
