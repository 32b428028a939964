/// What Slack's own client checks before it submits a view.
enum FormRules {
    /// Sentences at their fields, by block id.
    static func problems(of view: SlackView) -> [String: String] {
        var problems: [String: String] = [:]
        for place in BlockKitForm.elements(in: view.blocks) where place.block["type"] == "input" {
            let value = view.state[place.blockID]?[place.actionID]
            if ElementValue.isEmpty(value, type: place.type) {
                if place.block["optional"]?.bool != true {
                    problems[place.blockID] = "Please complete this required field."
                }
            } else if let problem = problem(place, text: value?["value"]?.string ?? "") {
                problems[place.blockID] = problem
            }
        }
        return problems
    }

    private static func problem(_ place: BlockKitForm.Place, text: String) -> String? {
        let count = text.unicodeScalars.count
        switch place.type {
        case "plain_text_input":
            if let least = place.element["min_length"]?.int, count < least {
                return "Please enter at least \(least) characters."
            }
            if let most = place.element["max_length"]?.int, count > most {
                return "Please enter at most \(most) characters."
            }
        case "email_text_input":
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            let isAddress = parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
            if !isAddress { return "Please enter a valid email address." }
        case "url_text_input":
            let isLink = ["http://", "https://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
            if !isLink || text.contains(" ") { return "Please enter a valid URL." }
        case "number_input":
            guard let number = Double(text), number.isFinite else { return "Please enter a number." }
            if place.element["is_decimal_allowed"]?.bool != true, Int(text) == nil {
                return "Please enter a whole number."
            }
            if let least = bound(place.element["min_value"]), number < least {
                return "Please enter a number that is at least \(place.element["min_value"]?.string ?? "")."
            }
            if let most = bound(place.element["max_value"]), number > most {
                return "Please enter a number that is at most \(place.element["max_value"]?.string ?? "")."
            }
        default: break
        }
        return nil
    }

    private static func bound(_ value: JSON?) -> Double? {
        value?.string.flatMap(Double.init) ?? value?.int.map(Double.init)
    }
}
