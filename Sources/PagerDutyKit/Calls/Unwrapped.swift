private import FoundationEssentials

/// What an answer holds under the one key that matters; PagerDuty wraps every answer in an object.
struct Unwrapped<Value: Decodable>: DecodableWithConfiguration {
    var value: Value

    init(from decoder: any Decoder, configuration key: String) throws {
        value = try decoder.container(keyedBy: AnswerKey.self).decode(Value.self, forKey: AnswerKey(key))
    }

    static func decode(_ body: [UInt8], at key: String) throws -> Value {
        try JSONDecoder().decode(Self.self, from: Data(body), configuration: key).value
    }
}

/// A key of an answer, known at run time only.
struct AnswerKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ key: String) { stringValue = key }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
