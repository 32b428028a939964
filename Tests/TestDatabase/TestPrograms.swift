import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// PostgreSQL's programs, wherever they were installed, and an ordinary user to run the server as: it refuses to be
/// run by root.
enum TestPrograms {
    /// The folder with `initdb` in it. Distributions keep it out of the `PATH`.
    static func folder() throws -> String {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let packaged = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: packaged)) ?? [])
            .compactMap { Int($0) }.sorted(by: >).map { "\(packaged)/\($0)/bin" }
        let places = versions + path + ["/usr/pgsql/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/libpq/bin"]
        let found = places.first { place in
            ["initdb", "pg_ctl", "psql"].allSatisfy { access("\(place)/\($0)", X_OK) == 0 }
        }
        guard let found else {
            throw TestFailure("PostgreSQL's server is not installed; type: scripts/install-packages test")
        }
        return found
    }

    /// Before a command: makes it that of an ordinary user where it would be root's.
    static let asOrdinaryUser =
        geteuid() == 0 ? "exec setpriv --reuid=\(user) --regid=\(user) --clear-groups " : "exec "

    private static let user: uid_t = getpwnam("postgres").map { $0.pointee.pw_uid } ?? 65_534

    static func giveAway(_ path: String) throws {
        guard chown(path, user, user) == 0 else { throw TestFailure("chown \(path): \(errno)") }
    }

    static func run(
        _ program: String, _ arguments: [String], in folder: String
    )
        throws -> (status: Int32, output: String)
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(folder)/\(program)")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardInput = FileHandle.nullDevice
        let file = FileManager.default.temporaryDirectory.appending(path: "bothost-pg-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try FileHandle(forWritingTo: file)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOf: file, encoding: .utf8))
    }
}
