#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the operating system refused, in the store's words.
enum SystemFailure {
    static func error(_ what: String, _ code: Int32) -> StoreError {
        let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        switch code {
        case ENOSPC, EDQUOT: return StoreError(.diskFull, "\(what): \(reason). Make room on the disk.")
        case EIO: return StoreError(.diskFailure, "\(what): \(reason). Check the disk.")
        case EACCES, EPERM, EROFS:
            return StoreError(.noAccess, "\(what): \(reason). Give the process the right to it, or set DATABASE_URL.")
        default: return StoreError(.unavailable, "\(what): \(reason).")
        }
    }
}
