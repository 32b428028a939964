import BotStore
import Foundation
import Testing

@testable import BotHost

/// The command line's way to a database, whether a host runs on it or not.
@Suite struct AdminLineTests {
    @Test func `with no host running the database is opened for the moment`() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let line = try AdminLine(database: "sqlite:\(folder.path("bothost.sqlite"))", keys: nil)
        guard case .created(let id, _) = try await line.send(.createToken(name: "ci")) else {
            Issue.record("no token")
            return
        }
        guard case .tokens(let tokens) = try await line.send(.tokens) else {
            Issue.record("no list")
            return
        }
        #expect(tokens.map(\.name) == ["ci"])
        #expect(tokens.map(\.lastUsedAt) == [nil])
        #expect(try await line.send(.revokeToken(id: id)) == .done)
        #expect(try await line.send(.tokens) == .tokens([]))
    }

    @Test func `a running host is asked through its socket, which is its owner's alone`() async throws {
        try await HostUnderTest.run { host in
            let database = host.folder.path("bothost.sqlite")
            let line = try AdminLine(database: "sqlite:\(database)", keys: nil)
            func rights() -> Int? {
                let found = try? FileManager.default.attributesOfItem(atPath: database + ".sock")
                return found?[.posixPermissions] as? Int
            }
            while rights() != 0o600 { await Task.yield() }
            guard case .created(let id, _) = try await line.send(.createToken(name: "ci")) else {
                Issue.record("no token")
                return
            }
            #expect(try await host.backend.store.apiTokens().map(\.id) == [id])
        }
    }

    @Test func `two tokens cannot have one name, and a name says something`() async throws {
        try await TestFolder.withStore { store in
            let administration = Administration(
                store: store, keys: KeyChange(database: .sqlite(path: "unused"), environment: nil),
                clock: ManualClock().host)
            _ = try await administration.carryOut(.createToken(name: "ci"))
            for name in ["ci", "", String(repeating: "x", count: 81), "a\nb"] {
                guard case .refused(let sentence) = try await administration.carryOut(.createToken(name: name)) else {
                    Issue.record("“\(name)” was taken")
                    continue
                }
                #expect(!sentence.isEmpty)
            }
            guard case .refused(let sentence) = try await administration.carryOut(.revokeToken(id: "nobody")) else {
                Issue.record("revoked")
                return
            }
            #expect(sentence.contains("bothost token list"))
        }
    }

    @Test func `only a token's hash is kept`() async throws {
        try await TestFolder.withStore { store in
            let administration = Administration(
                store: store, keys: KeyChange(database: .sqlite(path: "unused"), environment: nil),
                clock: ManualClock().host)
            guard case .created(let id, let token) = try await administration.carryOut(.createToken(name: "ci")) else {
                Issue.record("no token")
                return
            }
            #expect(token.hasPrefix("bht_\(id)_"))
            let kept = try #require(await store.apiToken(id))
            #expect(kept.hash.count == 32)
            #expect(!token.utf8.contains { $0 == UInt8(ascii: "=") })
        }
    }
}
