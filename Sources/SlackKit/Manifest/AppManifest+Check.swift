extension AppManifest {
    /// Something that Slack would refuse, where it is, and how to mend it.
    package struct Fault: Sendable, Hashable, CustomStringConvertible {
        /// The place in the manifest, such as `features.slash_commands[2].command`.
        package let path: String
        /// What is wrong.
        package let problem: String
        /// What to do about it.
        package let mend: String

        /// One line for a terminal.
        package var description: String { "\(path): \(problem); \(mend)" }
    }

    /// Everything that Slack would refuse, in the order of the manifest. Empty if it may be sent.
    ///
    /// - SeeAlso: https://github.com/slackapi/manifest-schema
    package func faults() -> [Fault] {
        nameFaults() + commandFaults() + shortcutFaults() + accessFaults() + functionFaults() + transportFaults()
    }

    private func nameFaults() -> [Fault] {
        Self.length(name, 1...35, "display_information.name")
            + Self.length(
                description, 0...140, "display_information.description")
    }

    private func commandFaults() -> [Fault] {
        let list = "features.slash_commands"
        var faults = Self.count(commands.count, 50, list, "let commands share one slash command")
        for (index, command) in sortedCommands.enumerated() {
            let place = "\(list)[\(index)]"
            faults += Self.length(command.slash, 2...32, "\(place).command")
            if !Self.isSlashWord(command.slash) {
                faults.append(
                    Fault(
                        path: "\(place).command",
                        problem: "a command is a slash and small letters, digits, dashes and underscores",
                        mend: "write it like /deploy"))
            }
            faults += Self.length(command.description, 1...2000, "\(place).description")
            faults += Self.length(command.usageHint, 0...1000, "\(place).usage_hint")
            let isRepeated = sortedCommands[..<index].contains { $0.slash.utf8.elementsEqual(command.slash.utf8) }
            if isRepeated {
                faults.append(
                    Fault(
                        path: "\(place).command", problem: "the command stands here twice", mend: "rename one of them"))
            }
        }
        return faults
    }

    private func shortcutFaults() -> [Fault] {
        let list = "features.shortcuts"
        var faults = Self.count(shortcuts.count, 10, list, "switch off plugins that bring shortcuts")
        for (index, shortcut) in sortedShortcuts.enumerated() {
            let place = "\(list)[\(index)]"
            faults += Self.length(shortcut.name, 1...24, "\(place).name")
            faults += Self.length(shortcut.description, 1...150, "\(place).description")
            faults += Self.length(shortcut.callbackID, 1...255, "\(place).callback_id")
            let isRepeated = sortedShortcuts[..<index].contains {
                $0.callbackID.utf8.elementsEqual(shortcut.callbackID.utf8) && $0.isOnMessages == shortcut.isOnMessages
            }
            if isRepeated {
                faults.append(
                    Fault(
                        path: "\(place).callback_id", problem: "the id stands here twice", mend: "rename one of them"))
            }
        }
        return faults
    }

    private func accessFaults() -> [Fault] {
        let scopeList = "oauth_config.scopes.bot"
        let eventList = "settings.event_subscriptions.bot_events"
        let redirectList = "oauth_config.redirect_urls"
        var faults = Self.count(allScopes.count, 255, scopeList, "switch off plugins")
        for (index, scope) in allScopes.enumerated() {
            faults += Self.length(scope, 1...50, "\(scopeList)[\(index)]")
        }
        faults += Self.count(sortedEvents.count, 100, eventList, "switch off plugins that listen to events")
        for (index, event) in sortedEvents.enumerated() {
            faults += Self.length(event, 1...50, "\(eventList)[\(index)]")
        }
        faults += Self.count(sortedRedirects.count, 1000, redirectList, "remove some")
        for (index, address) in sortedRedirects.enumerated() {
            let place = "\(redirectList)[\(index)]"
            faults += Self.length(address, 1...2500, place)
            faults += Self.address(address, place)
        }
        return faults
    }

    private func transportFaults() -> [Fault] {
        guard case .http(let address) = transport else { return [] }
        let place = "settings.event_subscriptions.request_url"
        // Every slash command carries the same address, and is allowed less of it.
        return Self.length(address, 1...3000, place) + Self.address(address, place)
    }

    private static func length(_ text: String, _ allowed: ClosedRange<Int>, _ path: String) -> [Fault] {
        let count = text.unicodeScalars.count
        if count < allowed.lowerBound {
            let problem = count == 0 ? "it is empty" : "it has \(count) characters, at least \(allowed.lowerBound)"
            return [Fault(path: path, problem: problem, mend: "say what it is")]
        }
        if count > allowed.upperBound {
            return [
                Fault(
                    path: path, problem: "it has \(count) characters, at most \(allowed.upperBound)", mend: "shorten it"
                )
            ]
        }
        return []
    }

    private static func count(_ count: Int, _ most: Int, _ path: String, _ mend: String) -> [Fault] {
        count <= most ? [] : [Fault(path: path, problem: "there are \(count), at most \(most)", mend: mend)]
    }

    private static func isSlashWord(_ text: String) -> Bool {
        let bytes = text.utf8
        return bytes.first == UInt8(ascii: "/")
            && bytes.dropFirst().allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }

    /// Slack calls only `https`, and does not follow an address with a fragment.
    private static func address(_ text: String, _ path: String) -> [Fault] {
        let bytes = Array(text.utf8)
        let prefix = Array("https://".utf8)
        let isUsable =
            bytes.count > prefix.count && bytes.starts(with: prefix)
            && bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        if isUsable { return [] }
        return [
            Fault(
                path: path, problem: "Slack needs an https:// address without a fragment",
                mend: "set PUBLIC_URL to the address under which Slack reaches this host, or use Socket Mode")
        ]
    }

    var sortedCommands: [Command] { commands.sorted { Self.isBefore($0.slash, $1.slash) } }

    var sortedShortcuts: [Shortcut] {
        shortcuts.sorted { left, right in
            left.callbackID.utf8.elementsEqual(right.callbackID.utf8)
                ? !left.isOnMessages && right.isOnMessages : Self.isBefore(left.callbackID, right.callbackID)
        }
    }

    var sortedEvents: [String] { Set(events).sorted(by: Self.isBefore) }

    var sortedRedirects: [String] { Set(redirectURLs).sorted(by: Self.isBefore) }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
