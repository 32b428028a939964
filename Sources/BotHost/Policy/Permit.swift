package import PluginAPI

/// The one place that decides whether a request reaches a plugin. Help and `bothost explain` ask here too, so that what
/// they say is what happens.
package struct Permit: Sendable {
    /// Finds out who is in a user group.
    package typealias Membership = @Sendable (_ group: String, _ person: Person, _ workspace: Workspace) async -> Bool

    /// Words are made only when somebody reads them: most verdicts are "yes", on the way of a request.
    package enum Verdict: Sendable {
        case allowed(Policy.Terms, Ground)
        case refused(Obstacle)

        package var isAllowed: Bool {
            if case .allowed = self { true } else { false }
        }
    }

    /// Why a request may pass.
    package enum Ground: Sendable, Hashable {
        case isOn
        case isListed(user: String)
        case isMember(group: String)
    }

    /// Why it may not.
    package enum Obstacle: Sendable {
        case unknownPlugin(String)
        case isOff(Policy.Terms)
        /// Of another workspace, here through a shared channel.
        case stranger(Policy.Terms)
        case otherChannels(Policy.Terms, [String])
        case otherPeople(Policy.Terms)
    }

    private let isMember: Membership

    package init(isMember: @escaping Membership) {
        self.isMember = isMember
    }

    /// - Parameter channel: Where; `nil` passes only where there is no limit to channels.
    package func verdict(
        _ pluginID: String, policy: Policy, workspace: Workspace, person: Person?, channel: Channel?
    ) async -> Verdict {
        let certain = certain(
            pluginID, policy: policy, workspace: workspace, person: person, channel: channel)
        switch certain {
        case .verdict(let verdict): return verdict
        case .dependsOnGroups(let terms, let person):
            for group in terms.usergroups ?? [] where await isMember(group, person, workspace) {
                return .allowed(terms, .isMember(group: group))
            }
            return .refused(.otherPeople(terms))
        }
    }

    /// What can be said without asking Slack who is in a group: nearly always everything.
    enum Certainty {
        case verdict(Verdict)
        case dependsOnGroups(Policy.Terms, Person)
    }

    func certain(
        _ pluginID: String, policy: Policy, workspace: Workspace, person: Person?, channel: Channel?
    ) -> Certainty {
        guard let terms = policy.terms(for: pluginID, in: workspace.id) else {
            return .verdict(.refused(.unknownPlugin(pluginID)))
        }
        guard terms.isEnabled else { return .verdict(.refused(.isOff(terms))) }
        if let person, person.isStranger(in: workspace) { return .verdict(.refused(.stranger(terms))) }
        if let channels = terms.channels, !channels.contains(channel?.id ?? "") {
            return .verdict(.refused(.otherChannels(terms, channels)))
        }
        guard terms.users != nil || terms.usergroups != nil else { return .verdict(.allowed(terms, .isOn)) }
        guard let person else { return .verdict(.refused(.otherPeople(terms))) }
        if terms.users?.contains(person.id) == true {
            return .verdict(.allowed(terms, .isListed(user: person.id)))
        }
        guard terms.usergroups?.isEmpty == false else { return .verdict(.refused(.otherPeople(terms))) }
        return .dependsOnGroups(terms, person)
    }
}

extension Permit.Verdict {
    /// The rule that decided, for `bothost explain`.
    package var rule: String {
        switch self {
        case .allowed(let terms, .isOn): "\(terms.pluginID) is on (\(terms.decidedBy))"
        case .allowed(let terms, .isListed(let user)):
            "\(terms.pluginID) is on (\(terms.decidedBy)), and its \"users\" list \(user)"
        case .allowed(let terms, .isMember(let group)):
            "\(terms.pluginID) is on (\(terms.decidedBy)), and the person is in user group \(group)"
        case .refused(.unknownPlugin(let id)): "no plugin “\(id)” is compiled in"
        case .refused(.isOff(let terms)): "\(terms.pluginID) is off (\(terms.decidedBy))"
        case .refused(.stranger(let terms)): "\(terms.pluginID) is for people of the workspace and its organization"
        case .refused(.otherChannels(let terms, let channels)):
            "\(terms.pluginID) is limited to channels \(channels.joined(separator: ", "))"
        case .refused(.otherPeople(let terms)):
            "\(terms.pluginID) is limited to "
                + [
                    terms.users.map { "users \($0.joined(separator: ", "))" },
                    terms.usergroups.map { "user groups \($0.joined(separator: ", "))" },
                ].compactMap(\.self).joined(separator: " and ")
        }
    }
}

extension Permit.Obstacle {
    /// What the person reads: the cause, and who can mend it.
    /// - Parameter subject: What the person did: "`/pd trigger`", "this button".
    func sentence(for subject: Mrkdwn) -> Mrkdwn {
        let subject = subject.startingSentence
        switch self {
        case .unknownPlugin: return "\(subject) does not exist here any more."
        case .isOff:
            return "\(subject) is switched off in this workspace. An administrator of the bot can switch it on."
        case .stranger: return "\(subject) is for people of this workspace; you are here through a shared channel."
        case .otherChannels(_, let channels):
            let places = channels.prefix(5).map { Mention.channel($0) }.joined(separator: ", ")
            return "\(subject) works only in \(places.isEmpty ? "channels that nobody has named yet" : places)."
        case .otherPeople(let terms):
            let groups = (terms.usergroups ?? []).prefix(5).map { Mention.userGroup($0) }.joined(separator: ", ")
            return groups.isEmpty
                ? "\(subject) is limited to some people here, and you are not among them."
                : "\(subject) is limited to members of \(groups)."
        }
    }
}

extension Person {
    /// True for whoever is here through a shared channel: they see the buttons of our messages and can press them. A
    /// colleague from another workspace of the organization cannot be told from them where Slack names that workspace,
    /// and taking a stranger for a colleague is the worse mistake.
    fileprivate func isStranger(in workspace: Workspace) -> Bool {
        teamID != workspace.id && teamID != workspace.organizationID
    }
}

extension Mrkdwn {
    /// The same words with a capital at the start; what starts with markup stays as it is.
    var startingSentence: Mrkdwn {
        guard let first = source.unicodeScalars.first, ("a"..."z").contains(first) else { return self }
        return Mrkdwn(raw: first.properties.uppercaseMapping + String(source.unicodeScalars.dropFirst()))
    }
}
