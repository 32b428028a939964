import BotStore
import Foundation
import Testing

@Suite struct SecretTests {
    private struct Holder {
        let name = "holder"
        let secret = Secret("CANARY")
        let optional: Secret? = Secret("CANARY")
        let list = [Secret("CANARY")]
    }

    @Test func `a secret does not print itself, whatever one does to print it`() {
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        for text in [
            "\(holder.secret)", "\(holder)", String(describing: holder), String(reflecting: holder),
            String(reflecting: holder.secret), String(describing: holder.optional), "\(holder.list)", dumped,
            "\(Mirror(reflecting: holder.secret).children.map { "\($0)" })",
        ] {
            #expect(!text.contains("CANARY"), "\(text)")
        }
        #expect("\(holder.secret)" == "•••")
        #expect(holder.secret.reveal() == "CANARY")
    }

    @Test func `rows with secrets do not print them either`() {
        let account = LinkedAccount(
            provider: "pagerduty", person: PersonKey(teamID: "T1", userID: "U1"), accountID: "P", providerUserID: "PU",
            name: "Ada", credential: Secret("CANARY"), createdAt: .start)
        let installation = Installation(
            teamID: "T1", appID: "A1", botUserID: "U1", botToken: Secret("CANARY"), botRefreshToken: Secret("CANARY"),
            scopes: [], name: "Acme", createdAt: .start)
        var dumped = ""
        dump(account, to: &dumped)
        dump(installation, to: &dumped)
        #expect(!(dumped + "\(account)\(installation)" + String(reflecting: installation)).contains("CANARY"))
    }

    @Test func `secrets are equal when their bytes are, not when they look alike`() {
        #expect(Secret("abc") == Secret("abc"))
        #expect(Secret("abc") != Secret("abd"))
        #expect(Secret("abc") != Secret("ab"))
        #expect(Secret("\u{212A}") != Secret("K"))
        #expect(Secret("\u{E9}") != Secret("e\u{301}"))
    }
}
