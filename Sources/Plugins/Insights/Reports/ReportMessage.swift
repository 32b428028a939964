import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// A report as a message, with buttons for its other faces.
struct ReportMessage {
    enum Action {
        static let view = "report-"
        static let share = "share"
    }

    let report: Report
    let face: any ReportFace
    let picture: ReportPicture
    /// When it should have been delivered, where that was missed.
    var lateSince: Date?

    /// The whole message; where it is not for the subscriber alone, without what only the subscriber may press.
    func message(isShared: Bool = false) -> Message {
        let query = report.query
        let sentence = face.sentence(query)
        let line: Mrkdwn = "\(report.view.name), \(ReportWords.days(report)): \(sentence)"
        return Message(line.clipped(to: 1_000)) {
            Block.header("\(report.view.name) · \(ReportWords.days(report))")
            Block.section(.mrkdwn(sentence.clipped(to: 2_900)))
            for block in picture.blocks { block }
            if !face.figures.isEmpty {
                Block.section(fields: face.figures.map { .mrkdwn("*\($0.name.escaped())*\n\($0.value.escaped())") })
            }
            if !face.lines.isEmpty {
                Block.section(.mrkdwn(face.lines.joined(separator: "\n").clipped(to: 2_900)), expand: true)
            }
            Block.context(["\(ReportWords.about(report.subscription))"])
            Block.context(["\(footer)"])
            if !isShared { Block.actions(buttons) }
        }
    }

    private var footer: Mrkdwn {
        var words: Mrkdwn = "PagerDuty's figures can be up to a day old. \(report.subscription.schedule)."
        if let lateSince {
            words = "Late: due \(Mention.date(lateSince, fallback: PagerDutyTime.format(lateSince))). " + words
        }
        return words
    }

    private var buttons: [Element] {
        let value = ReportTurn.value(report.subscription.id, report.period)
        let views = report.subscription.views.map { view in
            Element.button(
                view.name, action: Action.view + view.rawValue, value: value,
                style: view == report.view ? .primary : .standard)
        }
        return (views.count > 1 ? views : []) + [
            .button("Share…", action: Action.share, value: "\(report.view.rawValue) \(value)"),
            .button("Manage Subscriptions", action: SubscriptionList.Action.manage),
        ]
    }
}
