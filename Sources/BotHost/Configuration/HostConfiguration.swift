package import BotStore
package import Configuration

/// What `bothost serve` is told through its environment.
package struct HostConfiguration: Sendable {
    package var listen: ListenAddress
    package var console: ListenAddress
    /// The address under which Slack and people reach the public listener; the only source of redirect addresses.
    /// `nil` until the port is known, where none was given.
    package var publicURL: String?
    package var consoleURL: String?
    package var database: String
    package var keys: Secret?
    package var pluginsFile: String
    package var slack: SlackAccess
    package var logLevel: String
    package var logFormat: LogLines.Format?

    /// Where a listener listens. Port 0 is a free one.
    package struct ListenAddress: Sendable, Hashable {
        package var host: String
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// How the host and Slack know each other.
    package struct SlackAccess: Sendable {
        /// What HTTP requests are signed with; none where Slack sends over sockets only.
        package var signingSecrets: [Secret]
        /// What sockets are opened with.
        package var appToken: Secret?
        package var botToken: Secret?
        /// What the app is known by in OAuth: installs into many workspaces, and signing in.
        package var client: Client?
        package var url: String
        /// How many times Slack's limits may be used up: a simulator that keeps none takes more than Slack.
        package var pace = 1.0

        package init(
            signingSecrets: [Secret], appToken: Secret? = nil, botToken: Secret? = nil, client: Client? = nil,
            url: String = "https://slack.com"
        ) {
            self.signingSecrets = signingSecrets
            self.appToken = appToken
            self.botToken = botToken
            self.client = client
            self.url = url
        }

        /// An OAuth client.
        package struct Client: Sendable {
            package var id: String
            package var secret: Secret

            package init(id: String, secret: Secret) {
                self.id = id
                self.secret = secret
            }
        }
    }

    package init(
        listen: ListenAddress, console: ListenAddress, publicURL: String? = nil, consoleURL: String? = nil,
        database: String, keys: Secret? = nil, pluginsFile: String, slack: SlackAccess, logLevel: String = "info",
        logFormat: LogLines.Format? = nil
    ) {
        self.listen = listen
        self.console = console
        self.publicURL = publicURL
        self.consoleURL = consoleURL
        self.database = database
        self.keys = keys
        self.pluginsFile = pluginsFile
        self.slack = slack
        self.logLevel = logLevel
        self.logFormat = logFormat
    }
}

extension HostConfiguration {
    /// Reads the configuration, and says everything that is wrong with it at once.
    ///
    /// Keys, as environment variables:
    /// - `HOST`, `PORT` (string, int, default: `127.0.0.1`, `3000`): Where the public listener listens; port 0 is a free one.
    /// - `CONSOLE_HOST`, `CONSOLE_PORT` (string, int, default: `127.0.0.1`, `3001`): Where administrators' pages and
    ///   `/metrics` listen.
    /// - `PUBLIC_URL` (string, default: `http://HOST:PORT`): The address under which Slack and people reach the public
    ///   listener.
    /// - `CONSOLE_URL` (string, default: `http://CONSOLE_HOST:CONSOLE_PORT`): The same for the console.
    /// - `DATABASE_URL` (string, default: `sqlite:./data/bothost.sqlite`): Where everything is kept.
    /// - `BOTHOST_KEYS` (string, secret, default: a key file beside the database): What seals secrets in the database.
    /// - `PLUGINS_FILE` (string, default: `./plugins.json`): Which plugins are on.
    /// - `SLACK_SIGNING_SECRET` (string, secret): From the Slack app's Basic Information page; several during a rotation,
    ///   separated by commas.
    /// - `SLACK_APP_TOKEN` (string, secret): From the same page, for Socket Mode; one of the two is required.
    /// - `SLACK_BOT_TOKEN` (string, secret, optional): The token of the one workspace the app is installed in.
    /// - `SLACK_CLIENT_ID`, `SLACK_CLIENT_SECRET` (string, secret, optional): From the same page: what the app installs
    ///   itself with into many workspaces, and people sign in with.
    /// - `SLACK_URL` (string, default: `https://slack.com`): Another Slack, or a simulator on this machine.
    /// - `LOG_LEVEL` (string, default: `info`): trace, debug, info, notice, warning, error or critical.
    /// - `LOG_FORMAT` (string, default: `text` on a terminal, else `json`): text or json.
    package init(reading config: ConfigReader) throws(ConfigurationProblems) {
        var read = EnvironmentReader(config: config)
        let listen = ListenAddress(
            host: read.text("HOST", default: "127.0.0.1"), port: read.port("PORT", default: 3000))
        let console = ListenAddress(
            host: read.text("CONSOLE_HOST", default: "127.0.0.1"), port: read.port("CONSOLE_PORT", default: 3001))
        let publicURL = read.url("PUBLIC_URL")
        let consoleURL = read.url("CONSOLE_URL")
        let database = read.text("DATABASE_URL", default: "sqlite:./data/bothost.sqlite")
        var isShared = false
        do {
            if case .postgres = try DatabaseLocation(database) { isShared = true }
        } catch {
            read.say("DATABASE_URL", error.sentence, example: "sqlite:./data/bothost.sqlite")
        }
        let keys = read.secret("BOTHOST_KEYS")
        if let keys {
            do {
                _ = try KeyRing(parsing: keys)
            } catch {
                read.say("BOTHOST_KEYS", error.sentence, example: "k1:BASE64 — make one with: openssl rand -base64 32")
            }
        }
        if isShared, keys == nil {
            read.say(
                "BOTHOST_KEYS", "is missing: with PostgreSQL all hosts must have the same keys",
                example: "k1:BASE64 — make one with: openssl rand -base64 32")
        }
        let secrets = read.secrets("SLACK_SIGNING_SECRET")
        if !secrets.allSatisfy({ Self.isHex($0.reveal()) }) {
            read.say(
                "SLACK_SIGNING_SECRET", "is not a signing secret",
                example: "32 hexadecimal digits, from Basic Information of the app at api.slack.com/apps")
        }
        let appToken = read.secret("SLACK_APP_TOKEN")
        if let appToken, !appToken.reveal().hasPrefix("xapp-") {
            read.say(
                "SLACK_APP_TOKEN", "is not an app-level token",
                example: "xapp-…, with the scope connections:write, from Basic Information of the app")
        }
        if secrets.isEmpty, appToken == nil {
            read.say(
                "SLACK_SIGNING_SECRET",
                "is missing, and SLACK_APP_TOKEN too: with the one Slack sends to this host, with the other the host opens Socket Mode",
                example: "32 hexadecimal digits, from Basic Information of the app at api.slack.com/apps")
        }
        let botToken = read.secret("SLACK_BOT_TOKEN")
        if let botToken, !botToken.reveal().hasPrefix("xoxb-"), !botToken.reveal().hasPrefix("xoxe.xoxb-") {
            read.say(
                "SLACK_BOT_TOKEN", "is not a bot token",
                example: "xoxb-…, from OAuth & Permissions of the app at api.slack.com/apps")
        }
        let client = Self.client(&read)
        let slackURL = read.url("SLACK_URL", default: "https://slack.com", allowsPlainLoopback: true)
        let level = read.choice(
            "LOG_LEVEL", default: "info",
            among: ["trace", "debug", "info", "notice", "warning", "error", "critical"])
        let format = read.text("LOG_FORMAT", default: "")
        if !format.isEmpty, LogLines.Format(rawValue: format) == nil {
            read.say("LOG_FORMAT", "must be text or json", example: "json")
        }
        guard read.problems.isEmpty else { throw ConfigurationProblems(problems: read.problems) }
        self.init(
            listen: listen, console: console, publicURL: publicURL, consoleURL: consoleURL, database: database,
            keys: keys, pluginsFile: read.text("PLUGINS_FILE", default: "./plugins.json"),
            slack: SlackAccess(
                signingSecrets: secrets, appToken: appToken, botToken: botToken, client: client,
                url: slackURL ?? "https://slack.com"),
            logLevel: level, logFormat: LogLines.Format(rawValue: format))
    }

    private static func client(_ read: inout EnvironmentReader) -> SlackAccess.Client? {
        let id = read.text("SLACK_CLIENT_ID", default: "")
        let secret = read.secret("SLACK_CLIENT_SECRET")
        if !id.isEmpty, !id.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }) {
            read.say(
                "SLACK_CLIENT_ID", "is not a client id",
                example: "1234567890.1234567890, from Basic Information of the app at api.slack.com/apps")
        }
        switch (id.isEmpty, secret) {
        case (true, nil): return nil
        case (false, let secret?): return SlackAccess.Client(id: id, secret: secret)
        case (true, _):
            read.say(
                "SLACK_CLIENT_ID", "is missing, while SLACK_CLIENT_SECRET is set",
                example: "1234567890.1234567890, from Basic Information of the app at api.slack.com/apps")
        case (false, nil):
            read.say(
                "SLACK_CLIENT_SECRET", "is missing, while SLACK_CLIENT_ID is set",
                example: "32 hexadecimal digits, from Basic Information of the app at api.slack.com/apps")
        }
        return nil
    }

    private static func isHex(_ text: String) -> Bool {
        (16...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || (65...70).contains($0) }
    }
}
