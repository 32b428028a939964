import Hummingbird
import NIOCore

/// Reads a request's body within its size and its time.
enum BoundedBody {
    enum Fault: Error {
        case tooLarge
        case tooSlow
    }

    /// A sender that stops half-way is cut off by the listener's idle time; this is for one that sends a byte now and
    /// then.
    static let time = Duration.seconds(10)

    /// - Parameters:
    ///   - length: What the sender announced, if it did.
    ///   - limit: In bytes.
    static func read(_ request: Request, announced length: String?, limit: Int) async throws(Fault) -> ByteBuffer {
        if let length = length.flatMap({ Int($0) }), length > limit { throw .tooLarge }
        let deadline = ContinuousClock.now + time
        var body = ByteBuffer()
        do {
            for try await part in request.body {
                guard body.readableBytes + part.readableBytes <= limit else { throw Fault.tooLarge }
                guard ContinuousClock.now < deadline else { throw Fault.tooSlow }
                if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
            }
        } catch let fault as Fault {
            throw fault
        } catch {
            // The connection broke: nobody is there to hear it.
            throw .tooSlow
        }
        return body
    }
}
