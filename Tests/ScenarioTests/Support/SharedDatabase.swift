import Foundation
import TestDatabase

/// A PostgreSQL database for the hosts of one stage.
struct SharedDatabase: Sendable {
    private let server: TestServer
    private let name: String

    var url: String { server.url(of: name) }

    init() throws {
        server = try TestServer.shared()
        name = try server.makeDatabase()
    }

    func drop() { server.drop(name) }
}
