#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A lock on a file that ends with the process, however it ends.
///
/// SQLite before 3.51.3 can damage a database in WAL mode when two connections write and checkpoint at once, and the
/// host takes for granted that all leases in its file are its own: so there is one process to a file.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or says which process has it.
    init(path: String, database: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemFailure.error("The lock file \(path) cannot be opened", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            defer { close(descriptor) }
            guard code == EWOULDBLOCK else { throw SystemFailure.error("The lock file \(path) cannot be locked", code) }
            let holder = Self.number(in: descriptor).map { "process \($0)" } ?? "another process"
            throw StoreError(
                .lockedByAnotherProcess,
                "The database \(database) is in use by \(holder): stop that one first, or set DATABASE_URL to another "
                    + "file. One SQLite file serves one process.")
        }
        let text = Array("\(getpid())\n".utf8)
        // The number is for people only, so the lock holds even where it cannot be written (a full disk).
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    private static func number(in descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
