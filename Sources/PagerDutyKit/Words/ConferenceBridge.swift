/// Where people meet over an incident, as payloads have it: the number is a text, a number or null, and one event has
/// several.
struct ConferenceBridge: Hashable, Sendable, Codable {
    var number: String?
    var link: PagerDuty.WebLink?

    init(number: String?, link: PagerDuty.WebLink?) {
        self.number = number
        self.link = link
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number =
            container.text(.number) ?? container.tolerant(Int64.self, .number).map(String.init)
            ?? container.elements(Number.self, .numbers).first.flatMap(\.text) ?? container.text(.numbers)
        link = container.tolerant(PagerDuty.WebLink.self, .link)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(number, forKey: .number)
        try container.encodeIfPresent(link, forKey: .link)
    }

    private struct Number: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.container(keyedBy: NumberKeys.self) {
                text = container.text(.number)
            } else {
                text = try? decoder.singleValueContainer().decode(String.self)
            }
        }

        private enum NumberKeys: String, CodingKey {
            case number
        }
    }

    private enum CodingKeys: String, CodingKey {
        case number = "conference_number"
        case numbers = "conference_numbers"
        case link = "conference_url"
    }
}
