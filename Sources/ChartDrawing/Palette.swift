import PluginAPI

/// The colours of all charts, from Okabe and Ito's set: told apart with every kind of colour vision, and by lightness alone.
/// - SeeAlso: <https://jfly.uni-koeln.de/color/>
enum Palette {
    static let ground = Color(0xFFFFFF)
    static let ink = Color(0x1D1C1D)
    static let faint = Color(0x616061)
    static let grid = Color(0xDDDDDD)

    static func color(_ tone: Chart.Tone) -> Color {
        switch tone.kind {
        case .main: Color(0x0072B2)
        case .second: Color(0xE69F00)
        case .third: Color(0x009E73)
        case .alarm: Color(0xD55E00)
        case .calm: Color(0x56B4E9)
        case .past: Color(0x8A8A8A)
        }
    }
}
