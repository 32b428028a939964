import Foundation
import Testing

@testable import BotStore

@Suite struct KeyRingTests {
    private let place = SecretPlace(table: "accounts", column: "credential", row: ["pagerduty", "", "T1", "U1"])

    private func ring(_ texts: String...) throws -> KeyRing {
        try KeyRing(parsing: Secret(texts.joined(separator: ",")))
    }

    @Test func `what is sealed opens again, and never looks the same twice`() throws {
        let ring = try KeyRing.test
        let first = try ring.seal(Secret("u+canary"), at: place)
        #expect(try ring.open(first, at: place) == Secret("u+canary"))
        #expect(try ring.seal(Secret("u+canary"), at: place) != first)
        #expect(first.range(of: Data("canary")) == nil)
        #expect(try ring.open(ring.seal(Secret(""), at: place), at: place).isEmpty)
    }

    @Test func `a secret that was moved to another place does not open there`() throws {
        let ring = try KeyRing.test
        let sealed = try ring.seal(Secret("token"), at: place)
        for other in [
            SecretPlace(table: "accounts", column: "credential", row: ["pagerduty", "", "T1", "U2"]),
            SecretPlace(table: "accounts", column: "credential", row: ["pagerduty", "T1", "", "U1"]),
            SecretPlace(table: "accounts", column: "credential", row: ["pagerduty", "", "T1U1"]),
            SecretPlace(table: "accounts", column: "other", row: place.row),
            SecretPlace(table: "accountscredential", column: "", row: place.row),
        ] {
            #expect(throws: StoreError.self) { try ring.open(sealed, at: other) }
        }
    }

    @Test func `no byte can be changed, and no length, without notice`() throws {
        let ring = try KeyRing.test
        let sealed = try ring.seal(Secret("token"), at: place)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: StoreError.self, "byte \(index)") { try ring.open(changed, at: place) }
        }
        for length in 0..<sealed.count {
            #expect(throws: StoreError.self, "length \(length)") { try ring.open(sealed.prefix(length), at: place) }
        }
        #expect(throws: StoreError.self) { try ring.open(sealed + [0], at: place) }
    }

    @Test func `the first key seals and all of them open`() throws {
        let old = try ring(KeyRing.testText)
        let both = try ring(KeyRing.otherText, KeyRing.testText)
        let sealed = try old.seal(Secret("token"), at: place)
        #expect(try both.open(sealed, at: place) == Secret("token"))
        let anew = try both.seal(Secret("token"), at: place)
        #expect(KeyRing.keyID(of: anew) == "other")
        let refusal = #expect(throws: StoreError.self) { try old.open(anew, at: place) }
        #expect(refusal?.code == .wrongKey)
        #expect(
            refusal?.sentence
                == "The secret in accounts.credential of pagerduty//T1/U1 is sealed with the key 'other': "
                + "add that key to BOTHOST_KEYS.")
    }

    @Test func `a key with a known id and other bytes is told from a missing one`() throws {
        let sealed = try KeyRing.test.seal(Secret("token"), at: place)
        let impostor = try ring("test:" + Data(repeating: 8, count: 32).base64EncodedString())
        let refusal = #expect(throws: StoreError.self) { try impostor.open(sealed, at: place) }
        #expect(refusal?.sentence.contains("does not open with the key 'test'") == true)
    }

    @Test(arguments: [
        ("", "entry 1 has no colon"), ("k1", "entry 1 has no colon"), ("k1:", "entry 1 has a key of 0 bytes"),
        ("k1:!!!!", "entry 1 is not base64"), ("k1:c2hvcnQ=", "entry 1 has a key of 5 bytes, not 32"),
        (KeyRing.testText + ",", "entry 2 has no colon"),
        (KeyRing.testText + "," + KeyRing.testText, "id of an earlier"),
        ("a b:" + KeyRing.testText, "entry 1 has an id"), (":" + KeyRing.testText, "entry 1 has an id"),
        ("é:" + KeyRing.testText, "entry 1 has an id"),
        ("k1:" + Data(count: 32).base64EncodedString(), "entry 1 has a key of zeros"),
    ])
    func `keys that cannot be right are refused without being printed`(text: String, problem: String) {
        let refusal = #expect(throws: StoreError.self) { try KeyRing(parsing: Secret(text)) }
        #expect(refusal?.sentence.hasPrefix("BOTHOST_KEYS: ") == true)
        #expect(refusal?.sentence.contains(problem) == true, "\(refusal?.sentence ?? "")")
        #expect(refusal?.sentence.contains("make a key with:") == true)
        #expect(refusal.map { "\($0)".contains(Data(repeating: 7, count: 32).base64EncodedString()) } == false)
    }

    @Test func `spaces around the entries do no harm`() throws {
        #expect(try ring(" " + KeyRing.testText + " ", "\n" + KeyRing.otherText).ids == ["test", "other"])
    }

    @Test func `a new key can be used at once, and is another each time`() throws {
        let (first, second) = (KeyRing.newKey(), KeyRing.newKey())
        #expect(try KeyRing(parsing: first).ids != KeyRing(parsing: second).ids)
        let ring = try KeyRing(parsing: first)
        #expect(try ring.open(ring.seal(Secret("x"), at: place), at: place) == Secret("x"))
    }

    @Test func `a key ring prints its ids and nothing else`() throws {
        let ring = try KeyRing.test
        var dumped = ""
        dump(ring, to: &dumped)
        #expect("\(ring)" == "keys test")
        for text in ["\(ring)", String(reflecting: ring), dumped] {
            #expect(!text.contains(Data(repeating: 7, count: 32).base64EncodedString()))
        }
    }
}
