import Foundation

extension PDSubscription {
    /// Makes a subscription of what a call asks for.
    static func read(_ json: JSON, _ account: inout PDAccount) throws(PDFailure) -> PDSubscription {
        guard account.subscriptions.count < 100 else { throw .invalid("Too many webhook subscriptions") }
        let method = json["delivery_method"] ?? .null
        guard method["type"]?.string == "http_delivery_method" else {
            throw .invalid("delivery_method type is invalid")
        }
        guard let url = method["url"]?.string, isURL(url) else { throw .invalid("delivery_method url is invalid") }
        let headers = (method["custom_headers"]?.array ?? []).compactMap { one -> Header? in
            guard let name = one["name"]?.string, let value = one["value"]?.string, isHeader(name, value) else {
                return nil
            }
            return Header(name: name, value: value)
        }
        guard headers.count == method["custom_headers"]?.array?.count ?? 0, headers.count <= 20 else {
            throw .invalid("custom_headers are invalid")
        }
        var one = PDSubscription(
            id: account.random.id("P", length: 6), methodID: account.random.id("P", length: 6), url: url,
            secret: account.random.hex(64), events: [], filterType: "", headers: headers)
        try one.change(json, account)
        guard !one.events.isEmpty else { throw .invalid("events can't be blank") }
        guard !one.filterType.isEmpty else { throw .invalid("filter can't be blank") }
        return one
    }

    /// Takes over the fields that are given; where it delivers to cannot be changed.
    mutating func change(_ json: JSON, _ account: PDAccount) throws(PDFailure) {
        if let text = json["description"] { description = text.string }
        if let flag = json["active"]?.bool { active = flag }
        if let list = json["events"] {
            let names = list.array?.compactMap(\.string) ?? []
            guard !names.isEmpty, names.count == list.array?.count, Set(names).count == names.count,
                names.allSatisfy(PDEndpoint.eventTypes.contains)
            else { throw .invalid("events are invalid") }
            events = names
        }
        if let filter = json["filter"] {
            let id = filter["id"]?.string
            switch filter["type"]?.string {
            case "account_reference": filterID = nil
            case "service_reference":
                guard let id, account.service(id) != nil else { throw .invalid("filter service not found") }
                filterID = id
            case "team_reference":
                guard let id, account.team(id) != nil else { throw .invalid("filter team not found") }
                filterID = id
            default: throw .invalid("filter type is invalid")
            }
            filterType = filter["type"]?.string ?? ""
        }
    }

    /// Whether an event is for this subscription.
    func wants(_ event: PDEvent, in account: PDAccount) -> Bool {
        guard active, events.contains(event.type), let incident = event.incident else { return false }
        switch filterType {
        case "service_reference": return incident.serviceID == filterID
        case "team_reference": return account.service(incident.serviceID)?.teamIDs.contains { $0 == filterID } == true
        default: return true
        }
    }

    /// PagerDuty takes https addresses; the sandbox delivers on this machine, so it takes plain ones too.
    private static func isURL(_ text: String) -> Bool {
        guard text.utf8.count <= 2_000, let url = URL(string: text), let scheme = url.scheme,
            url.host()?.isEmpty == false
        else {
            return false
        }
        return scheme == "http" || scheme == "https"
    }

    private static func isHeader(_ name: String, _ value: String) -> Bool {
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        return isName && name.utf8.count <= 100 && value.utf8.count <= 4_000
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}
