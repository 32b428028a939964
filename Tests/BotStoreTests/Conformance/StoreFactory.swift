import BotStore
import Foundation
import TestDatabase
import Testing

/// A kind of store that the conformance suite runs on. Another implementation joins by adding itself to `all`: the
/// suites know nothing else of it.
struct StoreFactory: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Makes an empty place for one store.
    let makePlace: @Sendable () throws -> StorePlace

    static let all = [sqlite, postgreSQL]

    static let sqlite = StoreFactory(testDescription: "SQLite") {
        let folder = try TemporaryFolder()
        return StorePlace(
            open: { keys, now in
                try SQLiteStore(path: folder.path("bothost.sqlite"), keys: keys, now: now, leases: .caller)
            },
            remove: { folder.remove() })
    }

    static let postgreSQL = StoreFactory(testDescription: "PostgreSQL") {
        let server = try TestServer.shared()
        let database = try server.makeDatabase()
        let url = Secret(server.url(of: database))
        return StorePlace(
            open: { keys, now in try PostgreSQLStore(url: url, keys: keys, now: now, leases: .caller) },
            remove: { server.drop(database) })
    }

    /// Runs a test on a store of its own, and clears up after it.
    func withStore(_ body: (any Store) async throws -> Void) async throws {
        try await withPlace { place in
            let store = try place.open(.test, .start)
            do { try await body(store) } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }

    /// Runs a test that opens and closes stores itself, all on the same data.
    func withPlace(_ body: (StorePlace) async throws -> Void) async throws {
        await StoreDoor.shared.enter()
        do {
            let place = try makePlace()
            defer { place.remove() }
            try await body(place)
        } catch {
            await StoreDoor.shared.leave()
            throw error
        }
        await StoreDoor.shared.leave()
    }
}

/// Lets in a few tests at once: a server has only so many connections.
actor StoreDoor {
    static let shared = StoreDoor(places: 6)

    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { self.places = places }

    func enter() async {
        guard places == 0 else {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        guard waiting.isEmpty else { return waiting.removeFirst().resume() }
        places += 1
    }
}

/// Where one store's data are: opened as often as a test likes.
struct StorePlace: Sendable {
    let open: @Sendable (KeyRing, Date) throws -> any Store
    let remove: @Sendable () -> Void
}

/// A folder for one test.
struct TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bothost-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func remove() { try? FileManager.default.removeItem(at: url) }

    /// All bytes of all files in it.
    func contents() throws -> Data {
        try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
            .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }
}

extension Date {
    /// The tests' clock stands still here, and moves by `after(_:)`.
    static let start = Date(timeIntervalSince1970: 1_790_000_000)

    static func after(_ seconds: Double) -> Date { start + seconds }
}

extension Data {
    init(_ text: String) { self.init(text.utf8) }
}

extension KeyRing {
    static let testText = "test:" + Data(repeating: 7, count: 32).base64EncodedString()
    static let otherText = "other:" + Data(repeating: 9, count: 32).base64EncodedString()

    static var test: KeyRing {
        get throws { try KeyRing(parsing: Secret(testText)) }
    }
}

/// Fails the test unless `body` throws a `StoreError` with this code; returns it for a look at its sentence.
@discardableResult
func expectFailure(
    _ code: StoreError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> some Any
) async -> StoreError? {
    do {
        _ = try await body()
        Issue.record("Nothing was thrown; expected \(code.rawValue).", sourceLocation: sourceLocation)
        return nil
    } catch {
        let failure = error as? StoreError
        #expect(failure?.code == code, "\(error)", sourceLocation: sourceLocation)
        return failure
    }
}
