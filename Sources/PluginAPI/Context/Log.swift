/// Structured logging that carries plugin, workspace and trace id.
public struct Log: Sendable {
    let core: ContextCore

    /// For whoever looks for a fault in this plugin.
    public func debug(_ message: String, _ details: [String: String] = [:]) {
        core.services.log(.debug, message, details, for: core)
    }

    /// What an operator may want to know.
    public func info(_ message: String, _ details: [String: String] = [:]) {
        core.services.log(.info, message, details, for: core)
    }

    /// Something is wrong and somebody should look.
    public func error(_ message: String, _ details: [String: String] = [:]) {
        core.services.log(.error, message, details, for: core)
    }
}

package enum LogLevel: Sendable {
    case debug, info, error
}
