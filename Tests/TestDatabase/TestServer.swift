import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A PostgreSQL server for tests: on a unix socket in a folder of its own, as a user without rights, and gone with
/// the process that started it, however that ends.
package final class TestServer: Sendable {
    /// What the tests of one process share. It does not wait for the disk, because nothing here has to survive.
    package static func shared() throws -> TestServer { try sharedServer.get() }

    private static let sharedServer = Result { try TestServer(settings: ["fsync = off", "full_page_writes = off"]) }

    private let folder: URL
    private let programs: String
    private let supervisor: Process
    /// While this is open the supervisor keeps the server.
    private let lifeline: FileHandle
    private let answers: FileHandle
    private let count = Mutex(0)

    /// Makes a cluster and starts its server.
    /// - Parameter settings: Further lines of `postgresql.conf`.
    package init(settings: [String] = []) throws {
        programs = try TestPrograms.folder()
        folder = try Self.makeFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", TestPrograms.asOrdinaryUser + "sh -c \"$1\"", "sh", Self.script]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [
                "BIN": programs, "DIR": folder.path, "PGUSER": "bothost", "LC_ALL": "C",
                "SETTINGS": (Self.settings(in: folder) + settings).joined(separator: "\n"),
            ]) { _, ours in ours }
        process.currentDirectoryURL = folder
        let (input, output) = (try Self.pipe(), try Self.pipe())
        process.standardInput = input.read
        process.standardOutput = output.write
        process.standardError = FileHandle.nullDevice
        try process.run()
        supervisor = process
        lifeline = input.write
        try? input.read.close()
        try? output.write.close()
        answers = output.read
        guard answer() == "done" else {
            let log = (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? ""
            throw TestFailure("PostgreSQL did not start: \(log.suffix(2000))")
        }
    }

    /// Does what the standard input says, and ends with it, that is with whoever holds its other end.
    private static let script = """
        control() { "$BIN/pg_ctl" --pgdata="$DIR/data" --log="$DIR/log" --silent --wait "$@" </dev/null >>"$DIR/log" 2>&1; }
        "$BIN/initdb" --pgdata="$DIR/data" --auth=trust --username=bothost --encoding=UTF8 --no-locale --no-sync \
            --no-instructions >"$DIR/log" 2>&1 || exit 1
        printf '%s\\n' "$SETTINGS" >>"$DIR/data/postgresql.conf"
        control start || exit 1
        echo done
        while read -r word mode; do
            if control ${mode:+--mode="$mode"} "$word"; then echo done; else echo failed; fi
        done
        control --mode=immediate stop
        cd /
        rm -rf "$DIR"
        """

    /// The next line that the supervisor says; empty where it has ended.
    private func answer() -> String {
        var line: [UInt8] = []
        while let byte = (try? answers.read(upToCount: 1))?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    private static func settings(in folder: URL) -> [String] {
        [
            "listen_addresses = ''", "unix_socket_directories = '\(folder.path)'", "max_connections = 200",
            "shared_buffers = 32MB", "max_wal_size = 256MB", "autovacuum_naptime = 10s", "deadlock_timeout = 200ms",
            "log_min_messages = fatal", "max_prepared_transactions = 0",
        ]
    }

    /// Short, because the path of a socket may have about a hundred bytes only.
    private static func makeFolder() throws -> URL {
        let name = "bothost-pg-" + String(UInt32.random(in: 0 ... .max), radix: 16)
        let place = FileManager.default.temporaryDirectory
        let folder = (place.path.utf8.count < 60 ? place : URL(fileURLWithPath: "/tmp")).appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if geteuid() == 0 { try TestPrograms.giveAway(folder.path) }
        return folder
    }

    /// A pipe whose ends no other child of this process gets: one that did would keep it open.
    private static func pipe() throws -> (read: FileHandle, write: FileHandle) {
        var ends: [Int32] = [0, 0]
        guard makePipe(&ends) == 0 else { throw TestFailure("no pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (
            FileHandle(fileDescriptor: ends[0], closeOnDealloc: true),
            FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        )
    }

    /// The address of a database of this server.
    package func url(of database: String, user: String = "bothost") -> String {
        let host = folder.path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "postgres:///\(database)?host=\(host)&user=\(user)"
    }

    /// Makes an empty database, and returns its name.
    package func makeDatabase() throws -> String {
        let name = count.withLock { count -> String in
            count += 1
            return "test\(count)"
        }
        try execute("CREATE DATABASE \(name)", in: "postgres")
        return name
    }

    package func drop(_ database: String) {
        _ = try? execute("DROP DATABASE IF EXISTS \(database) WITH (FORCE)", in: "postgres")
    }

    /// Carries out statements with PostgreSQL's own program, and returns the rows: a line each, columns separated by
    /// `|`.
    @discardableResult package func execute(_ sql: String, in database: String) throws -> [String] {
        let (status, output) = try TestPrograms.run(
            "psql",
            [
                "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1",
                "--host=\(folder.path)", "--username=bothost", "--dbname=\(database)", "--command=\(sql)",
            ], in: programs)
        guard status == 0 else { throw TestFailure("psql: \(output)") }
        return output.split(separator: "\n").map(String.init)
    }

    /// Runs one of PostgreSQL's programs, and throws what it says where it fails.
    package func run(_ program: String, _ arguments: [String]) throws {
        let (status, output) = try TestPrograms.run(program, arguments, in: programs)
        guard status == 0 else { throw TestFailure("\(program): \(output)") }
    }

    /// Stops the server the way that a crash does, without a word to anybody, or in order.
    package func stop(_ mode: StopMode) throws { try ask("stop \(mode.rawValue)") }

    package func start() throws { try ask("start") }

    package enum StopMode: String, Sendable {
        case fast, immediate
    }

    /// The supervisor does it: a server that is a child of this process would keep what `Process` waits for.
    private func ask(_ command: String) throws {
        try lifeline.write(contentsOf: Data("\(command)\n".utf8))
        let said = answer()
        guard said == "done" else { throw TestFailure("\(command): \(said)") }
    }

    /// Adds a line to the front of `pg_hba.conf`, and lets the server read it.
    package func admit(_ line: String) throws {
        let path = folder.appending(path: "data/pg_hba.conf")
        let old = try String(contentsOf: path, encoding: .utf8)
        let handle = try FileHandle(forWritingTo: path)
        try handle.write(contentsOf: Data((line + "\n" + old).utf8))
        try handle.close()
        try execute("SELECT pg_reload_conf()", in: "postgres")
    }

    /// Stops the server for good.
    package func end() {
        try? lifeline.close()
        while !answer().isEmpty {}
        try? FileManager.default.removeItem(at: folder)
    }

    deinit { try? lifeline.close() }
}

/// A test's means that did not work.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

private func makePipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }
