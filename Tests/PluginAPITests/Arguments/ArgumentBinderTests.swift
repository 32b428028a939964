import Testing

@testable import PluginAPI

@Suite struct ArgumentBinderTests {
    @Test func `words fill the arguments in their order`() throws {
        let brew = try typed(Brew.self, "ada 2 oat")
        #expect(brew.who == "ada")
        #expect(brew.cups == 2)
        #expect(brew.milk == "oat")
    }

    @Test func `what is not given is the default, or nothing`() throws {
        let brew = try typed(Brew.self, "ada")
        #expect(brew.cups == 1)
        #expect(brew.milk == nil)
        #expect(brew.urgency == .low)
        #expect(brew.writeOn == nil)
        #expect(!brew.force)
    }

    @Test(arguments: [
        #""ada love""#, "“ada love”", "”ada love”", "„ada love“", "«ada love»", "»ada love«", "'ada love'",
        "‘ada love’", "‚ada love‘", #"„ada love""#,
    ])
    func `quotes of every nationality hold words together`(quoted: String) throws {
        #expect(try typed(Brew.self, "\(quoted) 3").who == "ada love")
        #expect(try typed(Brew.self, "\(quoted) 3").cups == 3)
        #expect(try typed(Brew.self, "ada --write-on=\(quoted)").writeOn == "ada love")
        #expect(try typed(Brew.self, "ada write-on:\(quoted)").writeOn == "ada love")
    }

    @Test(arguments: ["don't", #"5""#, "rock'n'roll", #""open"#, "„open", "it’s", "«"])
    func `a mark that is no quote stays in the word`(word: String) throws {
        #expect(try typed(Brew.self, "\(word) 3").who == word)
        #expect(try typed(Brew.self, "\(word) 3").cups == 3)
    }

    @Test(arguments: [
        "ada --cups 3", "ada --cups=3", "ada cups:3", "ada cups: 3", "--cups 3 ada", "ada —cups 3", "ada –cups=3",
        "ada --CUPS 3", "ada Cups:3", #"ada --cups "3""#, "  ada\t--cups \n3  ", "ada --cups 2 --cups 3",
    ])
    func `an argument can be given by its name`(words: String) throws {
        let brew = try typed(Brew.self, words)
        #expect(brew.who == "ada")
        #expect(brew.cups == 3)
    }

    @Test func `an argument given by name leaves its place to the next one`() throws {
        let brew = try typed(Brew.self, "--who ada 2 oat")
        #expect(brew.cups == 2)
        #expect(brew.milk == "oat")
    }

    @Test(arguments: [
        ("ada --force", true), ("--force ada", true), ("ada —force", true), ("ada force:yes", true),
        ("ada --force=no", false), ("ada --force=off", false), ("ada", false),
    ])
    func `a flag is true where it stands, unless it says no`(words: String, expected: Bool) throws {
        let brew = try typed(Brew.self, words)
        #expect(brew.force == expected)
        #expect(brew.who == "ada")
    }

    @Test func `after two dashes everything is text`() throws {
        #expect(try typed(Brew.self, "-- --force").who == "--force")
        #expect(try typed(Brew.self, "-- cups:3").who == "cups:3")
    }

    @Test func `a quoted word that begins with dashes is text`() throws {
        #expect(try typed(Brew.self, #""--force""#).who == "--force")
    }

    @Test(arguments: ["https://example.com/x", "10:30", "note:x", ":", "a:b:c", "<https://a.example|ada: x>"])
    func `a colon after anything but a name is text`(word: String) throws {
        #expect(try typed(Brew.self, word).who == word)
    }

    @Test func `an empty text can be given`() throws {
        #expect(try typed(Brew.self, #"ada write-on:"""#).writeOn == "")
        #expect(try typed(Brew.self, #"ada --write-on="""#).writeOn == "")
    }

    @Test(arguments: [
        ("7 it is \"down\"  again ", #"it is "down"  again"#), (#"7 "it is down""#, "it is down"),
        ("7 it's --red hot", "it's --red hot"), ("7 --urgency high it is down", "it is down"),
        (#"7 "a" and "b""#, #""a" and "b""#), ("7 <@U0ADA|ada> said", "<@U0ADA|ada> said"),
        ("7 two\nlines", "two\nlines"), ("7 👩‍👩‍👧 e\u{301}", "👩‍👩‍👧 e\u{301}"),
    ])
    func `the rest of the line is taken as it stands`(words: String, expected: String) throws {
        let text = try typed(Note.self, words).text
        #expect(Array(text.utf8) == Array(expected.utf8))
    }

    @Test func `names may follow a quoted rest`() throws {
        let note = try typed(Note.self, #"7 "it is down" --urgency high --red"#)
        #expect(note.text == "it is down")
        #expect(note.urgency == .high)
        #expect(note.red)
    }

    @Test func `Slack's entities are the characters that were typed`() throws {
        #expect(
            try typed(Note.self, "7 salt &amp; pepper &lt; 5 &amp;lt; &copy; &").text
                == "salt & pepper < 5 &lt; &copy; &")
        #expect(try typed(Brew.self, "ada --write-on=&lt;3").writeOn == "<3")
    }

    @Test func `what merely looks like one of Slack's references is text`() throws {
        // Slack writes a typed `<` as an entity, so this is no link with a label and ends at the space.
        #expect(try typed(Brew.self, "&lt;https://a.example|b 3").who == "<https://a.example|b")
    }

    @Test func `a reference with spaces in its label is one word`() throws {
        let brew = try typed(Brew.self, "<https://a.example|a long label> 3")
        #expect(brew.who == "<https://a.example|a long label>")
        #expect(brew.cups == 3)
    }

    @Test(arguments: [
        ("", "`who` is missing: who drinks it"),
        ("ada 2 oat more", "I don't know what to do with “more”"),
        ("ada two", "`cups`: a whole number is needed, such as 3"),
        ("ada --cups", "`--cups` needs a value: how many cups"),
        ("ada --urgncy high", "I don't know `--urgncy`; did you mean `--urgency`?"),
        ("ada --zzz", "I don't know `--zzz`"),
        ("ada --urgency hihg", "`urgency`: did you mean “high”? One of high, low, whenever is needed"),
        ("ada --urgency purple", "`urgency`: one of high, low, whenever is needed"),
        ("ada --force=maybe", "`force`: yes or no is needed"),
        ("ada 2 oat &lt;x&gt;", "I don't know what to do with “<x>”"),
    ])
    func `a mistake is told in one sentence`(words: String, sentence: String) {
        #expect(mistake(Brew.self, words) == sentence)
    }

    @Test(arguments: [
        ("7", "`text` is missing: what to write"), ("", "`page` is missing: on which page"),
        ("seven x", "`page`: a whole number is needed, such as 3"),
    ])
    func `a missing rest is told like any other argument`(words: String, sentence: String) {
        #expect(mistake(Note.self, words) == sentence)
    }

    @Test func `an argument by name only can be required`() throws {
        #expect(mistake(Serve.self, "soup") == "`table` is missing: at which table")
        #expect(try typed(Serve.self, "soup table:4").table == 4)
    }

    @Test func `a mistake never repeats a long word whole`() {
        let sentence = mistake(Brew.self, "ada 1 oat " + String(repeating: "x", count: 5_000))
        #expect((sentence?.unicodeScalars.count ?? 0) < 120)
    }

    @Test(arguments: [
        String(repeating: "\"", count: 100_000), String(repeating: "„", count: 100_000),
        "ada " + String(repeating: "=„", count: 100_000), "ada " + String(repeating: "<", count: 200_000),
        String(repeating: "a ", count: 100_000), String(repeating: "--", count: 100_000),
        String(repeating: "e\u{301}", count: 100_000), String(repeating: ":", count: 200_000),
        String(repeating: " ", count: 200_000), String(repeating: "\u{0}", count: 10_000),
        "--" + String(repeating: "urgenc", count: 50_000), String(repeating: "“\u{301}”", count: 50_000),
        "ada " + String(repeating: "&", count: 200_000), "ada --cups " + String(repeating: "9", count: 100_000),
    ])
    func `no line is too long or too odd`(words: String) throws {
        _ = try? typed(Brew.self, words)
        _ = try? typed(Note.self, "7 " + words)
        _ = try? typed(Serve.self, words)
    }

    @Test func `more words than any command has are one last word`() {
        let line = CommandLine(Array(repeating: "a", count: 500).joined(separator: " "))
        #expect(line.words.count == CommandLine.wordLimit + 1)
        #expect(line.words.last?.text.utf8.count == 599)
    }

    @Test func `two calls at once never see each other's arguments`() async throws {
        try await withThrowingTaskGroup(of: (Int, Brew).self) { group in
            for number in 0..<200 {
                group.addTask { (number, try typed(Brew.self, "person\(number) \(number)")) }
            }
            for try await (number, brew) in group {
                #expect(brew.who == "person\(number)")
                #expect(brew.cups == number)
            }
        }
    }
}
