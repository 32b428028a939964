package import PluginAPI

extension Option {
    /// A choice of something in PagerDuty. Names there may be longer than a menu's entry.
    package static func choice(_ name: String, _ id: PagerDuty.ID, description: String? = nil) -> Option {
        choice(name, value: id.value, description: description)
    }

    /// A choice of something in PagerDuty, under a value of the caller's own.
    package static func choice(_ name: String, value: String, description: String? = nil) -> Option {
        Option(menuText(name), value: value, description: description.map(menuText))
    }

    /// At most 75 UTF-16 units, cut between scalars.
    ///
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/option-object>
    private static func menuText(_ text: String) -> String {
        guard text.utf16.count > 75 else { return text }
        var cut = String.UnicodeScalarView()
        var units = 0
        for scalar in text.unicodeScalars {
            units += UTF16.width(scalar)
            guard units < 75 else { break }
            cut.append(scalar)
        }
        return String(cut) + "…"
    }
}
