package import PluginAPI

/// A chart laid out: marks with places and colours, in the order in which they are painted.
///
/// The layout knows nothing of fonts: a text has a place, an anchor and a width that it must not leave, and whoever paints
/// it shortens it. So the PNG and the SVG show the same.
package struct ChartPicture: Sendable {
    /// Wide enough for a month of columns, narrow enough to be read on a phone, where Slack shows it at about half.
    package static let width = 560.0

    package let height: Double
    package private(set) var marks: [Mark] = []

    static let margin = 20.0
    static let headHeight = 66.0
    static let legendHeight = 26.0

    package init(_ chart: Chart) {
        let legend = Legend(chart)
        let body = Body(
            top: Self.headHeight + (legend.isNeeded ? Self.legendHeight : 0),
            left: Self.margin, right: Self.width - Self.margin)
        let drawn: (marks: [Mark], height: Double)
        switch chart.form {
        case .columns(let places, let series):
            drawn = PlaceLayout(body, places: places, series: series, unit: chart.unit).columns
        case .lines(let places, let series):
            drawn = PlaceLayout(body, places: places, series: series, unit: chart.unit).lines
        case .bars(let bars): drawn = BarLayout(body, bars: bars, unit: chart.unit).marks
        }
        height = body.top + drawn.height + Self.margin
        // Opaque, with an edge: it is read the same on Slack's light and dark ground.
        marks = [
            .box(
                Box(x: 0.5, y: 0.5, width: Self.width - 1, height: height - 1), Palette.ground, radius: 10,
                edge: Palette.grid)
        ]
        marks += Self.head(chart)
        if legend.isNeeded { marks += legend.marks(y: Self.headHeight) }
        marks += drawn.marks
    }

    private static func head(_ chart: Chart) -> [Mark] {
        let width = Self.width - 2 * margin
        return [
            .text(chart.title, x: margin, y: 32, size: 19, weight: .bold, Palette.ink, anchor: .start, width: width),
            .text(
                chart.subtitle, x: margin, y: 53, size: 14, weight: .plain, Palette.faint, anchor: .start, width: width),
        ]
    }

    /// Where the marks of a chart's form go.
    struct Body {
        let top: Double
        let left: Double
        let right: Double
    }
}
