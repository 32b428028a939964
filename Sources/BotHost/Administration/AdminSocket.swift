import BotStore
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Where the command line reaches a running host whose database it cannot open itself: a socket beside the SQLite file.
///
/// Who may connect is the file system's to say: the socket is its owner's alone, as the database is. Nothing of it is on
/// the network, and there is no secret to keep.
struct AdminSocket: Service {
    let administration: Administration
    /// `nil` where the database is not a file: the command line can open it as well as the host.
    let path: String?
    let logger: Logger

    init(_ basics: HostBasics, _ administration: Administration) {
        self.administration = administration
        logger = basics.logger
        if case .sqlite(let file)? = try? DatabaseLocation(basics.configuration.database) {
            path = Self.path(besideDatabaseAt: file)
        } else {
            path = nil
        }
    }

    static func path(besideDatabaseAt file: String) -> String {
        URL(filePath: file).standardizedFileURL.path + ".sock"
    }

    static let bodyLimit = 65_536
    /// The system's bound on the path of a socket, the smaller of those of macOS and Linux.
    static let longestPath = 103

    func run() async throws {
        guard let path else { return try await untilStopped() }
        guard path.utf8.count <= Self.longestPath else {
            logger.notice(
                "the folder's path is too long for a socket: `bothost token`, `jobs` and `keys` work only while the host is stopped",
                metadata: ["path": "\(path)"])
            return try await untilStopped()
        }
        // What a killed host has left behind. The database is ours alone, and so is what lies beside it.
        Self.removeSocket(path)
        let router = Router()
        router.post("/") { request, _ in await answer(request) }
        let listener = Listener(router, at: .unixDomainSocket(path: path), logger: logger) { _ in
            // Between its making and this, the socket has the rights that the process gives to new files.
            try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        do {
            try await listener.run()
            Self.removeSocket(path)
        } catch {
            // The host does its work without it.
            logger.error("the command line cannot reach this host: \(error)", metadata: ["path": "\(path)"])
            try await untilStopped()
        }
    }

    private func untilStopped() async throws { try await gracefulShutdown() }

    private static func removeSocket(_ path: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType == .typeSocket else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    private func answer(_ request: Request) async -> Response {
        let command: AdminCommand
        do {
            let body = try await BoundedBody.read(
                request, announced: request.headers[.contentLength], limit: Self.bodyLimit)
            command = try JSONDecoder().decode(AdminCommand.self, from: Data(body.readableBytesView))
        } catch {
            // Only another version of the program says what this one does not know.
            return Self.response(.refused("The running host does not know this command: is it another version?"))
        }
        do throws(StoreError) {
            return Self.response(try await administration.carryOut(command))
        } catch {
            return Self.response(.refused(error.sentence))
        }
    }

    private static func response(_ answer: AdminAnswer) -> Response {
        guard let body = try? JSONEncoder().encode(answer) else { return Response(status: .internalServerError) }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
