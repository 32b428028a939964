import FoundationEssentials
import PluginAPI
import Testing

@Suite struct MentionTests {
    @Test func `ids become mentions`() {
        #expect(Mention.user("U012AB").source == "<@U012AB>")
        #expect(Mention.channel("C1").source == "<#C1>")
        #expect(Mention.userGroup("S1").source == "<!subteam^S1>")
    }

    @Test(arguments: ["", "U1>", "U1|x", "u1", "\u{212A}1", "!here", "U1\n", "Ü1", "U 1", "<@U1>"])
    func `what is no id is shown as text`(id: String) {
        for mention in [Mention.user(id), Mention.channel(id), Mention.userGroup(id)] {
            #expect(mention == id.escaped())
        }
    }

    @Test func `a moment has its seconds, format and fallback`() {
        let date = Date(timeIntervalSince1970: 1_700_000_000.9)
        #expect(
            Mention.date(date, fallback: "Nov 14").source
                == "<!date^1700000000^{date_short_pretty} at {time}|Nov 14>")
        #expect(
            Mention.date(date, format: "{time}^https://evil", fallback: "a|b>c").source
                == "<!date^1700000000^{time}ˆhttps://evil|a¦b&gt;c>")
        #expect(Mention.date(Date(timeIntervalSince1970: .infinity), fallback: "never").source == "never")
    }

    @Test(
        arguments: [
            ("https://example.com/a?b=1&c=2", "x", "<https://example.com/a?b=1&amp;c=2|x>"),
            ("https://example.com", nil, "<https://example.com>"),
            ("HTTP://example.com", "", "<HTTP://example.com>"),
            ("https://e.com/a|b", "a|b", "<https://e.com/a%7Cb|a¦b>"),
            ("https://e.com", "<!channel> & more\nlines", "<https://e.com|&lt;!channel&gt; &amp; more lines>"),
            ("https://e.com/中", "é", "<https://e.com/中|é>"),
        ] as [(String, String?, String)])
    func `an address becomes a link`(address: String, label: String?, markup: String) {
        #expect(Mention.link(address, label).source == markup)
    }

    @Test(arguments: [
        "javascript:alert(1)", "data:text/html,x", "ftp://e.com", "//e.com", "https://", "https:///x",
        "https://e.com/<x>",
        "https://e.com/ x", "https://e.com/\n", "https://e.com\u{202E}", "", "mailto:a@b.c", "ｈttps://e.com",
        "https://e.com\\@evil", "https://e.com/\"",
    ])
    func `other addresses are not linked`(address: String) {
        #expect(Mention.link(address, "the <label>").source == "the &lt;label&gt;")
        #expect(Mention.link(address) == address.escaped())
    }
}
