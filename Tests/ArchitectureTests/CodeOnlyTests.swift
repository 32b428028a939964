import Testing

/// The rules read code through `CodeOnly`, so it has to know code from words.
@Suite struct CodeOnlyTests {
    @Test(arguments: [
        ("let a = b! // really!", "let a = b!           "),
        ("/* x! /* y! */ z! */ a!", "                     a!"),
        (#"let s = "no! \"no!\" no!"; a!"#, #"let s = "               "; a!"#),
        (#"let s = "no! \(yes!) no!""#, #"let s = "    \(yes!)    ""#),
        (#"let s = "\(f("no!", (yes!)))""#, #"let s = "\(f("   ", (yes!)))""#),
        (##"let s = #"no! \(no!) "no!" \#(yes!)"#"##, ##"let s = #"                 \#(yes!)"#"##),
        ("let s = \"\"\"\n  no! \"no!\"\n  \"\"\"; a!", "let s = \"\"\"\n           \n  \"\"\"; a!"),
        ("#if !os(Linux)\na!\n#endif", "#if !os(Linux)\na!\n#endif"),
    ])
    func `keeps what runs and blanks what is said`(source: String, expected: String) {
        #expect(CodeOnly.of(source) == expected)
    }

    @Test func `finds every form of import and no other word`() {
        let file = SourceFile(
            path: "A.swift",
            text: """
                import One
                public import Two
                @preconcurrency import Three
                @testable package import Four
                import struct Five.Thing
                // import Six
                let text = "import Seven"
                #if canImport(Eight)
                    import Nine
                #endif
                """)
        #expect(file.imports.map(\.module) == ["One", "Two", "Three", "Four", "Five", "Nine"])
        #expect(file.imports.map(\.line) == [1, 2, 3, 4, 5, 9])
    }
}
