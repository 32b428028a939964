import Foundation

/// Tells folders on other machines from local disks: locks and shared memory do not work over a network.
///
/// - SeeAlso: [SQLite over a network](https://www.sqlite.org/useovernet.html)
enum NetworkFolder {
    private static let kinds: Set<String> = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs"]

    /// The kind of network folder a file is on; nil for a local disk, and where it cannot be found out.
    static func kind(of path: String) -> String? {
        guard let table = FileManager.default.contents(atPath: "/proc/self/mountinfo") else { return nil }
        return kind(of: path, mounts: String(decoding: table, as: UTF8.self))
    }

    /// - SeeAlso: `proc_pid_mountinfo(5)`: the fifth field is the mount point, the one after ` - ` the kind.
    static func kind(of path: String, mounts: String) -> String? {
        var best: (length: Int, kind: String) = (0, "")
        for line in mounts.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard fields.count > 5, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
            let point = fields[4].replacing("\\040", with: " ")
            let isInside = point == "/" || path == point || path.utf8.starts(with: (point + "/").utf8)
            // Of mounts on one point the last one is what is seen.
            if isInside, point.utf8.count >= best.length { best = (point.utf8.count, fields[dash + 1]) }
        }
        return kinds.contains(best.kind) ? best.kind : nil
    }
}
