import FoundationEssentials
import PagerDutyKit
import PluginAPI

/// Makes a report's message: numbers, picture, words.
struct ReportMaker {
    let context: Context<InsightsPlugin>
    let person: Person

    func message(
        _ report: Report, lateSince: Date? = nil, isShared: Bool = false
    ) async throws -> Message {
        let reader = InsightsReader(context, as: person)
        // What is on the shelf is for those only who may ask.
        try await reader.checkLink()
        let shelf = ReportShelf(context, person: context.settings.requireLink ? person : nil)
        let face = try await report.face(shelf, from: reader)
        let chart = face.chart(report.query, subtitle: ReportWords.subtitle(report))
        let picture = try await ReportPicture(chart, report, shelf, context)
        return ReportMessage(report: report, face: face, picture: picture, lateSince: lateSince)
            .message(isShared: isShared)
    }
}
