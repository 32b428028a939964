import Hummingbird
import NIOCore
import ServiceLifecycle

/// Answers in the text/event-stream format.
///
/// - SeeAlso: https://html.spec.whatwg.org/multipage/server-sent-events.html
enum ServerSentEvents {
    /// Streams a listener's events until it goes away or the sandbox stops.
    ///
    /// - Parameters:
    ///   - subscription: where the events come from
    ///   - interval: how often a comment is sent so that nothing in between closes the connection
    ///   - text: the data of an event, one line of JSON; nil for events that are not for this listener
    static func response<Event: Sendable>(
        from subscription: Broadcast<Event>.Subscription, keepAliveEvery interval: Duration = .seconds(15),
        _ text: @escaping @Sendable (Event) -> String?
    ) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: ": connected\n\n"))
                let ticks = Task {
                    while !Task.isCancelled {
                        try await Task.sleep(for: interval)
                        subscription.keepAlive()
                    }
                }
                defer { ticks.cancel() }
                for await item in subscription.items.cancelOnGracefulShutdown() {
                    switch item {
                    case .keepAlive: try await writer.write(ByteBuffer(string: ": keep-alive\n\n"))
                    case .event(let event):
                        guard let line = text(event) else { continue }
                        try await writer.write(ByteBuffer(string: "data: \(line)\n\n"))
                    }
                }
                try await writer.finish(nil)
            })
    }
}
