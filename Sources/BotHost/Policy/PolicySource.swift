import Foundation
package import Logging
package import PluginAPI
import ServiceLifecycle
import Synchronization

/// Keeps the policy in force in step with `plugins.json` and the console's switches.
///
/// The file's bytes are compared, not its modification time: editors replace files, containers mount them, and clocks
/// of file systems are coarse. It is a few kilobytes, read once in a while, never on the way of a request.
package final class PolicySource: Service {
    private let path: String
    private let plugins: [RegisteredPlugin]
    private let overrides: @Sendable () async throws -> [Policy.Override]
    private let interval: Duration
    private let logger: Logger
    private let state: Mutex<State>

    private struct State {
        var policy: Policy
        var file: PluginsFile
        var bytes: [UInt8]
        var overrides: [Policy.Override] = []
        var problems: [PolicyProblem] = []
    }

    /// Reads the file; a file with an error stops the start.
    package init(
        path: String, plugins: [RegisteredPlugin], interval: Duration = .seconds(1), logger: Logger,
        overrides: @escaping @Sendable () async throws -> [Policy.Override] = { [] }
    ) throws(PluginsFileReader.Refused) {
        self.path = path
        self.plugins = plugins
        self.overrides = overrides
        self.interval = interval
        self.logger = logger
        let bytes = try Self.read(path)
        let file = try PluginsFileReader.read(bytes, plugins: plugins)
        state = Mutex(State(policy: Policy(file: file, plugins: plugins), file: file, bytes: bytes))
    }

    /// The policy in force.
    package var policy: Policy { state.withLock(\.policy) }

    /// What is wrong with the file as it stands now; while there is anything, the policy before it stays in force.
    package var problems: [PolicyProblem] { state.withLock(\.problems) }

    package func run() async throws {
        await refresh()
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
                await refresh()
            }
        }
    }

    /// Applies what has changed.
    package func refresh() async {
        if let overrides = try? await overrides() {
            // What an administrator switches holds at once, whatever the file looks like at the moment.
            state.withLock { state in
                guard overrides != state.overrides else { return }
                state.overrides = overrides
                state.policy = Policy(file: state.file, plugins: plugins, overrides: overrides)
            }
        }
        do {
            let bytes = try Self.read(path)
            let isKnown = state.withLock { state in
                guard bytes == state.bytes else { return false }
                state.problems = []
                return true
            }
            guard !isKnown else { return }
            let file = try PluginsFileReader.read(bytes, plugins: plugins)
            state.withLock { state in
                state = State(
                    policy: Policy(file: file, plugins: plugins, overrides: state.overrides), file: file, bytes: bytes,
                    overrides: state.overrides)
            }
            logger.info("plugins.json applied", metadata: ["path": "\(path)"])
        } catch {
            let isNew = state.withLock { state in
                defer { state.problems = error.problems }
                return state.problems != error.problems
            }
            guard isNew else { return }
            for problem in error.problems {
                logger.error("plugins.json has an error, the one before it stays in force: \(problem)")
            }
        }
    }

    private static func read(_ path: String) throws(PluginsFileReader.Refused) -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            guard let data = try handle.read(upToCount: 1_048_577) else { return [] }
            guard data.count <= 1_048_576 else {
                throw PluginsFileReader.Refused(
                    problems: [PolicyProblem(path: "$", problem: "\(path) is larger than 1 MiB")])
            }
            return [UInt8](data)
        } catch let refused as PluginsFileReader.Refused {
            throw refused
        } catch {
            let mend = "set PLUGINS_FILE to where it is, or copy plugins.json from the repository"
            throw PluginsFileReader.Refused(
                problems: [PolicyProblem(path: "$", problem: "\(path) cannot be read; \(mend)")])
        }
    }
}
