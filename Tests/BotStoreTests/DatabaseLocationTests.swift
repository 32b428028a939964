import BotStore
import Foundation
import Testing

@Suite struct DatabaseLocationTests {
    @Test(arguments: [
        ("sqlite:./data/bothost.sqlite", "./data/bothost.sqlite"), ("sqlite:/var/lib/b.sqlite", "/var/lib/b.sqlite"),
        ("sqlite:///var/lib/b.sqlite", "/var/lib/b.sqlite"), ("SQLite:b", "b"), ("sqlite:a:b c?d=e", "a:b c?d=e"),
    ])
    func `a SQLite address is a path`(text: String, path: String) throws {
        #expect(try DatabaseLocation(text) == .sqlite(path: path))
    }

    @Test(arguments: [
        ("", "has no scheme"), ("bothost.sqlite", "has no scheme"), (":x", "not known"), ("mysql://h/d", "not known"),
        ("sqlite:", "has no path"), ("sqlite://host/file", "two strokes"), ("sqlite:data/", "names a folder"),
        ("sqlite::memory:", "nothing survives a restart"), ("sqlite:a\u{0}b", "control characters"),
        ("sqlite:a\r\nb", "control characters"),
    ])
    func `an address that cannot be right is refused with examples`(text: String, problem: String) {
        let refusal = #expect(throws: StoreError.self) { try DatabaseLocation(text) }
        #expect(refusal?.code == .configuration)
        #expect(refusal?.sentence.hasPrefix("DATABASE_URL ") == true)
        #expect(refusal?.sentence.contains(problem) == true, "\(refusal?.sentence ?? "")")
        #expect(refusal?.sentence.contains("sqlite:./data/bothost.sqlite") == true)
    }

    @Test func `a password in an address is not repeated`() {
        let refusal = #expect(throws: StoreError.self) { try DatabaseLocation("postgers://bothost:CANARY@db/bothost") }
        #expect(refusal.map { "\($0)".contains("CANARY") } == false)
    }

    @Test(arguments: ["postgres://bothost:CANARY@db/bothost", "postgresql://db/bothost"])
    func `with PostgreSQL the keys are not kept beside the database`(text: String) throws {
        let location = try DatabaseLocation(text)
        #expect(!"\(location)".contains("CANARY"))
        let keys = #expect(throws: StoreError.self) { try location.keys(environment: nil) }
        #expect(keys?.sentence.hasPrefix("BOTHOST_KEYS is not set") == true)
        #expect(try location.keys(environment: Secret(KeyRing.testText)).ring.ids == ["test"])
    }

    @Test(arguments: [
        ("postgres://bothost:CANARY@db", "names no database"), ("postgres://", "names no database"),
        ("postgres://bothost:CANARY%@db/bothost", "is no address"), ("postgres://db/b?CANARY=1", "is no address"),
        ("postgres://bothost:CANARY x@db/bothost", "must escape"), ("postgres://db/b\u{0}CANARY", "must escape"),
    ])
    func `an address of PostgreSQL that cannot be right is refused with examples and without its password`(
        text: String, problem: String
    ) {
        let refusal = #expect(throws: StoreError.self) { try DatabaseLocation(text) }
        #expect(refusal?.code == .configuration)
        #expect(refusal?.sentence.contains(problem) == true, "\(refusal?.sentence ?? "")")
        #expect(refusal?.sentence.contains("postgres://bothost@db.internal/bothost") == true)
        #expect(refusal?.sentence.contains("CANARY") == false)
    }
}
