/// Why the store did not do what was asked: a code that decides what to do next, and one sentence for a person.
///
/// The sentence names the place and the mend. It never holds a value, a secret or a statement.
package struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable, CaseIterable {
        /// The store cannot be reached or did not answer in time.
        case unavailable
        /// Too many requests wait already.
        case overloaded
        /// No room is left on the disk.
        case diskFull = "disk_full"
        /// The disk failed while writing: nothing may be acknowledged any more, the process should end.
        case diskFailure = "disk_failure"
        /// The file or its folder cannot be written or read with the rights that the process has.
        case noAccess = "no_access"
        /// Another process holds the database.
        case lockedByAnotherProcess = "locked_by_another_process"
        /// The database was written by a newer version of the program.
        case newerSchema = "newer_schema"
        /// The stored data are damaged, or the file is something else.
        case corrupt
        /// The keys that were given do not open what is stored.
        case wrongKey = "wrong_key"
        /// The expected version is not the stored one, or the thing exists already.
        case conflict
        /// The job or message was taken over by somebody else in the meantime.
        case lostLease = "lost_lease"
        /// That account at the provider is linked to another person already.
        case alreadyLinked = "already_linked"
        /// There is no such thing.
        case notFound = "not_found"
        /// What was given cannot be stored: too long, empty, or with characters that have no place there.
        case invalid
        /// The store was closed.
        case closed
        /// A setting is wrong or asks for something that this version does not have.
        case configuration
    }

    package let code: Code
    /// One sentence: what is wrong, and what mends it.
    package let sentence: String

    package init(_ code: Code, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    /// Whether the same call may succeed a little later without anybody changing anything in it.
    package var isTransient: Bool {
        switch code {
        case .unavailable, .overloaded, .diskFull: true
        default: false
        }
    }

    /// Whether the process must stop acknowledging and end, because the store can no longer keep its promise.
    package var isFatal: Bool {
        code == .diskFailure
    }

    package var description: String { "\(sentence) (\(code.rawValue))" }
}
