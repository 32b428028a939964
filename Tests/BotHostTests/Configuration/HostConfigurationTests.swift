import BotStore
import Configuration
import Foundation
import Testing

@testable import BotHost

/// The environment is read as a whole: every problem at once, none with a value in it.
@Suite struct HostConfigurationTests {
    private static let secret = "8f742231b10e8888abcd99eeefff85a5"

    private func read(_ environment: [String: String]) throws(ConfigurationProblems) -> HostConfiguration {
        try HostConfiguration(
            reading: ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: environment)))
    }

    private func problems(_ environment: [String: String]) -> [String] {
        do throws(ConfigurationProblems) {
            _ = try read(environment)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `a signing secret is all that is needed`() throws {
        let configuration = try read(["SLACK_SIGNING_SECRET": Self.secret])
        #expect(configuration.listen == .init(host: "127.0.0.1", port: 3000))
        #expect(configuration.console == .init(host: "127.0.0.1", port: 3001))
        #expect(configuration.database == "sqlite:./data/bothost.sqlite")
        #expect(configuration.pluginsFile == "./plugins.json")
        #expect(configuration.slack.url == "https://slack.com")
        #expect(configuration.slack.botToken == nil)
        #expect(configuration.logFormat == nil)
    }

    @Test func `two secrets hold during a rotation, with blanks around them`() throws {
        let both = try read(["SLACK_SIGNING_SECRET": " \(Self.secret) , 0123456789abcdef0123456789abcdef"])
        #expect(both.slack.signingSecrets.map { $0.reveal() } == [Self.secret, "0123456789abcdef0123456789abcdef"])
    }

    static let malformed: [(variable: String, value: String)] = [
        ("PORT", "http"), ("PORT", "65536"), ("PORT", "-1"), ("PORT", "99999999999999999999"), ("CONSOLE_PORT", "x"),
        ("PUBLIC_URL", "bot.example.com"), ("PUBLIC_URL", "ftp://bot.example.com"),
        ("PUBLIC_URL", "https://user:hunter2@bot.example.com"), ("CONSOLE_URL", "https://"),
        ("SLACK_URL", "http://slack.example.com"), ("DATABASE_URL", "mongodb://u:hunter2@db/x"),
        ("BOTHOST_KEYS", "k1:hunter2"), ("SLACK_SIGNING_SECRET", "hunter2"), ("SLACK_BOT_TOKEN", "xoxp-hunter2"),
        ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"),
    ]

    @Test(arguments: malformed)
    func `what is malformed is named with an example, and never repeated where it is secret`(
        variable: String, value: String
    ) {
        let found = problems(["SLACK_SIGNING_SECRET": Self.secret].merging([variable: value]) { $1 })
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("\(variable): ") == true)
        #expect(found.first?.contains("Example: ") == true)
        #expect(found.first?.contains("hunter2") == false)
    }

    @Test func `every problem is said at once`() {
        let found = problems(["PORT": "x", "LOG_LEVEL": "loud", "SLACK_BOT_TOKEN": "nope"])
        #expect(
            found.map { $0.prefix { $0 != ":" } } == ["PORT", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "LOG_LEVEL"])
    }

    @Test func `with PostgreSQL the keys must be given, because all hosts need the same`() throws {
        let address = "postgres://bothost:hunter2@db/bothost"
        let found = problems(["SLACK_SIGNING_SECRET": Self.secret, "DATABASE_URL": address])
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("BOTHOST_KEYS: is missing") == true)
        let keys = "k1:" + Data(repeating: 7, count: 32).base64EncodedString()
        let good = try read(
            ["SLACK_SIGNING_SECRET": Self.secret, "DATABASE_URL": address, "BOTHOST_KEYS": keys])
        #expect(good.database == address)
    }

    @Test func `a simulator on this machine may speak plain HTTP`() throws {
        for address in ["http://127.0.0.1:8080", "http://localhost:8080/", "http://[::1]:8080"] {
            let configuration = try read(["SLACK_SIGNING_SECRET": Self.secret, "SLACK_URL": address])
            #expect(!configuration.slack.url.hasSuffix("/"))
        }
    }
}
