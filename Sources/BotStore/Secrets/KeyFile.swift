import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The key file beside a SQLite database, for hosts that are given no keys.
enum KeyFile {
    static func path(besideDatabaseAt path: String) -> String { path + ".keys" }

    /// Reads the key file, or makes one when neither it nor the database exists. `isNew` is true then.
    static func load(besideDatabaseAt databasePath: String) throws(StoreError) -> (ring: KeyRing, isNew: Bool) {
        let path = path(besideDatabaseAt: databasePath)
        var status = stat()
        if lstat(path, &status) == 0 { return (try read(path), false) }
        guard errno == ENOENT else { throw SystemFailure.error("The key file \(path) cannot be looked at", errno) }
        // A new key cannot open what an old one sealed: better to say so than to make one.
        guard access(databasePath, F_OK) != 0 else {
            throw StoreError(
                .wrongKey,
                "The key file \(path) is missing, but the database exists: put the file back from your backup, or set "
                    + "BOTHOST_KEYS to the keys it was made with.")
        }
        try SQLiteFile.makeFolder(forDatabaseAt: databasePath)
        try create(path)
        return (try read(path), true)
    }

    /// Puts a new key before those that are there. The old ones stay: what was sealed with them, in backups too, opens.
    static func addKey(besideDatabaseAt databasePath: String) throws(StoreError) -> KeyRing {
        let path = path(besideDatabaseAt: databasePath)
        _ = try read(path)
        guard let old = FileManager.default.contents(atPath: path) else {
            throw StoreError(.noAccess, "The key file \(path) cannot be read.")
        }
        var lines = String(decoding: old, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let place = lines.firstIndex { !$0.hasPrefix("#") } ?? lines.count
        lines.insert(KeyRing.newKey().reveal(), at: place)
        // Beside it, and then in its place: whoever looks finds either all of the old file or all of the new one.
        let next = path + ".new"
        unlink(next)
        try create(next, text: lines.joined(separator: "\n"))
        guard rename(next, path) == 0 else {
            let code = errno
            unlink(next)
            throw SystemFailure.error("The key file \(path) cannot be replaced", code)
        }
        // The name is on the disk only when the folder is.
        let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            _ = fsync(folder)
            close(folder)
        }
        return try read(path)
    }

    private static func read(_ path: String) throws(StoreError) -> KeyRing {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw SystemFailure.error("The key file \(path) cannot be read", errno) }
        defer { close(descriptor) }
        // Looked at through the descriptor, so that nobody can put another file there in between.
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw StoreError(.noAccess, "The key file \(path) is not a plain file.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw StoreError(
                .noAccess, "The key file \(path) can be read by others than its owner: run chmod 600 \(path)")
        }
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        var length = 0
        while length < buffer.count {
            let count = buffer.withUnsafeMutableBytes { bytes in
                Glue.read(descriptor, bytes.baseAddress.map { $0 + length }, bytes.count - length)
            }
            guard count >= 0 else { throw SystemFailure.error("The key file \(path) cannot be read", errno) }
            if count == 0 { break }
            length += count
        }
        let lines = buffer[..<length].split(separator: UInt8(ascii: "\n"))
            .filter { $0.first != UInt8(ascii: "#") }
            .map { String(decoding: $0, as: UTF8.self) }
        do {
            return try KeyRing(parsing: Secret(lines.joined(separator: ",")))
        } catch {
            throw StoreError(error.code, "The key file \(path) is not right: \(error.sentence)")
        }
    }

    private static func create(_ path: String) throws(StoreError) {
        try create(
            path,
            text: "# The keys that seal the secrets in the database beside this file. Whoever has both can read them.\n"
                + "# Keep a copy apart from the database's backups: without it the secrets in them are lost.\n"
                + KeyRing.newKey().reveal() + "\n")
    }

    private static func create(_ path: String, text: String) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemFailure.error("The key file \(path) cannot be made", errno) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let code = errno
            unlink(path)
            throw SystemFailure.error("The key file \(path) cannot be written", code)
        }
    }

    /// The system's `read`, under a name that the function above does not hide.
    private enum Glue {
        static func read(_ descriptor: Int32, _ pointer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
            #if canImport(Glibc)
                return Glibc.read(descriptor, pointer, count)
            #elseif canImport(Musl)
                return Musl.read(descriptor, pointer, count)
            #else
                return Darwin.read(descriptor, pointer, count)
            #endif
        }
    }
}
