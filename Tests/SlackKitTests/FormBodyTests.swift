import SlackKit
import Testing

@Suite struct `A form body` {
    @Test func `is decoded as browsers encode it`() throws {
        let form = try FormBody(
            Array("a=1&b=two+words&c=%2Fpd%20x&d=%C3%A9%f0%9f%8d%95&e=1%2B1%3D2&f&g=&=h&i=x=y".utf8))
        #expect(form["a"] == "1")
        #expect(form["b"] == "two words")
        #expect(form["c"] == "/pd x")
        #expect(form["d"] == "é🍕")
        #expect(form["e"] == "1+1=2")
        #expect(form["f"] == "")
        #expect(form["g"] == "")
        #expect(form[""] == "h")
        #expect(form["i"] == "x=y")
        #expect(form["nothing"] == nil)
    }

    @Test func `names are decoded too, empty pairs are skipped, the first of a name counts`() throws {
        let form = try FormBody(Array("&&team%5Fid=T1&team_id=T2&&".utf8))
        #expect(form["team_id"] == "T1")
        #expect(form.fields.count == 2)
    }

    @Test func `a name that merely equals another is another`() throws {
        // The Kelvin sign equals K as a String.
        let form = try FormBody(Array("%E2%84%AA=sign&K=letter".utf8))
        #expect(form["K"] == "letter")
    }

    @Test func `an empty body has no field`() throws {
        #expect(try FormBody([]).fields.isEmpty)
        #expect(try FormBody(Array("&&&".utf8)).fields.isEmpty)
    }

    @Test(arguments: [
        "a=%", "a=%2", "a=%2&b=1", "a=%zz", "a=%+1", "a=% 1", "a=%-1", "a=%0x41", "%=1", "a=%C3%A", "ok=1&a=%G0",
        "a=%%41",
    ])
    func `a percent sign without two digits is refused`(body: String) {
        #expect(throws: DecodeFault.self) { try FormBody(Array(body.utf8)) }
    }

    @Test(arguments: [
        "a=%C3", "a=%FF", "a=%C0%80", "a=%ED%A0%80", "a=%F4%90%80%80", "a=%C3%28", "%80=a", "a=%E2%82",
    ])
    func `what is not UTF-8 is refused`(body: String) {
        #expect(throws: DecodeFault("form[0]", expected: "UTF-8", found: "other bytes")) {
            try FormBody(Array(body.utf8))
        }
    }

    @Test func `raw bytes that are not UTF-8 are refused`() {
        #expect(throws: DecodeFault.self) { try FormBody([0x61, 0x3D, 0xFF]) }
    }

    @Test func `a NUL is refused, raw or escaped, and the fault says where`() {
        #expect(throws: DecodeFault("form[1]", expected: "text without NUL", found: "a NUL")) {
            try FormBody(Array("a=1&b=x%00y".utf8))
        }
        #expect(throws: DecodeFault.self) { try FormBody([0x61, 0x3D, 0x00]) }
    }

    @Test func `a hundred fields are decoded and one more is refused`() throws {
        let hundred = Array(repeating: "a=1", count: 100).joined(separator: "&")
        #expect(try FormBody(Array(hundred.utf8)).fields.count == 100)
        #expect(throws: DecodeFault("form", expected: "at most 100 fields", found: "more")) {
            try FormBody(Array((hundred + "&a=1").utf8))
        }
    }

    @Test func `a long value is decoded whole`() throws {
        let long = String(repeating: "x%20", count: 200_000)
        #expect(try FormBody(Array("a=\(long)".utf8))["a"]?.utf8.count == 400_000)
    }
}
