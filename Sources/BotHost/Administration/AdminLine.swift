import AsyncHTTPClient
package import BotStore
import Foundation
import NIOCore
import NIOHTTP1

/// The command line's way to a host's database: it opens the database itself, or where a running host holds it, asks
/// that host.
package struct AdminLine: Sendable {
    let database: DatabaseLocation
    let keys: Secret?

    /// - Parameters:
    ///   - database: The text of `DATABASE_URL`.
    ///   - keys: The text of `BOTHOST_KEYS`, if there is one.
    package init(database: String, keys: Secret?) throws(StoreError) {
        self.database = try DatabaseLocation(database)
        self.keys = keys
    }

    /// - Parameter note: Told what an administrator should know beside the answer.
    /// - Throws: ``StoreError`` where neither way is open.
    package func send(_ command: AdminCommand, note: (String) -> Void = { _ in }) async throws -> AdminAnswer {
        let store: any Store
        do throws(StoreError) {
            let (ring, madeFile) = try database.keys(environment: keys)
            if let madeFile {
                note(
                    "Made a key file that seals the secrets in the database, \(madeFile): keep a copy apart from backups."
                )
            }
            store = try database.openStore(keys: ring, now: Date())
        } catch {
            guard error.code == .lockedByAnotherProcess, case .sqlite(let file) = database else { throw error }
            return try await ask(AdminSocket.path(besideDatabaseAt: file), command, orThrow: error)
        }
        let outcome: Result<AdminAnswer, StoreError>
        do throws(StoreError) {
            let change = KeyChange(database: database, environment: keys)
            outcome = .success(try await Administration(store: store, keys: change).carryOut(command))
        } catch {
            outcome = .failure(error)
        }
        await store.close()
        return try outcome.get()
    }

    private func ask(_ socket: String, _ command: AdminCommand, orThrow locked: StoreError) async throws -> AdminAnswer
    {
        guard let url = URL(httpURLWithSocketPath: socket, uri: "/") else { throw locked }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        request.body = .bytes(try JSONEncoder().encode(command))
        do {
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
            let body = try await answer.body.collect(upTo: 4 * 1_024 * 1_024)
            return try JSONDecoder().decode(AdminAnswer.self, from: Data(body.readableBytesView))
        } catch {
            throw StoreError(
                .lockedByAnotherProcess, "\(locked.sentence) It does not answer at \(socket) either.")
        }
    }
}
