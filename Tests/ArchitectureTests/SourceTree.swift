import Foundation
import Testing

/// The checkout that these tests were compiled from, as text.
struct SourceTree {
    /// Where Package.swift is.
    let root: URL

    /// The tree that holds this file.
    static let here = SourceTree(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    /// Every Swift file under a folder, in the order of its path.
    func swiftFiles(under folder: String) throws -> [SourceFile] {
        let base = root.appending(path: folder)
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        let urls = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
        return try urls.map { try SourceFile(at: $0, in: root) }.sorted { $0.path < $1.path }
    }

    /// The names of the folders directly under a folder.
    func folders(under folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: folder), includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map(\.lastPathComponent).sorted()
    }

    func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}

/// One Swift file: as written, and with comments and string contents blanked out.
struct SourceFile {
    /// Relative to the root of the checkout.
    let path: String
    /// The lines as written.
    let lines: [String]
    /// The same lines with only what the compiler runs.
    let code: [String]

    init(at url: URL, in root: URL) throws {
        try self.init(
            path: String(url.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count + 1)),
            text: String(contentsOf: url, encoding: .utf8))
    }

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = CodeOnly.of(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

    /// The modules that it imports, each with the number of its line.
    var imports: [(module: String, line: Int)] {
        let pattern =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        return code.enumerated().compactMap { index, line in
            line.firstMatch(of: pattern).map { (String($0.1), index + 1) }
        }
    }
}

/// A place in a file where a rule is broken, worded so that a person knows what to do.
struct Finding: CustomStringConvertible {
    let path: String
    let line: Int
    let rule: String
    let reason: String

    var description: String { "\(path):\(line): \(rule) — \(reason)" }
}

/// Fails the test once for each finding, at the place of the finding.
func expectNone(_ findings: [Finding]) {
    for finding in findings {
        let file = SourceTree.here.root.appending(path: finding.path).path
        Issue.record(
            "\(finding)",
            sourceLocation: SourceLocation(
                fileID: "Sources/\(finding.path)", filePath: file, line: finding.line, column: 1))
    }
}
