package import PluginAPI

/// Paints a chart as SVG for a page: the same marks as the PNG, with the chart in words for those who cannot see it.
package enum SVGPainter {
    package static func svg(_ chart: Chart) -> String {
        let picture = ChartPicture(chart)
        let size = "\(number(ChartPicture.width)) \(number(picture.height))"
        var svg =
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(size)" role="img" font-family="sans-serif">"#
        svg += "<title>\(escaped(chart.words))</title>"
        for mark in picture.marks { svg += element(mark) }
        return svg + "</svg>"
    }

    private static func element(_ mark: Mark) -> String {
        switch mark {
        case .box(let box, let color, let radius, let edge):
            let place =
                #"x="\#(number(box.x))" y="\#(number(box.y))" width="\#(number(box.width))" height="\#(number(box.height))""#
            let stroke = edge.map { #" stroke="\#(hex($0))""# } ?? ""
            return #"<rect \#(place) rx="\#(number(radius))" fill="\#(hex(color))"\#(stroke)/>"#
        case .line(let points, let color, let width, let isDashed):
            let path = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
            let dash = isDashed ? #" stroke-dasharray="6 4""# : ""
            return
                #"<polyline points="\#(path)" fill="none" stroke="\#(hex(color))" stroke-width="\#(number(width))"\#(dash)/>"#
        case .dot(let point, let color, let radius):
            return
                #"<circle cx="\#(number(point.x))" cy="\#(number(point.y))" r="\#(number(radius))" fill="\#(hex(color))"/>"#
        case .text(let text, let x, let y, let size, let weight, let color, let anchor, let width):
            let place = #"x="\#(number(x))" y="\#(number(y))" font-size="\#(number(size))" fill="\#(hex(color))""#
            let bold = weight == .bold ? #" font-weight="bold""# : ""
            let anchored =
                switch anchor {
                case .start: ""
                case .middle: #" text-anchor="middle""#
                case .end: #" text-anchor="end""#
                }
            return "<text \(place)\(bold)\(anchored)>\(escaped(fitting(text, size: size, width: width)))</text>"
        }
    }

    /// About as much of a text as fits: a page has no way to shorten it, and fonts differ.
    private static func fitting(_ text: String, size: Double, width: Double) -> String {
        let room = max(1, Int(width / (size * 0.56)))
        return text.count <= room ? text : text.prefix(max(1, room - 1)) + "…"
    }

    /// With two decimals at most, and never in the notation with an exponent.
    private static func number(_ value: Double) -> String {
        guard let hundredths = Int64(exactly: (value * 100).rounded()) else { return "0" }
        let sign = hundredths < 0 ? "-" : ""
        let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func hex(_ color: Color) -> String {
        func two(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return "#" + two(color.red) + two(color.green) + two(color.blue)
    }

    /// Scalar by scalar: a combining mark behind a quote or an angle must not hide it. What XML does not allow goes.
    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            case "\u{0}"..."\u{8}", "\u{B}"..."\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}"..."\u{FFFF}": continue
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
