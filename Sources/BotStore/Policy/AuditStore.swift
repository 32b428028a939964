package import Foundation

/// Something that somebody did, to be noted for good.
package struct AuditLine: Sendable, Equatable {
    /// When.
    package var at: Date
    /// Who: a person, an administrator, a token, the host itself.
    package var actor: String
    /// What: a stable word such as `account.unlinked`.
    package var action: String
    /// To what.
    package var subject: String
    /// The workspace; empty for none.
    package var workspace: String
    /// More about it, in the host's form, without anything secret.
    package var detail: Data?

    package init(
        at: Date, actor: String, action: String, subject: String, workspace: String = "", detail: Data? = nil
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.workspace = workspace
        self.detail = detail
    }
}

/// A line of the audit log. Its hash covers the line and the hash of the line before.
package struct AuditEntry: Sendable, Equatable {
    package let number: Int64
    package let line: AuditLine
    package let previousHash: Data
    package let hash: Data
}

/// Whether the audit log is as it was written.
package enum AuditVerdict: Sendable, Equatable {
    /// Every line follows from the one before. `lastHash`, kept elsewhere, shows later whether the end was cut off.
    case sound(lines: Int, lastHash: Data)
    /// From this line on, something was changed, removed or put in.
    case broken(at: Int64)
}

/// The audit log: only ever appended to.
package protocol AuditStore: Sendable {
    func appendAudit(_ lines: [AuditLine]) async throws(StoreError)

    /// Lines, newest first; `before` is the last number of the page before.
    func auditEntries(limit: Int, before: Int64?) async throws(StoreError) -> [AuditEntry]

    func verifyAudit() async throws(StoreError) -> AuditVerdict
}
