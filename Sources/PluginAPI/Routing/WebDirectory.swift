/// Which plugin answers which path of the public listener.
package struct WebDirectory: Sendable {
    /// One plugin's route.
    package struct Entry: Sendable {
        package let pluginID: String
        package let endpoint: WebEndpoint
        package let handle: @Sendable (WebRequest, [RegisteredRoute.Scope]) async throws -> WebResponse
    }

    /// Below these paths plugins listen: `/plugins/{id}` for each, and the ones that manifests claim.
    package private(set) var owners: [[String]: String] = [:]
    package private(set) var entries: [String: [Entry]] = [:]

    package static let root = "plugins"
    /// First components that the host serves itself.
    package static let reserved: Set<String> = [root, "slack", "link", "assets", "healthz", "readyz"]
    /// The longest body that a route may ask for.
    package static let bodyLimit = 1_048_576

    package mutating func add(_ entry: Entry) {
        entries[entry.pluginID, default: []].append(entry)
    }

    /// Called once for each plugin, after its routes.
    package mutating func add(_ manifest: Manifest) {
        guard let routes = entries[manifest.id], !routes.isEmpty else { return }
        // Words go before names in braces, as braces stand after all letters.
        entries[manifest.id] = routes.sorted { $0.endpoint.shape < $1.endpoint.shape }
        owners[[Self.root, manifest.id]] = manifest.id
        for prefix in manifest.webPrefixes { owners[prefix.split(separator: "/").map(String.init)] = manifest.id }
    }

    /// The first components below which something listens.
    package var roots: [String] { Set(owners.keys.compactMap(\.first)).sorted() }

    /// Where a request goes.
    package enum Found: Sendable {
        case route(Entry, parameters: [String: String], below: [String])
        /// The path is there, for other methods.
        case otherMethods([WebMethod])
        case nothing
    }

    package func find(_ method: WebMethod?, _ path: [String]) -> Found {
        let prefix = [Array(path.prefix(1)), Array(path.prefix(2))].first { owners[$0] != nil }
        guard let prefix, let owner = owners[prefix] else { return .nothing }
        let rest = Array(path.dropFirst(prefix.count))
        var methods: [WebMethod] = []
        for entry in entries[owner] ?? [] {
            guard let parameters = entry.endpoint.parameters(in: rest) else { continue }
            if entry.endpoint.method == method { return .route(entry, parameters: parameters, below: rest) }
            methods.append(entry.endpoint.method)
        }
        return methods.isEmpty ? .nothing : .otherMethods(methods)
    }
}
