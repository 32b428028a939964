/// Names of people, groups and channels in what somebody typed.
struct Mentions {
    let team: SlackWorkspace

    /// The person that a text such as `@ada`, `Ada Martin` or `<@U0ADA0001>` means.
    func person(_ text: String) -> SlackPerson? {
        let text = text.split(separator: " ").joined(separator: " ")
        if text.hasPrefix("<@"), text.hasSuffix(">") {
            let id = text.dropFirst(2).dropLast().split(separator: "|").first.map(String.init)
            return team.person(id ?? "")
        }
        let name = (text.hasPrefix("@") ? String(text.dropFirst()) : text).lowercased()
        return team.people.first { [$0.id.lowercased(), $0.name, $0.realName.lowercased()].contains(name) }
    }

    private struct Name {
        let spelling: [UInt8]
        let plain: String
        let escaped: String
        let isPerson: Bool
    }

    private var names: [Name] {
        var names: [Name] = []
        for person in team.people {
            for spelling in Set([person.name, person.realName.lowercased()]) {
                names.append(
                    Name(
                        spelling: Array("@\(spelling)".utf8), plain: "@\(person.name)",
                        escaped: "<@\(person.id)|\(person.name)>", isPerson: true))
            }
        }
        for group in team.usergroups {
            guard let id = group["id"]?.string, let handle = group["handle"]?.string else { continue }
            names.append(
                Name(
                    spelling: Array("@\(handle)".utf8), plain: "@\(handle)", escaped: "<!subteam^\(id)|@\(handle)>",
                    isPerson: false))
        }
        for word in ["here", "channel", "everyone"] {
            names.append(
                Name(spelling: Array("@\(word)".utf8), plain: "@\(word)", escaped: "<!\(word)>", isPerson: false))
        }
        for channel in team.channels where channel.kind != .im {
            names.append(
                Name(
                    spelling: Array("#\(channel.name)".utf8), plain: "#\(channel.name)",
                    escaped: "<#\(channel.id)|\(channel.name)>", isPerson: false))
        }
        return names.sorted { $0.spelling.count > $1.spelling.count }
    }

    /// The text of a slash command: names as references where the manifest asks for `should_escape`, plain otherwise.
    ///
    /// - SeeAlso: https://docs.slack.dev/interactivity/implementing-slash-commands#sending_user_ids
    func commandText(_ text: String, escaped: Bool) -> String {
        let unified = plain(text)
        return escaped ? replaceNames(in: unified) { $0.escaped } : unified
    }

    /// The text of a message: special characters are escaped, names are references.
    func messageText(_ text: String) -> String {
        replaceNames(in: SlackText.typed(plain(text))) { name in
            // In messages a person's reference carries no name.
            name.isPerson ? String(name.escaped.prefix { $0 != "|" }) + ">" : name.escaped
        }
    }

    /// References that were typed or pasted as such, as names.
    private func plain(_ text: String) -> String {
        var text = text
        for person in team.people {
            for reference in ["<@\(person.id)>", "<@\(person.id)|\(person.name)>"] {
                text = text.split(separator: reference, omittingEmptySubsequences: false).joined(
                    separator: "@\(person.name)")
            }
        }
        for channel in team.channels where channel.kind != .im {
            for reference in ["<#\(channel.id)>", "<#\(channel.id)|\(channel.name)>"] {
                text = text.split(separator: reference, omittingEmptySubsequences: false).joined(
                    separator: "#\(channel.name)")
            }
        }
        return text
    }

    private func replaceNames(in text: String, _ form: (Name) -> String) -> String {
        let names = names
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let startsName = byte == UInt8(ascii: "@") || byte == UInt8(ascii: "#")
            if startsName, index == 0 || !Self.isWord(bytes[index - 1]),
                let name = names.first(where: { Self.matches($0.spelling, in: bytes, at: index) })
            {
                out += Array(form(name).utf8)
                index += name.spelling.count
            } else {
                out.append(byte)
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func matches(_ spelling: [UInt8], in bytes: [UInt8], at index: Int) -> Bool {
        guard bytes.count - index >= spelling.count else { return false }
        for (offset, byte) in spelling.enumerated() where lowercased(bytes[index + offset]) != byte { return false }
        let end = index + spelling.count
        return end == bytes.count || !isWord(bytes[end])
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercased(byte))
            || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
