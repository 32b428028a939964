/// Files that apps have put into Slack, and those that are on their way.
struct SlackFiles: Sendable {
    struct File: Sendable {
        let id: String
        let team: String
        let name: String
        let length: Int
        let alt: String
        var title = ""
        var bytes: [UInt8]?
        var isComplete = false

        /// By its first bytes, as Slack tells it.
        var mimeType: String {
            guard isComplete, let bytes else { return "" }
            if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
            if bytes.starts(with: [0xFF, 0xD8]) { return "image/jpeg" }
            if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
            return "application/octet-stream"
        }
    }

    /// The oldest go: this is a simulator, not an archive.
    private static let most = 200
    private(set) var files: [File] = []

    mutating func expect(_ file: File) {
        files.append(file)
        if files.count > Self.most { files.removeFirst() }
    }

    func file(_ id: String) -> File? { files.last { $0.id == id } }

    /// - Returns: False where nothing of this id and length is expected.
    mutating func receive(_ bytes: [UInt8], for id: String) -> Bool {
        guard let place = files.lastIndex(where: { $0.id == id }), files[place].bytes == nil,
            files[place].length == bytes.count
        else { return false }
        files[place].bytes = bytes
        return true
    }

    mutating func complete(_ id: String, title: String?) {
        guard let place = files.lastIndex(where: { $0.id == id }) else { return }
        files[place].isComplete = true
        files[place].title = title ?? files[place].name
    }
}
