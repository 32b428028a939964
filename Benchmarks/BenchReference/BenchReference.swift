import Foundation
import Hummingbird
import NIOCore

/// The yardstick of the benchmark: a Hummingbird server that reads a request's body and answers fixed bytes.
///
/// usage: `BenchReference FILE`, where FILE holds the bytes to answer. Prints the address that it listens on.
@main struct BenchReference {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: BenchReference FILE-WITH-THE-ANSWER\n".utf8))
            exit(64)
        }
        let answer = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: CommandLine.arguments[1])))
        let router = Router()
        router.post("slack/events") { request, _ in
            _ = try await request.body.collect(upTo: 1 << 20)
            return Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: ResponseBody(byteBuffer: answer))
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                print("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
                fflush(nil)
            })
        try await application.runService()
    }
}
