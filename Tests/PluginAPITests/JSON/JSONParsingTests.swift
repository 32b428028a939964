import PluginAPI
import Testing

@Suite struct JSONParsingTests {
    static func parse(_ text: String) throws(JSONError) -> JSONValue { try JSONValue(decoding: text.utf8) }

    @Test(
        arguments: [
            ("null", .null), ("true", .bool(true)), (" \t\r\nfalse ", .bool(false)),
            ("0", .integer(0)), ("-1", .integer(-1)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("123456789012345678901234567890", .number(123_456_789_012_345_677_877_719_597_056)),
            ("1.5", .number(1.5)), ("1.0", .number(1)), ("-0.5e-2", .number(-0.005)), ("1E+2", .number(100)),
            ("1e308", .number(1e308)), ("5e-324", .number(.leastNonzeroMagnitude)), ("1e-400", .number(0)),
            ("\"\"", .string("")), (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{c}\n\r\t")),
            (#""\u00e9\u20AC\ud83d\uDE00""#, .string("é€😀")), ("\"é€😀\u{7f}\u{2028}\"", .string("é€😀\u{7f}\u{2028}")),
            (#""a\u0000b""#, .string("a\0b")), ("[]", .array([])), ("[ ]", .array([])), ("{ }", .object([:])),
            ("[1 , [2],{\"a\" : [ ]} ]", [1, [2], ["a": []]]),
            (#"{"":1,"é":{"b":null}}"#, ["": 1, "é": ["b": nil]]),
        ] as [(String, JSONValue)])
    func `a value is read`(text: String, value: JSONValue) throws {
        #expect(try Self.parse(text) == value)
    }

    @Test func `minus zero keeps its sign`() throws {
        #expect(try Self.parse("-0") == .number(0))
        #expect(try Self.parse("-0").double?.sign == .minus)
        #expect(try Self.parse("[-0.0]")[0].double?.sign == .minus)
    }

    @Test func `the first of two members with one name counts`() throws {
        #expect(try Self.parse(#"{"a":1,"\u0061":2,"a":null}"#) == ["a": 1])
        #expect(try Self.parse(#"{"a":null,"a":2}"#) == ["a": nil])
    }

    @Test(
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("nul", .unexpectedEnd, 3),
            ("nulL", .unexpectedByte, 3),
            ("True", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0), ("-Infinity", .badNumber, 1),
            ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
            ("[1", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1),
            ("{\"a\"}", .unexpectedByte, 4), ("{\"a\":}", .unexpectedByte, 5), ("{\"a\":1,}", .unexpectedByte, 7),
            ("{a:1}", .unexpectedByte, 1), ("{'a':1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1),
            ("[1}", .unexpectedByte, 2), ("{\"a\":1]", .unexpectedByte, 6), ("]", .unexpectedByte, 0),
            ("1 1", .trailingBytes, 2), ("{}{}", .trailingBytes, 2), ("null\0", .trailingBytes, 4),
            ("\0", .unexpectedByte, 0),
            ("/* */1", .unexpectedByte, 0), ("1//", .trailingBytes, 1),
            ("01", .badNumber, 0), ("-01", .badNumber, 0), ("00", .badNumber, 0), ("+1", .unexpectedByte, 0),
            ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), (".5", .unexpectedByte, 0), ("1.e1", .badNumber, 2),
            ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3), ("1e+x", .badNumber, 3), ("0x10", .trailingBytes, 1),
            ("1_000", .trailingBytes, 1), ("1e400", .numberOutOfRange, 0), ("[-1e999]", .numberOutOfRange, 1),
            ("\"", .unexpectedEnd, 1), ("\"abc", .unexpectedEnd, 4), ("\"a\nb\"", .controlCharacter, 2),
            ("\"\0\"", .controlCharacter, 1), ("\"\\n\u{1f}\"", .controlCharacter, 3), ("\"\\", .unexpectedEnd, 2),
            (#""\x41""#, .badEscape, 2), (#""\'""#, .badEscape, 2), (#""\u12G4""#, .badEscape, 5),
            (#""\u+123""#, .badEscape, 3), (#""\u12"#, .unexpectedEnd, 5), (#""\U0041""#, .badEscape, 2),
            (#""\ud800""#, .loneSurrogate, 3), (#""\udc00""#, .loneSurrogate, 3),
            (#""\ud800\ud800""#, .loneSurrogate, 3),
            (#""\ud800x\udc00""#, .loneSurrogate, 3), (#""\ud83d\n""#, .loneSurrogate, 3),
            (#""\ud83d\u"#, .unexpectedEnd, 9),
            ("\u{FEFF}{}", .byteOrderMark, 0), ("{}\u{FEFF}", .trailingBytes, 2), ("[1,\u{a0}2]", .unexpectedByte, 3),
        ] as [(String, JSONError.Problem, Int)])
    func `malformed input is refused with its place`(text: String, problem: JSONError.Problem, offset: Int) throws {
        #expect(throws: JSONError(problem, at: offset)) { try Self.parse(text) }
    }

    @Test(
        arguments: [
            [0x22, 0x80, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xE2, 0x82, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xFF, 0x22],
            [0x22, 0x5C, 0x6E, 0xC3, 0x22], [0x7B, 0x22, 0x80, 0x22, 0x3A, 0x31, 0x7D],
        ] as [[UInt8]])
    func `texts that are not UTF-8 are refused`(bytes: [UInt8]) throws {
        let error = #expect(throws: JSONError.self) { try JSONValue(decoding: bytes) }
        #expect(error?.problem == .notUTF8)
    }

    @Test(
        arguments: [
            [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], [0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D], [0x7B, 0x00, 0x7D, 0x00],
            [0x00, 0x7B, 0x00, 0x7D], [0x00, 0x00, 0x00, 0x7B], [0xEF, 0xBB, 0xBF, 0x7B, 0x7D],
        ] as [[UInt8]])
    func `other encodings and byte order marks are refused`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue(decoding: bytes) }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `nesting is bounded on the way in`(open: String) throws {
        let close = open == "[" ? "]" : "}"
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        _ = try Self.parse(nested(64))
        let error = #expect(throws: JSONError.self) { try Self.parse(nested(65)) }
        #expect(error?.problem == .tooDeep(limit: 64))
        #expect(throws: JSONError.self) { try Self.parse(String(repeating: open, count: 100_000)) }
        #expect(throws: JSONError.self) {
            try JSONValue(decoding: nested(257).utf8, maximumDepth: .max)
        }
    }

    @Test func `the length is checked before anything is read`() throws {
        _ = try JSONValue(decoding: "[1,2]".utf8, maximumBytes: 5)
        #expect(throws: JSONError(.tooManyBytes(limit: 4), at: 0)) {
            try JSONValue(decoding: "[1,2]".utf8, maximumBytes: 4)
        }
    }

    @Test func `a number of a megabyte is refused quickly`() throws {
        let digits = String(repeating: "9", count: 1_000_000)
        #expect(throws: JSONError(.badNumber, at: 0)) { try Self.parse(digits) }
        #expect(throws: JSONError(.badNumber, at: 0)) { try Self.parse("0." + digits) }
    }

    @Test func `every beginning of a valid text is refused or a shorter value`() throws {
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",true,false,null,{}],"b":"é😀"}"#.utf8)
        _ = try JSONValue(decoding: text)
        for length in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONValue(decoding: text[..<length]) }
        }
    }

    @Test func `any byte put anywhere never traps, and what is read can be written and read again`() throws {
        let text = Array(#"{"a":[1,-2.5,"x\u00e9",true],"b":"é"}"#.utf8)
        for position in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[position] = byte
                guard let value = try? JSONValue(decoding: changed) else { continue }
                #expect(try JSONValue(decoding: value.encoded) == value)
            }
        }
    }

    @Test func `an error says where and never what`() throws {
        let error = #expect(throws: JSONError.self) { try Self.parse(#"{"token":"xoxb-secret" oops}"#) }
        #expect(error.map(String.init(describing:)) == "JSON: a byte that cannot stand there, at byte 23")
    }
}
