/// Finds elements by what people read on them.
struct Labels {
    let team: SlackWorkspace

    private static func text(_ value: JSON?) -> String? { value?["text"]?.string }

    /// Everything by which an element here can be called.
    static func all(in blocks: [JSON]) -> [String] {
        BlockKitForm.elements(in: blocks).flatMap { place -> [String] in
            let own = [text(place.element["text"]), text(place.block["label"]), place.actionID].compactMap { $0 }
            return own + ElementValue.options(of: place.element).compactMap { text($0["text"]) }
        }
    }

    private static func same(_ one: String?, _ other: String) -> Bool {
        one.map { $0.lowercased() == other.lowercased() } ?? false
    }

    /// The element that is called `label`: by action id, by the text on it, by its block's label, or by an option of it.
    func element(
        _ label: String, value: JSON?, in blocks: [JSON]
    ) throws(ControlError) -> (place: BlockKitForm.Place, action: JSON)? {
        let places = BlockKitForm.elements(in: blocks)
        let named =
            places.first { $0.actionID == label } ?? places.first { Self.same(Self.text($0.element["text"]), label) }
            ?? places.first { Self.same(Self.text($0.block["label"]), label) }
            ?? places.first { Self.same(Self.text($0.element["placeholder"]), label) }
        if let named {
            guard let value else { return (named, [:]) }
            if named.type == "overflow" { return (named, ["selected_option": try option(value, of: named)]) }
            return (named, try plainValue(value, for: named))
        }
        for place in places {
            guard
                let option = ElementValue.options(of: place.element).first(where: {
                    Self.same(Self.text($0["text"]), label) || $0["value"]?.string == label
                })
            else { continue }
            let isMultiple = ElementValue.isMultiple(place.type)
            return (place, isMultiple ? ["selected_options": [option]] : ["selected_option": option])
        }
        return nil
    }

    /// The input that is called `label`: by its label, action id or block id.
    func input(_ label: String, in blocks: [JSON]) -> BlockKitForm.Place? {
        let places = BlockKitForm.elements(in: blocks).filter { ElementValue.name(of: $0.type) != nil }
        return places.first { Self.same(Self.text($0.block["label"]), label) }
            ?? places.first { $0.actionID == label || $0.blockID == label }
    }

    private func option(_ value: JSON, of place: BlockKitForm.Place) throws(ControlError) -> JSON {
        let options = ElementValue.options(of: place.element)
        let wanted = value.string ?? value["value"]?.string ?? ""
        let found =
            options.first { Self.same(Self.text($0["text"]), wanted) }
            ?? options.first { $0["value"]?.string == wanted }
        guard let found else {
            let known = options.compactMap { Self.text($0["text"]) }.joined(separator: ", ")
            throw ControlError("no option is called \(wanted); there is: \(known)")
        }
        return found
    }

    /// A value in the form that payloads carry, for elements whose options are known here.
    private func plainValue(_ value: JSON, for place: BlockKitForm.Place) throws(ControlError) -> JSON {
        guard let name = ElementValue.name(of: place.type) else { return [:] }
        if value.isNull { return ["type": .string(place.type), name: .null] }
        if ElementValue.isMultiple(place.type) {
            var values: [JSON] = []
            for item in value.array ?? [value] { values.append(try single(item, for: place)) }
            return ["type": .string(place.type), name: .array(values)]
        }
        return ["type": .string(place.type), name: try single(value, for: place)]
    }

    private func single(_ value: JSON, for place: BlockKitForm.Place) throws(ControlError) -> JSON {
        switch place.type {
        case "static_select", "multi_static_select", "radio_buttons", "checkboxes": return try option(value, of: place)
        case "users_select", "multi_users_select":
            guard let person = Mentions(team: team).person(value.string ?? "") else {
                throw ControlError("nobody is called \(value.string ?? value.text)")
            }
            return .string(person.id)
        case "conversations_select", "channels_select", "multi_conversations_select", "multi_channels_select":
            let wanted = value.string ?? ""
            let name = wanted.hasPrefix("#") ? String(wanted.dropFirst()) : wanted
            guard let channel = team.channels.first(where: { $0.id == wanted || ($0.kind != .im && $0.name == name) })
            else { throw ControlError("no conversation is called \(wanted)") }
            return .string(channel.id)
        case "plain_text_input", "email_text_input", "url_text_input", "number_input":
            return .string(value.string ?? value.text)
        default: return value
        }
    }

    /// A value in the form that payloads carry; options that only the app knows are looked up with `query`.
    func value(
        _ value: JSON, for place: BlockKitForm.Place, _ query: (String) async throws -> JSON
    ) async throws -> JSON {
        guard place.type == "external_select" || place.type == "multi_external_select" else {
            return try plainValue(value, for: place)
        }
        var chosen: [JSON] = []
        for item in value.array ?? [value] where !item.isNull {
            guard let wanted = item.string else {
                chosen.append(item)
                continue
            }
            let answer = try await query(wanted)
            let options = ElementValue.options(of: answer)
            let found =
                options.first { Self.same(Self.text($0["text"]), wanted) || $0["value"]?.string == wanted }
                ?? (options.count == 1 ? options.first : nil)
            guard let found else {
                let known = options.compactMap { Self.text($0["text"]) }.joined(separator: ", ")
                throw ControlError("the app offers no option \(wanted); there is: \(known)")
            }
            chosen.append(found)
        }
        return place.type == "external_select"
            ? ["type": .string(place.type), "selected_option": chosen.first ?? .null]
            : ["type": .string(place.type), "selected_options": .array(chosen)]
    }
}
