import FoundationEssentials

/// The simulated Slack: its workspaces, its Web API, and what it sends to the app.
package actor SlackSimulator {
    package nonisolated let signingSecret: String
    /// The app-level token, with which sockets are opened.
    package nonisolated let appToken: String
    private nonisolated let botTokens: [String: String]
    /// What the people's pages are told.
    nonisolated let feed = Broadcast<ClientEvent>()
    nonisolated let work = BackgroundWork()
    nonisolated let journal: Journal
    nonisolated let faults: FaultSwitches
    nonisolated let clock: any SandboxClock
    nonisolated let sender: HostSender
    nonisolated let sockets: AppSockets
    let keepsRateLimits: Bool

    /// The deprecated token that payloads still carry.
    let verificationToken: String
    var ids: SlackIDs
    var workspaces: [SlackWorkspace]
    var manifest = AppManifest()
    /// Where the host listens; nothing is delivered before this is known.
    var hostURL: String?
    /// Where this listener can be reached.
    var ownURL = "http://127.0.0.1"
    var triggers = TriggerIDs()
    var responseURLs = ResponseURLs()
    var views = ViewStacks()
    var stepRuns: [StepRun] = []
    var limits = RateLimits()
    /// What the token may do that calls the Web API at this moment.
    var scopes: [String] = []
    /// How the app introduces itself when it installs itself.
    package nonisolated let client: OAuthClient
    var signIns = SignIns()
    var authorizations = Authorizations()
    var files = SlackFiles()
    private var lastMicrosecond = 0

    init(options: SandboxOptions, journal: Journal, faults: FaultSwitches) {
        var ids = SlackIDs(seed: options.seed)
        signingSecret = options.signingSecret ?? ids.hex(32)
        verificationToken = ids.word(24)
        let now = Int(exactly: options.clock.now.timeIntervalSince1970.rounded(.down)) ?? 0
        workspaces = SlackSeed.workspaces(ids: &ids, now: now)
        botTokens = Dictionary(
            workspaces.filter(\.bot.isInstalled).map { ($0.id, $0.bot.token) }, uniquingKeysWith: { $1 })
        // Seeded apart, so that everything else stays what it was.
        var clientIDs = SlackIDs(seed: options.seed ^ 0x0A07)
        client = OAuthClient(id: "\(clientIDs.digits(12)).\(clientIDs.digits(13))", secret: clientIDs.hex(32))
        journal.hide(client.secret)
        appToken = "xapp-1-\(SlackApp.id)-\(clientIDs.digits(13))-\(clientIDs.hex(64))"
        self.ids = ids
        self.journal = journal
        self.faults = faults
        clock = options.clock
        keepsRateLimits = options.rateLimits
        hostURL = options.hostURL
        sockets = AppSockets(timeout: options.acknowledgementTimeout, clock: options.clock, work: work)
        sender = HostSender(
            secret: signingSecret, timeout: options.acknowledgementTimeout, clock: options.clock, journal: journal,
            faults: faults, sockets: sockets)
        journal.hide(appToken)
        journal.hide(signingSecret)
        journal.hide(verificationToken)
        for workspace in workspaces { journal.hide(workspace.bot.token) }
    }

    /// The bot token of a workspace, as an installation would have received it.
    package nonisolated func botToken(team: String) -> String? { botTokens[team] }

    /// All bot tokens by workspace.
    package nonisolated var allBotTokens: [String: String] { botTokens }

    func install(_ manifest: AppManifest) {
        self.manifest = manifest
        for index in workspaces.indices { workspaces[index].botName = manifest.name }
        feed.send(.reset)
    }

    func connect(to hostURL: String?) { self.hostURL = hostURL }

    func listening(at url: String) { ownURL = url }

    /// Puts everything but tokens, manifest and host back to what it was at the start.
    func reset() {
        let bots = workspaces.map(\.bot)
        signIns = SignIns()
        authorizations = Authorizations()
        workspaces = SlackSeed.workspaces(ids: &ids, now: second)
        for index in workspaces.indices {
            let isInstalled = workspaces[index].bot.isInstalled
            // The workspaces that had the app at first have it again; one that it was put into keeps it.
            workspaces[index].bot = bots[index]
            workspaces[index].bot.isInstalled = isInstalled || bots[index].isInstalled
            workspaces[index].bot.isTokenRevoked = false
            workspaces[index].botName = manifest.name
        }
        triggers = TriggerIDs()
        responseURLs = ResponseURLs()
        views = ViewStacks()
        stepRuns = []
        limits = RateLimits()
        files = SlackFiles()
        feed.send(.reset)
    }

    /// Whole seconds since 1970.
    var second: Int { Int(exactly: clock.now.timeIntervalSince1970.rounded(.down)) ?? 0 }

    /// A message's or an event's time stamp, which nothing else in this Slack has.
    func timestamp() -> String {
        let microsecond = Int(exactly: (clock.now.timeIntervalSince1970 * 1_000_000).rounded()) ?? 0
        lastMicrosecond = max(microsecond, lastMicrosecond + 1)
        let fraction = String(lastMicrosecond % 1_000_000)
        return "\(lastMicrosecond / 1_000_000)." + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
    }

    func workspaceIndex(_ team: String) throws(ControlError) -> Int {
        guard let index = workspaces.firstIndex(where: { $0.id == team }) else {
            throw ControlError("team: one of \(workspaces.map(\.id).joined(separator: ", "))")
        }
        return index
    }

    func workspace(_ team: String) throws(ControlError) -> SlackWorkspace { workspaces[try workspaceIndex(team)] }
}
