private import Crypto

extension PagerDuty.ID {
    /// An id for something of ours that looks like PagerDuty's own, made of what names the thing: the same parts always
    /// make the same id.
    package static func derived(from parts: String...) -> PagerDuty.ID? {
        var hash = SHA256()
        // The length goes first, so that parts can't run into each other.
        for part in parts { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        let letters = hash.finalize().prefix(13).map { digits[Int($0 & 31)] }
        return PagerDuty.ID("P" + String(decoding: letters, as: UTF8.self))
    }
}
