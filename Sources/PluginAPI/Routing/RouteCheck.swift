/// Holds what plugins declare against what can be served, before anything is.
struct RouteCheck {
    private(set) var problems: [String] = []
    private var owners: [String: String] = [:]

    /// Ids and words that belong to the host.
    static let reservedPluginIDs: Set<String> = ["host"]
    /// Words that only the plugin of the same name may answer: people expect them to work the same everywhere.
    static let reservedWords: Set<String> = ["help"]
    /// How the kinds of the host's own jobs begin.
    static let hostsJobs = "host."

    mutating func plugin(_ manifest: Manifest) {
        if !isWord(manifest.id, limit: 32) {
            say("plugin “\(manifest.id)”: an id is 1–32 lower-case letters, digits and dashes, starting with a letter")
        }
        if Self.reservedPluginIDs.contains(manifest.id) {
            say("plugin “\(manifest.id)”: this id belongs to the host; choose another")
        }
        claim("plugin id “\(manifest.id)”", for: manifest.id)
        for scope in manifest.scopes where !scope.name.utf8.allSatisfy(isScopeByte) || scope.name.isEmpty {
            say("plugin “\(manifest.id)”: “\(scope.name)” is no Slack scope; one looks like chat:write")
        }
        for prefix in manifest.webPrefixes { webPrefix(prefix, of: manifest.id) }
    }

    mutating func route(_ route: RegisteredRoute, of plugin: String) {
        switch route {
        case .command(let shape, let slash, _): command(shape, slash: slash, of: plugin)
        case .action(let id, _): claimID(id, "action", of: plugin)
        case .submit(let id, _): claimID(id, "form submission", of: plugin)
        case .close(let id, _): claimID(id, "closed form", of: plugin)
        case .options(let id, _): claimID(id, "options", of: plugin)
        case .shortcut(let shortcut, _):
            claimID(shortcut.id, "shortcut", of: plugin)
            if !(1...24).contains(shortcut.name.utf16.count) {
                say("\(plugin): shortcut “\(shortcut.id)”: its name must have 1–24 characters")
            }
        case .event(let type, _): claim("event \(type) in \(plugin)", for: plugin)
        case .delivery(let source, _): claim("deliveries of \(source) in \(plugin)", for: plugin)
        case .job(let kind, _):
            if kind.isEmpty || kind.utf8.count > 200 { say("\(plugin): job kind “\(kind)”: a kind has 1–200 bytes") }
            if kind.utf8.starts(with: Self.hostsJobs.utf8) {
                say("\(plugin): job kind “\(kind)”: kinds that begin with “\(Self.hostsJobs)” belong to the host")
            }
            claim("job kind “\(kind)”", for: plugin)
        case .step(let shape, _):
            if !isStepName(shape.id, limit: 50) {
                say(
                    "\(plugin): step “\(shape.id)”: an id is 1–50 lower-case letters, digits and _, starting with a letter"
                )
            }
            for output in shape.outputs where !isStepName(output.name, limit: 80) {
                say("\(plugin): step “\(shape.id)”: output “\(output.name)”: lower-case letters, digits and _")
            }
            claim("step “\(shape.id)” of \(plugin)", for: plugin)
        case .schedule(let id, let schedule, _):
            claimID(id, "schedule", of: plugin)
            if case .cron(let expression, let zone) = schedule.kind {
                do {
                    _ = try CronClock(expression, zone: zone)
                } catch {
                    say("\(plugin): schedule “\(id)”: “\(expression)” is no time: \(error.reason)")
                }
            }
        case .web(let endpoint, _): web(endpoint, of: plugin)
        }
    }

    private mutating func web(_ endpoint: WebEndpoint, of plugin: String) {
        let line = endpoint.line
        if endpoint.path.isEmpty || endpoint.path.count > 10 {
            say("\(plugin): web route \(line): a path has 1–10 components")
        }
        if !(0...WebDirectory.bodyLimit).contains(endpoint.bodyLimit) {
            say("\(plugin): web route \(line): a body has at most \(WebDirectory.bodyLimit) bytes")
        }
        var names: Set<String> = []
        for case .parameter(let name) in endpoint.path where !names.insert(name).inserted {
            say("\(plugin): web route \(line): two parts are called {\(name)}")
        }
        for case .literal(let word) in endpoint.path where !word.utf8.allSatisfy(isPathByte) {
            say("\(plugin): web route \(line): “\(word)” has characters that no path should have")
        }
        claim("web route \(endpoint.method.rawValue) \(endpoint.shape) of \(plugin)", for: plugin)
    }

    private mutating func webPrefix(_ prefix: String, of plugin: String) {
        guard prefix.hasPrefix("/"), isWord(String(prefix.dropFirst()), limit: 40) else {
            return say(
                "\(plugin): web prefix “\(prefix)”: one looks like /integration-coffee: a slash and one word of lower-case "
                    + "letters, digits and dashes")
        }
        if WebDirectory.reserved.contains(String(prefix.dropFirst())) {
            say("\(plugin): web prefix “\(prefix)” belongs to the host; choose another")
        }
        claim("web prefix \(prefix)", for: plugin)
    }

    /// Where other services deliver, no plugin can listen.
    mutating func deliveries(of source: any DeliverySource) {
        guard let root = source.path.split(separator: "/").first, let owner = owners["web prefix /\(root)"] else {
            return
        }
        say("web prefix /\(root) is claimed by both \(owner) and the webhooks of \(source.id): rename one")
    }

    private mutating func command(_ shape: CommandShape, slash: String?, of plugin: String) {
        if !isWord(shape.name, limit: 24) {
            say(
                "\(plugin): command “\(shape.name)”: 1–24 lower-case letters, digits and dashes, starting with a letter"
            )
        }
        let rest = shape.parameters.firstIndex { $0.style == .rest }
        if let rest, shape.parameters[(rest + 1)...].contains(where: { $0.style == .positional || $0.style == .rest }) {
            say("\(plugin): command “\(shape.name)”: nothing can follow an argument that takes the rest of the line")
        }
        var names: Set<String> = []
        for parameter in shape.parameters where !names.insert(parameter.name).inserted {
            say("\(plugin): command “\(shape.name)”: two arguments are called “\(parameter.name)”")
        }
        if let slash {
            if !SlashWord.isPossible(slash) {
                say("\(plugin): “\(slash)” is no slash command: 2–32 lower-case letters, digits, - and _ after a /")
            }
            claim("slash command \(slash)", for: plugin)
            return
        }
        for alias in shape.aliases where !isAlias(alias) {
            say(
                "\(plugin): command “\(shape.name)”: alias “\(alias)”: 1–24 characters that can be seen, none a capital"
            )
        }
        for word in [shape.name] + shape.aliases {
            if Self.reservedWords.contains(word), plugin != word {
                say("\(plugin): the command “\(word)” is reserved for the plugin “\(word)”; choose another word")
            }
            claim("command “\(word)”", for: plugin)
        }
    }

    private mutating func claimID(_ id: String, _ kind: String, of plugin: String) {
        // The host puts the plugin's id before it, and Slack allows 255.
        if id.isEmpty || id.utf8.count > 200 { say("\(plugin): \(kind) “\(id)”: an id has 1–200 bytes") }
        claim("\(kind) “\(id)” of \(plugin)", for: plugin)
    }

    private mutating func claim(_ what: String, for plugin: String) {
        if let other = owners[what] {
            say(
                other == plugin
                    ? "\(what) is declared twice by \(plugin)"
                    : "\(what) is claimed by both \(other) and \(plugin): rename one, or compile in only one of them")
        }
        owners[what] = plugin
    }

    private mutating func say(_ problem: String) {
        problems.append(problem)
    }

    private func isWord(_ word: String, limit: Int) -> Bool {
        guard let first = word.utf8.first, (97...122).contains(first), word.utf8.count <= limit else { return false }
        return word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private func isStepName(_ word: String, limit: Int) -> Bool {
        guard let first = word.utf8.first, (97...122).contains(first), word.utf8.count <= limit else { return false }
        return word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// Marks such as `?` are welcome; what people type is compared in small letters.
    private func isAlias(_ word: String) -> Bool {
        (1...24).contains(word.utf8.count)
            && word.utf8.allSatisfy { (0x21...0x7E).contains($0) && !(65...90).contains($0) }
    }

    private func isPathByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || (65...90).contains(byte) || "-_.".utf8.contains(byte)
    }

    private func isScopeByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
    }
}
