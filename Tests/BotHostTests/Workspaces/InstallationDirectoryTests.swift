import BotStore
import Foundation
import PluginAPI
import Testing

@testable import BotHost

/// Which installation serves a request: found without a disk, and out of date for five seconds at most.
@Suite struct InstallationDirectoryTests {
    private let clock = ManualClock()

    @Test func `what was found is remembered for five seconds`() async throws {
        try await TestFolder.withStore { store in
            try await store.saveInstallation(.acme())
            let directory = InstallationDirectory(store: store, clock: clock.host)
            #expect(directory.remembered(teamID: "T0ACME", enterpriseID: nil) == nil)
            let found = try await directory.served(teamID: "T0ACME", enterpriseID: nil)
            #expect(found?.workspace.id == "T0ACME")
            try await store.saveInstallation(.acme(token: "xoxb-new"))
            clock.advance(by: .milliseconds(4_999))
            #expect(
                directory.remembered(teamID: "T0ACME", enterpriseID: nil)?.installation.botToken.reveal()
                    == "xoxb-test-token")
            clock.advance(by: .milliseconds(1))
            #expect(directory.remembered(teamID: "T0ACME", enterpriseID: nil) == nil)
            let again = try await directory.served(teamID: "T0ACME", enterpriseID: nil)
            #expect(again?.installation.botToken.reveal() == "xoxb-new")
        }
    }

    @Test func `that there is none is remembered too, until something changes here`() async throws {
        try await TestFolder.withStore { store in
            let directory = InstallationDirectory(store: store, clock: clock.host)
            #expect(try await directory.served(teamID: "T0ACME", enterpriseID: nil) == nil)
            try await store.saveInstallation(.acme())
            #expect(try await directory.served(teamID: "T0ACME", enterpriseID: nil) == nil)
            directory.forget()
            #expect(try await directory.served(teamID: "T0ACME", enterpriseID: nil) != nil)
        }
    }

    @Test func `a suspended workspace is not among the active ones`() async throws {
        try await TestFolder.withStore { store in
            try await store.saveInstallation(.acme())
            try await store.saveInstallation(.acme(teamID: "T0TWO"))
            try await store.setInstallationState(.suspended(reason: "uninstalled"), id: "T0TWO", at: clock.now)
            let directory = InstallationDirectory(store: store, clock: clock.host)
            #expect(try await directory.active().map(\.workspace.id) == ["T0ACME"])
        }
    }
}
