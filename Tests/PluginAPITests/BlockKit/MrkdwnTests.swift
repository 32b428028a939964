import PluginAPI
import Testing

@Suite struct MrkdwnTests {
    @Test func `a literal keeps its markup and what is interpolated is shown as it is`() {
        let name = "<!channel> & *co*"
        let count = 3
        let markup: Mrkdwn = "*\(name)* has \(count) of \(Mention.user("U1")) in \(name.prefix(3))"
        #expect(markup.source == "*&lt;!channel&gt; &amp; *co** has 3 of <@U1> in &lt;!c")
    }

    @Test func `markup is not escaped twice`() {
        let name = "a<b".escaped()
        #expect(("\(name)" as Mrkdwn).source == "a&lt;b")
        #expect((["a", "<".escaped()] as [Mrkdwn]).joined(separator: ", ").source == "a, &lt;")
    }

    @Test func `messages and texts escape what is interpolated`() {
        let name = "<@U1>"
        #expect(("Hi \(name)" as Message).text.source == "Hi &lt;@U1&gt;")
        #expect(
            written(.section("Hi \(name)")) == #"{"type":"section","text":{"type":"mrkdwn","text":"Hi &lt;@U1&gt;"}}"#)
        #expect(written(.context("Hi \(name)")).contains(#""Hi &lt;@U1&gt;""#))
    }

    @Test func `no scalar and no cluster gets a mark through`() {
        let marks: [Unicode.Scalar] = ["<", ">", "&"]
        for mark in marks {
            for code in UInt32(1)...0x3100 {
                guard let scalar = Unicode.Scalar(code), !marks.contains(scalar) else { continue }
                let escaped = "\(scalar)\(mark)\(scalar)".escaped().source
                #expect(!escaped.unicodeScalars.contains("<") && !escaped.unicodeScalars.contains(">"))
                #expect(escaped.unicodeScalars.filter { $0 == "&" }.count == 1)
            }
        }
        #expect("<\u{338}".escaped().source.unicodeScalars.elementsEqual("&lt;\u{338}".unicodeScalars))
    }

    @Test(arguments: [
        ("a\0b\u{1}\u{8}\u{1b}[31m\u{7f}\u{85}c", "ab[31mc"), ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
        ("user\u{202E}gpj.exe\u{202C}", "usergpj.exe"), ("\u{2066}a\u{2069}\u{200F}\u{200E}\u{61C}b\u{FEFF}", "ab"),
        ("👩‍💻 é ẞ 中", "👩‍💻 é ẞ 中"), ("", ""),
    ])
    func `what cannot be seen goes`(text: String, shown: String) {
        #expect(text.escaped().source.utf8.elementsEqual(shown.utf8))
        #expect(shown.escaped().source.utf8.elementsEqual(shown.utf8))
        #expect(TextObject.plain(text) == .plain(shown))
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abc def", 5, "abc…"), ("😀😀😀", 6, "😀😀😀"),
        ("😀😀😀", 5, "😀😀…"), ("😀😀😀", 4, "😀…"), ("e\u{301}e\u{301}", 2, "e…"), ("abc", 1, "…"), ("abc", 0, ""),
        ("", 0, ""),
        ("a👩‍💻bbb", 5, "a👩…"),
    ])
    func `a text is cut between scalars to the limit`(text: String, limit: Int, cut: String) {
        #expect(text.escaped(limit: limit).source.utf8.elementsEqual(cut.utf8))
    }

    @Test(arguments: [
        ("ab&cd", 6, "ab…"), ("ab&cd", 8, "ab&amp;…"), ("ab&cd", 9, "ab&amp;cd"), ("<<<", 5, "&lt;…"),
    ])
    func `an entity stays whole or goes`(text: String, limit: Int, cut: String) {
        #expect(text.escaped(limit: limit).source == cut)
    }

    @Test(arguments: [
        ("see <https://example.com|this> now", 20, "see…"),
        ("see <https://example.com|this> now", 32, "see <https://example.com|this>…"),
        ("a < b and more", 6, "a < b…"), ("a <b <https://x.y>", 17, "a <b…"), ("&&&&&&", 4, "&&&…"),
    ])
    func `a link stays whole or goes`(text: String, limit: Int, cut: String) {
        #expect(Mrkdwn(raw: text).clipped(to: limit).source == cut)
    }

    @Test func `cutting a long text of lone marks is quick`() {
        let marks = Mrkdwn(raw: String(repeating: "<", count: 100_000))
        #expect(marks.clipped(to: 40_000).source.utf16.count == 40_000)
    }

    @Test func `every cut is within its limit`() {
        let text = "a<b>&😀é\u{200D} <https://e.com|x> &amp; "
        for limit in 0...80 {
            #expect(String(repeating: text, count: 3).escaped(limit: limit).source.utf16.count <= limit)
            #expect(Mrkdwn(raw: String(repeating: text, count: 3)).clipped(to: limit).source.utf16.count <= limit)
        }
    }
}
