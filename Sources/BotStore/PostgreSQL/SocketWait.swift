#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Waits for sockets on a thread that has nothing else to do.
enum SocketWait {
    /// Waits until one of the sockets has what it waits for; false when time is over first.
    static func wait(_ sockets: [(descriptor: Int32, events: Int32)], until deadline: ContinuousClock.Instant) -> Bool {
        var entries = sockets.map {
            pollfd(fd: $0.descriptor, events: Int16(truncatingIfNeeded: $0.events), revents: 0)
        }
        while true {
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            guard left > 0 else { return false }
            let count = poll(&entries, nfds_t(entries.count), Int32(min(left.rounded(.up), 60_000)))
            if count > 0 { return true }
            guard count == 0 || errno == EINTR else { return true }
        }
    }

    static func forReading(_ socket: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        wait([(socket, POLLIN)], until: deadline)
    }

    static func forBoth(_ socket: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        wait([(socket, POLLIN | POLLOUT)], until: deadline)
    }

    static func forWriting(_ socket: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        wait([(socket, POLLOUT)], until: deadline)
    }

    /// Does nothing for a while.
    static func rest(_ duration: Duration) {
        _ = wait([], until: .now + duration)
    }
}
