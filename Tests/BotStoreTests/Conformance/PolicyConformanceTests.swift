import BotStore
import Foundation
import Testing

@Suite struct PolicyConformanceTests {
    @Test(arguments: StoreFactory.all)
    func `what an administrator switches is kept with who and when, until it is cleared`(factory: StoreFactory)
        async throws
    {
        try await factory.withStore { store in
            let off = EnablementOverride(workspace: "T1", plugin: "invite", isEnabled: false, by: "U1", at: .start)
            let on = EnablementOverride(workspace: "T1", plugin: "invite", isEnabled: true, by: "U2", at: .after(1))
            let other = EnablementOverride(workspace: "T2", plugin: "invite", isEnabled: false, by: "U1", at: .start)
            try await store.setEnablement(off)
            try await store.setEnablement(other)
            try await store.setEnablement(on)
            #expect(try await store.enablementOverrides() == [on, other])
            #expect(try await store.clearEnablement(workspace: "T1", plugin: "invite"))
            #expect(try await store.clearEnablement(workspace: "T1", plugin: "invite") == false)
            #expect(try await store.enablementOverrides() == [other])
        }
    }

    @Test(arguments: StoreFactory.all)
    func `the audit log is a chain that is read newest first`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            let lines = (1...5).map { number in
                AuditLine(
                    at: .after(Double(number)), actor: "U\(number)", action: "account.unlinked", subject: "pagerduty",
                    workspace: "T1", detail: number == 3 ? Data([0, 255]) : nil)
            }
            try await store.appendAudit(Array(lines[0..<2]))
            try await store.appendAudit([])
            try await store.appendAudit(Array(lines[2...]))
            let entries = try await store.auditEntries(limit: 3, before: nil)
            #expect(entries.map(\.line) == [lines[4], lines[3], lines[2]])
            #expect(entries[0].previousHash == entries[1].hash)
            let rest = try await store.auditEntries(limit: 9, before: entries[2].number)
            #expect(rest.map(\.line) == [lines[1], lines[0]])
            #expect(try await store.verifyAudit() == .sound(lines: 5, lastHash: entries[0].hash))
        }
    }

    @Test(arguments: StoreFactory.all)
    func `many who write to the audit log at once make one chain`(factory: StoreFactory) async throws {
        try await factory.withStore { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        try await store.appendAudit([
                            AuditLine(at: .start, actor: "U\(number)", action: "test", subject: "x")
                        ])
                    }
                }
                try await group.waitForAll()
            }
            guard case .sound(lines: 50, _) = try await store.verifyAudit() else {
                Issue.record("The chain is broken.")
                return
            }
        }
    }
}
