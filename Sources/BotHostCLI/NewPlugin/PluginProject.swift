import Foundation

/// A package that plugins are added to: this one, or one like `Examples/CustomBot`.
///
/// Lines are put above comments that mark the place, `// new-plugin: …`, so that the files stay a person's own.
struct PluginProject {
    let root: URL

    /// A change to a file of the project.
    struct Edit: Equatable {
        let path: String
        let text: String
    }

    /// What is in the way.
    struct Problem: Error, Equatable {
        let sentence: String
    }

    init(at folder: String) throws(Problem) {
        root = URL(filePath: folder)
        guard FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) else {
            throw Problem(
                sentence: "There is no Package.swift in \(root.path): go to the package that the plugin belongs to, or "
                    + "name it with --directory.")
        }
    }

    /// The names of the modules that a new one must not have.
    var modules: Set<String> {
        let folders = ["Sources", "Sources/Plugins"].flatMap { folder in
            (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
        }
        return Set(folders + folders.map { "\($0)Plugin" })
    }

    /// What `swift run` calls the executable of the package.
    var executable: String {
        let package = (try? text("Package.swift")) ?? ""
        for pattern in [/\.executable\(\s*name: "([\w-]+)"/, /\.executableTarget\(\s*name: "([\w-]+)"/] {
            if let found = package.firstMatch(of: pattern) { return String(found.1) }
        }
        return "bothost"
    }

    /// Every change that a plugin needs beside its own files.
    func edits(for name: PluginName) throws(Problem) -> [Edit] {
        var edits: [Edit] = []
        let module = "\(name.stem)Plugin"
        var package = try text("Package.swift")
        // In another package both are products of this one, which its Package.swift has names for.
        let isOutside = package.contains("static let pluginAPI")
        let (contract, kit) = isOutside ? (".pluginAPI", ".pluginTestKit") : ("\"PluginAPI\"", "\"PluginTestKit\"")
        for (mark, line) in [
            ("dependency", "\"\(module)\","), ("target", "plugin(\"\(name.stem)\", [\(contract)]),"),
            ("tests", "tests(\"\(module)Tests\", [\"\(module)\", \(kit)]),"),
        ] {
            guard let marked = Self.insert(line, above: mark, in: package) else {
                throw Problem(
                    sentence: "Package.swift has no line “// new-plugin: \(mark)”: put it where targets are listed.")
            }
            package = marked
        }
        edits.append(Edit(path: "Package.swift", text: package))
        edits.append(try list(module))
        if let boundary = try? text("Tests/ArchitectureTests/Boundary.swift") {
            let named = Self.insert("\"\(name.stem)\",", above: "plugin", in: boundary)
                .flatMap { Self.insert("\"\(name.stem)\",", above: "general", in: $0) }
            if let named { edits.append(Edit(path: "Tests/ArchitectureTests/Boundary.swift", text: named)) }
        }
        if let file = try? text("plugins.json") {
            guard let listed = Self.list(name.id, in: file) else {
                throw Problem(sentence: "plugins.json has no \"plugins\": add \"\(name.id)\": {} to it by hand.")
            }
            edits.append(Edit(path: "plugins.json", text: listed))
        }
        return edits
    }

    /// The file that lists the plugins of the executable.
    private func list(_ module: String) throws(Problem) -> Edit {
        let sources = root.appending(path: "Sources")
        let found = FileManager.default.enumerator(atPath: sources.path)
        for case let path as String in found ?? .init() where path.hasSuffix(".swift") {
            guard let text = try? text("Sources/\(path)"),
                let listed = Self.insert("\(module).self,", above: "plugin", in: text)
            else { continue }
            return Edit(path: "Sources/\(path)", text: Self.importing(module, in: listed))
        }
        throw Problem(
            sentence: "No file in Sources has the line “// new-plugin: plugin”: put it where the executable lists its "
                + "plugins.")
    }

    func write(_ files: [(path: String, text: String)]) throws {
        for file in files {
            let url = root.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: url, options: .atomic)
        }
    }

    private func text(_ path: String) throws(Problem) -> String {
        do {
            return try String(contentsOf: root.appending(path: path), encoding: .utf8)
        } catch {
            throw Problem(sentence: "\(path) cannot be read.")
        }
    }

    // MARK: Text

    /// - Returns: `nil` where no line marks the place.
    static func insert(_ line: String, above mark: String, in text: String) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard
            let index = lines.firstIndex(where: { $0.trimmingCharacters(in: .whitespaces) == "// new-plugin: \(mark)" })
        else { return nil }
        let indent = String(lines[index].prefix { $0 == " " })
        lines.insert(indent + line, at: index)
        return lines.joined(separator: "\n")
    }

    /// Adds an import in its place in the alphabet.
    static func importing(_ module: String, in text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let imports = lines.indices.filter { Self.imported(lines[$0]) != nil }
        guard let last = imports.last else { return "import \(module)\n\(text)" }
        let place = imports.first { (Self.imported(lines[$0]) ?? "") > module } ?? last + 1
        lines.insert("import \(module)", at: place)
        return lines.joined(separator: "\n")
    }

    private static func imported(_ line: String) -> String? {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword <= 1, words.count == keyword + 2 else { return nil }
        return String(words[keyword + 1])
    }

    /// Adds a plugin to the first `"plugins": { … }` of the file, and leaves all else as it is written.
    static func list(_ id: String, in json: String) -> String? {
        let bytes = Array(json.utf8)
        guard let start = json.firstRange(of: "\"plugins\""),
            let open = json[start.upperBound...].firstIndex(of: "{")
        else { return nil }
        var (depth, isText, index) = (0, false, json.utf8.distance(from: json.startIndex, to: open))
        var lastContent = index
        while index < bytes.count {
            let byte = bytes[index]
            if isText {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isText = false }
            } else if byte == UInt8(ascii: "\"") {
                isText = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { break }
            }
            if byte > 32 { lastContent = index }
            index += 1
        }
        guard depth == 0, index < bytes.count else { return nil }
        let isEmpty = bytes[lastContent] == UInt8(ascii: "{")
        let entry = "\(isEmpty ? "" : ",")\n    \"\(id)\": {}"
        let after = bytes[(lastContent + 1)...]
        let tail = isEmpty && bytes[index] == after.first ? "\n  " : ""
        return String(decoding: bytes[...lastContent], as: UTF8.self) + entry + tail
            + String(decoding: after, as: UTF8.self)
    }
}
