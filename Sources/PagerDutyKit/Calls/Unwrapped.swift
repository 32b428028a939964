private import FoundationEssentials

/// What an answer holds under the one key that matters; PagerDuty wraps every answer in an object.
struct Unwrapped<Value: Decodable>: DecodableWithConfiguration {
    var value: Value

    init(from decoder: any Decoder, configuration key: String) throws {
        value = try decoder.container(keyedBy: Name.self).decode(Value.self, forKey: Name(stringValue: key))
    }

    struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
