import PluginAPI
import Testing

@Suite struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `commas stand between members and elements only`() {
        let text = written { writer in
            writer.object { writer in
                writer.object("empty") { _ in }
                writer.array("list") { writer in
                    writer.integer(1)
                    writer.array { _ in }
                    writer.object { $0.member("a", true) }
                    writer.null()
                }
                writer.member("missing", nil as String?)
                writer.member("number", 7)
                writer.member("value", json: ["x": 0.5])
                writer.key("raw")
                writer.raw("[1]".utf8)
                writer.key("float")
                writer.number(2.5)
            }
        }
        #expect(
            text == #"{"empty":{},"list":[1,[],{"a":true},null],"number":7,"value":{"x":0.5},"raw":[1],"float":2.5}"#)
    }

    @Test func `every scalar comes back from Foundation-free JSON as it was`() throws {
        for code in UInt32(0)...0x3000 {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let text = "a\(scalar)b"
            let bytes = Array(written { $0.string(text) }.utf8)
            #expect(bytes.allSatisfy { $0 >= 0x20 })
            let read = try JSONValue(decoding: bytes).string
            #expect(read.map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test func `line separators are escaped and their neighbours are not`() {
        #expect(written { $0.string("\u{2027}\u{2028}\u{2029}\u{202A}") } == "\"\u{2027}\\u2028\\u2029\u{202A}\"")
    }

    @Test func `a quote under a combining mark is escaped`() {
        #expect(written { $0.string("\"\u{301}") }.utf8.elementsEqual("\"\\\"\u{301}\"".utf8))
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan])
    func `what JSON cannot say is null`(number: Double) {
        #expect(written { $0.number(number) } == "null")
    }

    @Test(arguments: [0.1, 1e100, .leastNonzeroMagnitude, -0.0, 1e16, .greatestFiniteMagnitude])
    func `a number comes back exactly`(number: Double) throws {
        let read = try JSONValue(decoding: written { $0.number(number) }.utf8).double
        #expect(read?.bitPattern == number.bitPattern)
    }
}
