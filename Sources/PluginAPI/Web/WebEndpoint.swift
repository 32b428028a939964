/// Who may ask a ``WebRoute(_:_:authorization:bodyLimit:_:)``.
public struct WebAuthorization: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case apiToken
        case none
    }
    package let kind: Kind

    /// Whoever has an API token of the host (`bothost token create`), sent as `Authorization: Token token=…` or
    /// `Authorization: Bearer …`.
    public static let apiToken = WebAuthorization(kind: .apiToken)

    /// Anybody. Such a route must prove by itself whatever it believes.
    public static let none = WebAuthorization(kind: .none)
}

/// Where a plugin listens, for whom, and for how much.
package struct WebEndpoint: Sendable, Hashable {
    package let method: WebMethod
    package let path: [Component]
    package let authorization: WebAuthorization
    package let bodyLimit: Int

    /// A part of a path.
    package enum Component: Sendable, Hashable {
        case literal(String)
        /// Any text; what it was is found by this name.
        case parameter(String)

        init(_ text: Substring) {
            let name = text.hasPrefix("{") && text.hasSuffix("}") ? text.dropFirst().dropLast() : ""
            self = name.isEmpty ? .literal(String(text)) : .parameter(String(name))
        }
    }

    package init(method: WebMethod, path: String, authorization: WebAuthorization, bodyLimit: Int) {
        self.method = method
        self.path = path.split(separator: "/").map(Component.init)
        self.authorization = authorization
        self.bodyLimit = bodyLimit
    }

    /// As it was written, for sentences: `GET incidents/{id}`.
    package var line: String { "\(method.rawValue) \(pathLine)" }

    /// The path alone.
    package var pathLine: String {
        path.map { component in
            switch component {
            case .literal(let text): text
            case .parameter(let name): "{\(name)}"
            }
        }.joined(separator: "/")
    }

    /// What this path and another one have to have in common to be the same to a request.
    package var shape: String {
        path.map { component in
            switch component {
            case .literal(let text): text
            case .parameter: "{}"
            }
        }.joined(separator: "/")
    }

    /// - Parameter components: A request's path, percent-decoded.
    /// - Returns: What stands where the path has names, or `nil` where it is another path.
    package func parameters(in components: [String]) -> [String: String]? {
        guard components.count == path.count else { return nil }
        var found: [String: String] = [:]
        for (component, text) in zip(path, components) {
            switch component {
            case .literal(let literal):
                guard literal == text else { return nil }
            case .parameter(let name): found[name] = text
            }
        }
        return found
    }
}
