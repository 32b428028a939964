import Foundation

extension TableStore {
    package func setEnablement(_ override: EnablementOverride) async throws(StoreError) {
        try await transact { db in try EnablementTable.set(override, in: db) }
    }

    package func clearEnablement(workspace: String, plugin: String) async throws(StoreError) -> Bool {
        try await transact { db in try EnablementTable.clear(workspace: workspace, plugin: plugin, in: db) }
    }

    package func enablementOverrides() async throws(StoreError) -> [EnablementOverride] {
        try await query { db in try EnablementTable.all(in: db) }
    }

    package func appendAudit(_ lines: [AuditLine]) async throws(StoreError) {
        if lines.isEmpty { return }
        try await transact { db in try AuditTable.append(lines, in: db) }
    }

    package func auditEntries(limit: Int, before: Int64?) async throws(StoreError) -> [AuditEntry] {
        try await query { db in try AuditTable.entries(limit: limit, before: before, in: db) }
    }

    package func verifyAudit() async throws(StoreError) -> AuditVerdict {
        try await query { db in try AuditTable.verify(in: db) }
    }
}
