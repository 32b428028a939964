import PluginAPI

/// A chart of each kind, with the names that people really give to things.
enum Specimens {
    static let days = ["Mon 17", "Tue 18", "Wed 19", "Thu 20", "Fri 21", "Sat 22", "Sun 23"]

    static let week = Chart.columns(
        "Incidents by day", subtitle: "17–23 Nov 2026 · Checkout, Payments", places: days,
        series: [
            .init("High urgency", [3, 5, 2, 8, 4, 1, 0], tone: .alarm),
            .init("Low urgency", [6, 2, 4, 4, 3, 2, 1], tone: .calm),
            .init("Week before", [4, 4, 9, 6, 6, 3, 2], tone: .past),
        ])
    static let month = Chart.columns(
        "Incidents by day", subtitle: "November 2026", places: (1...30).map { "\($0)" },
        series: [
            .init("High urgency", (1...30).map { Double(($0 * 7) % 5) }, tone: .alarm),
            .init("Low urgency", (1...30).map { Double(($0 * 3) % 7) }, tone: .calm),
        ])
    static let services = Chart.bars(
        "Services with most incidents", subtitle: "17–23 Nov 2026",
        [
            .init(
                "Checkout API", [.init("High urgency", 14, tone: .alarm), .init("Low urgency", 6, tone: .calm)],
                note: "20 · 42 min"),
            .init(
                "Zahlungsabwicklung mit einem sehr langen Namen 🚀",
                [.init("High urgency", 4, tone: .alarm), .init("Low urgency", 9, tone: .calm)], note: "13 · 2 h"),
            .init("Search <b>\"&'", [.init("High urgency", 1, tone: .alarm)], note: "1 · 5 min"),
        ])
    static let times = Chart.lines(
        "Time to acknowledge", subtitle: "17–23 Nov 2026", places: days,
        series: [
            .init("This week", [120, 300, 240, nil, 180, 600, 90]),
            .init("Week before", [200, 220, 240, 260, 300, 280, 180], tone: .past),
        ], unit: .seconds)
    static let nothing = Chart.bars("Services with most incidents", subtitle: "17–23 Nov 2026", [])

    static let all = [week, month, services, times, nothing]
}
