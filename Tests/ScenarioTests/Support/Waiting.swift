import Sandbox
import Testing

/// Something did not come about in time.
struct NeverHappened: Error, CustomStringConvertible {
    let description: String
}

extension Stage {
    /// How long a test waits, in real time, for what is on its way. Only a failing test ever waits that long.
    static let patience = Duration.seconds(10)

    /// Waits until something is there.
    @discardableResult func eventually<Found>(
        _ what: @autoclosure () -> String, at place: SourceLocation, _ look: () async throws -> Found?
    ) async throws -> Found {
        try await wait(what, at: place, step: nil, look)
    }

    /// Lets time pass, a tenth of a second at a time, until something is there.
    @discardableResult func letTimePass<Found>(
        until what: @autoclosure () -> String, at place: SourceLocation = #_sourceLocation,
        _ look: () async throws -> Found?
    ) async throws -> Found {
        try await wait(what, at: place, step: .milliseconds(100), look)
    }

    /// Lets time pass in steps of half a second, with room for the host to do what is due.
    func letTimePass(for duration: Duration) async throws {
        var passed = Duration.zero
        while passed < duration {
            clock.advance(by: .milliseconds(500))
            passed += .milliseconds(500)
            try await Task.sleep(for: .milliseconds(3))
        }
    }

    /// Lets time pass, a tenth of a second at a time, for as long as something takes.
    func letTimePass<Result: Sendable>(while work: @escaping @Sendable () async throws -> Result) async throws -> Result
    {
        let task = Task { try await work() }
        let ticking = Task {
            while !Task.isCancelled {
                clock.advance(by: .milliseconds(100))
                try await Task.sleep(for: .milliseconds(3))
            }
        }
        defer { ticking.cancel() }
        return try await task.value
    }

    /// Moves the clock on at once.
    func pass(_ duration: Duration) {
        clock.advance(by: duration)
    }

    private func wait<Found>(
        _ what: () -> String, at place: SourceLocation, step: Duration?, _ look: () async throws -> Found?
    ) async throws -> Found {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            if let found = try await look() { return found }
            guard ContinuousClock.now < deadline else { break }
            if let step { clock.advance(by: step) }
            try await Task.sleep(for: .milliseconds(3))
        }
        let problem = NeverHappened(description: "\(what()); the host logged: \(log.lines.suffix(5))")
        Issue.record(problem, sourceLocation: place)
        throw problem
    }
}
