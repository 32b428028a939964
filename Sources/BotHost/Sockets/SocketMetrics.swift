import Metrics

/// What is counted of sockets, with the names that `docs/Operations.md` lists.
struct SocketMetrics: Sendable {
    private let live = Meter(label: "bothost_sockets_live")
    private let strangers = Meter(label: "bothost_sockets_of_others")
    private let openings = Counter(label: "bothost_sockets_opened_total")

    func count(live count: Int, strangers others: Int) {
        live.set(count)
        strangers.set(others)
    }

    func opening() { openings.increment() }

    func over(_ end: SocketLife.End) {
        Counter(label: "bothost_sockets_over_total", dimensions: [("reason", end.word)]).increment()
    }
}
