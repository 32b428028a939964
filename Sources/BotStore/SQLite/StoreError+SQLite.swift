import GRDB

extension StoreError {
    /// Puts whatever a database access threw into the store's words. SQLite's own messages name tables and columns,
    /// never values; GRDB's descriptions can hold statements, so they are left out.
    init(database error: any Error) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.corrupt, "A stored row could not be read (\(type(of: error))); check the database.")
            return
        }
        let reason = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
        switch (error.extendedResultCode, error.resultCode) {
        case (.SQLITE_IOERR_FSYNC, _), (.SQLITE_IOERR_DIR_FSYNC, _):
            self.init(.diskFailure, "The disk did not confirm a write (\(reason)); check the disk, then start again.")
        case (.SQLITE_IOERR_SHMSIZE, _), (_, .SQLITE_FULL):
            self.init(.diskFull, "The disk is full (\(reason)); make room, nothing else is needed.")
        case (_, .SQLITE_BUSY), (_, .SQLITE_LOCKED):
            self.init(.unavailable, "Another program holds the database (\(reason)); close it.")
        case (_, .SQLITE_CONSTRAINT):
            self.init(.conflict, "A row exists already or lacks something (\(reason)).")
        case (_, .SQLITE_READONLY), (_, .SQLITE_PERM), (_, .SQLITE_AUTH), (_, .SQLITE_CANTOPEN):
            self.init(
                .noAccess, "The database cannot be opened or written (\(reason)); check the rights to its folder.")
        case (_, .SQLITE_CORRUPT):
            self.init(.corrupt, "The database is damaged (\(reason)); restore it from a backup.")
        case (_, .SQLITE_NOTADB):
            self.init(.corrupt, "The file is not a database (\(reason)); check the path in DATABASE_URL.")
        case (.SQLITE_IOERR_NOMEM, _), (_, .SQLITE_NOMEM):
            self.init(.unavailable, "There is not enough memory for the database (\(reason)).")
        case (_, .SQLITE_IOERR):
            self.init(.diskFailure, "The disk failed (\(reason)); check it, then start again.")
        case (_, .SQLITE_TOOBIG):
            self.init(.invalid, "What was given is too big to be stored (\(reason)).")
        default:
            self.init(.unavailable, "The database refused (\(reason)).")
        }
    }
}
