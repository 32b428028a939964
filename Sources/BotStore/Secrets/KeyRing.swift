import Crypto
import Foundation

/// The keys that seal secrets at rest: the first one encrypts, all of them decrypt.
///
/// A sealed secret is `1 · length of the key's id · id · nonce (12) · ciphertext · tag (16)`, AES-256-GCM with a
/// random nonce. Header and place are authenticated with it, so that a ciphertext moved to another row or column
/// does not open.
package struct KeyRing: Sendable {
    private struct Entry: Sendable {
        let id: String
        let key: SymmetricKey
    }

    private let first: Entry
    private let others: [Entry]

    private static let format: UInt8 = 1
    private static let nonceBytes = 12
    private static let tagBytes = 16
    /// Bytes in a key's id.
    private static let idBytes = 32

    /// Reads `id:base64(32 bytes)[,id:…]`, the form of `BOTHOST_KEYS`.
    package init(parsing text: Secret) throws(StoreError) {
        var entries: [Entry] = []
        for part in text.reveal().utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let number = entries.count + 1
            guard let part = String(part) else { throw Self.malformed(number, "is not text") }
            let trimmed = part.trimmingCharacters(in: .whitespacesAndNewlines)
            guard let colon = trimmed.utf8.firstIndex(of: UInt8(ascii: ":")) else {
                throw Self.malformed(number, "has no colon between id and key")
            }
            let id = String(trimmed[..<colon])
            guard Self.isID(id) else {
                throw Self.malformed(
                    number, "has an id that is not 1 to \(Self.idBytes) letters, digits, '-', '_' or '.'")
            }
            let encoded = String(trimmed[trimmed.utf8.index(after: colon)...])
            guard let bytes = Data(base64Encoded: encoded) else { throw Self.malformed(number, "is not base64") }
            guard bytes.count == 32 else {
                throw Self.malformed(number, "has a key of \(bytes.count) bytes, not 32")
            }
            guard bytes.contains(where: { $0 != 0 }) else { throw Self.malformed(number, "has a key of zeros") }
            guard !entries.contains(where: { $0.id.utf8.elementsEqual(id.utf8) }) else {
                throw Self.malformed(number, "has the id of an earlier one")
            }
            entries.append(Entry(id: id, key: SymmetricKey(data: bytes)))
        }
        guard let first = entries.first else { throw Self.malformed(1, "is missing") }
        self.first = first
        others = Array(entries.dropFirst())
    }

    /// A new random key in the form of `BOTHOST_KEYS`, with an id that no other has.
    package static func newKey() -> Secret {
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
        let id = SymmetricKey(size: .bits128).withUnsafeBytes { bytes in
            bytes.prefix(4).map { byte in
                let digits = String(byte, radix: 16)
                return digits.utf8.count == 1 ? "0" + digits : digits
            }.joined()
        }
        return Secret("k-\(id):\(key)")
    }

    /// The ids of all keys, the encrypting one first.
    package var ids: [String] { [first.id] + others.map(\.id) }

    /// What every secret under the encrypting key begins with.
    var currentHeader: Data { Self.header(first.id) }

    /// Seals a secret for one place, with the first key unless another one's id is given.
    func seal(_ secret: Secret, at place: SecretPlace, with id: String? = nil) throws(StoreError) -> Data {
        let plain = Data(secret.reveal().utf8)
        guard plain.count <= Bounds.secret else {
            throw StoreError(.invalid, "A secret has \(plain.count) bytes; \(Bounds.secret) are allowed.")
        }
        return try seal(plain, at: place, with: id.flatMap(entry) ?? first)
    }

    /// Opens what was sealed for that place, by any of the keys.
    func open(_ sealed: Data, at place: SecretPlace) throws(StoreError) -> Secret {
        guard let id = Self.keyID(of: sealed) else {
            throw StoreError(
                .corrupt, "\(place) is not a sealed secret: restore the row from a backup, or enter it anew.")
        }
        guard let entry = entry(id) else {
            throw StoreError(.wrongKey, "\(place) is sealed with the key '\(id)': add that key to BOTHOST_KEYS.")
        }
        let header = Self.header(id)
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst(header.count))
            let plain = try AES.GCM.open(box, using: entry.key, authenticating: place.bytes(after: header))
            guard let text = String(bytes: plain, encoding: .utf8) else { throw CryptoKitError.authenticationFailure }
            return Secret(text)
        } catch {
            throw StoreError(
                .wrongKey,
                "\(place) does not open with the key '\(id)': either that key is not the one it was sealed with, or "
                    + "the row was changed; correct BOTHOST_KEYS, or enter the secret anew.")
        }
    }

    /// Keys for another purpose than sealing, made of each of the keys: from one nobody can work out another.
    func derivedKeys(for purpose: String) -> [SymmetricKey] {
        ([first] + others).map { entry in
            HKDF<SHA256>.deriveKey(inputKeyMaterial: entry.key, info: Array(purpose.utf8), outputByteCount: 32)
        }
    }

    private func entry(_ id: String) -> Entry? {
        ([first] + others).first { $0.id.utf8.elementsEqual(id.utf8) }
    }

    private func seal(_ plain: Data, at place: SecretPlace, with entry: Entry) throws(StoreError) -> Data {
        let header = Self.header(entry.id)
        do {
            let box = try AES.GCM.seal(plain, using: entry.key, authenticating: place.bytes(after: header))
            guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
            return header + combined
        } catch {
            throw StoreError(.configuration, "A secret could not be sealed with the key '\(entry.id)'.")
        }
    }

    /// The id of the key that sealed this, if it looks like a sealed secret.
    static func keyID(of sealed: Data) -> String? {
        let bytes = [UInt8](sealed)
        guard bytes.count >= 2, bytes[0] == format else { return nil }
        let length = Int(bytes[1])
        guard length <= idBytes, bytes.count >= 2 + length + nonceBytes + tagBytes else { return nil }
        let id = String(decoding: bytes[2..<2 + length], as: UTF8.self)
        return isID(id) ? id : nil
    }

    /// What a secret under the key with this id begins with.
    static func header(_ id: String) -> Data {
        Data([format, UInt8(truncatingIfNeeded: id.utf8.count)] + Array(id.utf8))
    }

    private static func isID(_ id: String) -> Bool {
        (1...idBytes).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    private static func malformed(_ number: Int, _ problem: String) -> StoreError {
        StoreError(
            .configuration,
            "BOTHOST_KEYS: entry \(number) \(problem). The form is id:base64(32 bytes)[,id:…]; "
                + "make a key with: echo \"k1:$(head -c 32 /dev/urandom | base64)\"")
    }
}

extension KeyRing: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "keys \(ids.joined(separator: ", "))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
