import HTTPTypes
import Hummingbird
import NIOCore
import SlackKit

/// What a person filled in and sent: at most 64 KiB, and only from a page of ours.
struct PageForm: Sendable {
    private let form: FormBody

    static let bodyLimit = 65_536

    /// Why a form is not looked at.
    enum Fault: Error {
        case tooLarge
        case notAForm
        /// Another site had the browser send it.
        case fromElsewhere
    }

    subscript(name: StaticString) -> String { form[name] ?? "" }

    /// Reads a form.
    /// - Parameter origin: The address of the listener as people reach it; what a browser says it comes from must be it.
    static func read(_ request: Request, origin: String) async throws(Fault) -> PageForm {
        guard isOwn(request.headers, origin: origin) else { throw .fromElsewhere }
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().utf8.starts(with: "application/x-www-form-urlencoded".utf8) else { throw .notAForm }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: bodyLimit)
        } catch {
            throw .tooLarge
        }
        do {
            return PageForm(form: try FormBody(Array(body.readableBytesView)))
        } catch {
            throw .notAForm
        }
    }

    /// Browsers say where a request comes from, in a header that pages cannot set.
    /// - SeeAlso: <https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site>
    static func isOwn(_ headers: HTTPFields, origin: String) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ headers[$0] }) { return site == "same-origin" }
        guard let sent = headers[.origin] else { return false }
        return sent.utf8.elementsEqual(origin.utf8)
    }
}
