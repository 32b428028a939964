import Foundation
import Testing

@testable import BotStore

@Suite struct StampTests {
    let ring: KeyRing
    let now = Date(timeIntervalSince1970: 1_790_000_000)

    init() throws {
        ring = try KeyRing(parsing: KeyRing.newKey())
    }

    @Test("What was stamped opens until its end, and not at it")
    func opens() {
        let stamp = ring.stamp(for: "install")
        let text = stamp.make("a|b|ü", until: now + 600)
        #expect(stamp.open(text, at: now) == "a|b|ü")
        #expect(stamp.open(text, at: now + 599.9) == "a|b|ü")
        #expect(stamp.open(text, at: now + 600) == nil)
        #expect(text.utf8.allSatisfy { byte in "-_.".utf8.contains(byte) || (48...122).contains(byte) })
    }

    @Test("A stamp for one purpose is none for another, nor under another key")
    func purposes() throws {
        let text = ring.stamp(for: "install").make("a", until: now + 600)
        #expect(ring.stamp(for: "console").open(text, at: now) == nil)
        #expect(try KeyRing(parsing: KeyRing.newKey()).stamp(for: "install").open(text, at: now) == nil)
    }

    @Test("After a change of keys, what the old one stamped still opens")
    func rotation() throws {
        let (old, new) = (KeyRing.newKey().reveal(), KeyRing.newKey().reveal())
        let text = try KeyRing(parsing: Secret(old)).stamp(for: "install").make("a", until: now + 600)
        #expect(try KeyRing(parsing: Secret("\(new),\(old)")).stamp(for: "install").open(text, at: now) == "a")
        #expect(try KeyRing(parsing: Secret(new)).stamp(for: "install").open(text, at: now) == nil)
    }

    @Test("A stamped text in which one byte is another does not open")
    func changed() {
        let stamp = ring.stamp(for: "install")
        let bytes = Array(stamp.make("workspace T0ACME", until: now + 600).utf8)
        for index in bytes.indices {
            var other = bytes
            other[index] = other[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let opened = stamp.open(String(decoding: other, as: UTF8.self), at: now)
            // The last digit of base64 can hold bits that mean nothing.
            #expect(opened == nil || opened == "workspace T0ACME")
        }
    }

    @Test("Odd texts do not open", arguments: ["", ".", "..", "...", "a.b.c", "a.zzzzzzzzzzzzzzzzzzzz.c", "ä.1.b"])
    func odd(text: String) {
        #expect(ring.stamp(for: "install").open(text, at: now) == nil)
        #expect(ring.stamp(for: "install").open(String(repeating: text, count: 2_000), at: now) == nil)
    }
}
