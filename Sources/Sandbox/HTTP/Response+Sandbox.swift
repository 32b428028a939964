import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func json(_ value: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        headers[.cacheControl] = "no-store"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }

    /// An answer that breaks off: what a caller sees of a service that is down.
    static var brokenOff: Response {
        struct BrokenOff: Error {}
        return Response(
            status: .ok, headers: [.connection: "close"],
            body: ResponseBody(contentLength: 1) { _ in throw BrokenOff() })
    }
}

extension Request {
    /// Largest body that is read.
    static let largestBody = 1 << 20

    /// The whole body; throws an error that Hummingbird answers with 413 where it is too large.
    func bytes() async throws -> [UInt8] {
        var buffer = try await body.collect(upTo: Self.largestBody)
        return buffer.readBytes(length: buffer.readableBytes) ?? []
    }

    /// A JSON object as scripts and the pages send it; an empty body is an empty object.
    func object() async throws -> JSON {
        let bytes = try await bytes()
        if bytes.isEmpty { return [:] }
        guard let value = JSON.parse(bytes), value.object != nil else {
            throw ControlError("the body is not a JSON object, or is nested too deep")
        }
        return value
    }

    func query(_ name: String) -> String? {
        FormText.read((uri.query ?? "").utf8)[name]
    }
}
