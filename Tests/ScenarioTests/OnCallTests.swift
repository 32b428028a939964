import Testing

@testable import Sandbox

/// `/pd oncall`
struct OnCallTests {
    @Test func `levels come in order, with schedule, end and who is next`() async throws {
        try await Stage.set { stage in
            try await stage.chloe.types("/pd oncall checkout")
            let answer = try await stage.chloe.sees("On call for")
            #expect(answer.isEphemeral)
            let order = [
                "*Level 1*", "|Payments Primary>", "then <", "*Level 2*", "|Grace Lee>", "always on call", "*Level 3*",
                "|Olga Owner>",
            ]
            var rest = answer.reads[...]
            for words in order {
                let place = try #require(
                    rest.firstRange(of: words), "\(words) is not where it should be: \(answer.reads)")
                rest = rest[place.upperBound...]
            }
            #expect(answer.reads.contains("<http://acme.localhost:"), "a name leads to the person's page")
            #expect(answer.reads.contains("<!date^"), "times are in the reader's zone")
            #expect(!answer.reads.contains("<@"), "nobody is notified")
        }
    }

    @Test func `nobody needs a link to ask`() async throws {
        try await Stage.set { stage in
            try await stage.eve.types("/pd oncall search")
            try await stage.eve.sees("On call for")
        }
    }

    @Test func `a part of a name, a misspelt one and one in quotes find the service`() async throws {
        try await Stage.set { stage in
            for text in ["CHECKOUT", "chekout", "\"Checkout\"", "“Checkout”"] {
                try await stage.ada.types("/pd oncall \(text)", in: .random)
                try await stage.ada.sees("\(text)", in: .random) { $0.preview.hasPrefix("On call for Checkout") }
                #expect(try await stage.ada.last(in: .random).preview.hasPrefix("On call for Checkout"), "\(text)")
            }
        }
    }

    @Test func `a name that fits several services asks which one`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall api")
            let menu = try await stage.ada.sees("Several services match “api”. Which one?")
            #expect(menu.labels.contains("Payments API") && menu.labels.contains("Mobile API"))
            try await stage.ada.presses("Mobile API", in: .general)
            try await stage.ada.sees("the answer") { $0.preview.hasPrefix("On call for Mobile API") }
        }
    }

    @Test func `no service of that name offers all of them`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall <zzz> & co")
            try await stage.ada.sees("No service is called “<zzz> & co”. Choose one.")
            #expect(try await stage.ada.isOffered("Choose a service", typing: "sear", in: .general) == ["Search"])
        }
    }

    @Test func `the answer is shared in the channel`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall checkout", in: .incidents)
            try await stage.ada.sees("On call for", in: .incidents)
            try await stage.ada.presses("Share in channel", in: .incidents)
            let shared = try await stage.ben.sees("Shared by <@U0ADA0001>", in: .incidents)
            #expect(!shared.isEphemeral)
            #expect(shared.reads.contains("*Level 3*"))
            #expect(shared.labels.isEmpty)
        }
    }

    @Test func `in a private channel the app must be a member, and says how`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall checkout", in: .privateWithoutApp)
            try await stage.ada.sees(
                "I'm not in this private channel. Type `/invite` <@U0BOTHOST> to add me", in: .privateWithoutApp)
            try await stage.ada.types("/invite @BotHost", in: .privateWithoutApp)
            try await stage.ada.types("/pd oncall checkout", in: .privateWithoutApp)
            try await stage.ada.sees("On call for", in: .privateWithoutApp)
            try await stage.ada.types("/pd oncall checkout", in: .privateWithApp)
            try await stage.ada.sees("On call for", in: .privateWithApp)
        }
    }

    @Test func `in other people's direct messages it is refused, in the app's own it works`() async throws {
        try await Stage.set { stage in
            try await stage.ada.types("/pd oncall checkout", in: .adaAndBen)
            try await stage.ada.sees("This doesn't work in direct messages between people.", in: .adaAndBen)
            try await stage.ada.types("/pd oncall checkout", in: stage.ada.direct)
            try await stage.ada.sees("On call for", in: stage.ada.direct)
        }
    }

    @Test func `a long answer comes in pages, and nothing is cut`() async throws {
        try await Stage.set { stage in
            stage.pagerDuty.change { account in
                var names: [PDPolicy.Target] = []
                for number in 1...90 {
                    var user = account.users[4]
                    user.id = "PMANY\(number)"
                    user.name = "Person Number \(number) With A Rather Long Name Indeed"
                    user.email = "person\(number)@acme.example"
                    account.users.append(user)
                    names.append(.user(user.id))
                }
                account.policies[1].rules[1].targets = names
            }
            try await stage.ada.types("/pd oncall checkout")
            var seen = try await stage.ada.sees("Page 1 of").reads
            let pages = try #require(seen.firstMatch(of: #/Page 1 of (\d+)/#).flatMap { Int($0.1) })
            #expect(pages > 1)
            for page in 2...pages {
                try await stage.ada.presses("More ›", in: .general)
                seen += try await stage.ada.sees("Page \(page) of \(pages)").reads
            }
            for number in 1...90 { #expect(seen.contains("Person Number \(number) With")) }
            #expect(seen.contains("Olga Owner"))
            try await stage.ada.presses("‹ Back", in: .general)
            try await stage.ada.sees("Page \(pages - 1) of \(pages)")
        }
    }

    @Test func `a service without anybody on call says so`() async throws {
        try await Stage.set { stage in
            stage.pagerDuty.change { $0.policies[1].rules = [] }
            try await stage.ada.types("/pd oncall checkout")
            try await stage.ada.sees("Nobody is on call at the moment.")
        }
    }

    @Test func `with requireLink only linked people may ask`() async throws {
        let plugins = #"{"plugins": {"help": {}, "oncall": {"settings": {"requireLink": true}}}}"#
        try await Stage.set(Stage.Setup(plugins: plugins)) { stage in
            try await stage.ben.types("/pd oncall checkout")
            try await stage.ben.presses("Link PagerDuty account", in: .general)
            try await stage.ben.seesForm("Link your account")
            try await stage.ben.fills(["PagerDuty user API token": .string(stage.pagerDuty.token(of: "Ben"))])
            try await stage.ben.sees("On call for")
        }
    }
}
