import PluginAPI
import Testing

@testable import BotHost

@Suite struct AddressTests {
    @Test func `a query is appended byte for byte, so that no value can add another`() {
        let request = HTTPRequest("GET", "/users", query: [("query", "a&b=c +é\r\n"), ("include[]", "teams")])
        #expect(request.address == "/users?query=a%26b%3Dc%20%2B%C3%A9%0D%0A&include%5B%5D=teams")
        #expect(HTTPRequest("GET", "/users?a=1", query: [("b", "2")]).address == "/users?a=1&b=2")
        #expect(HTTPRequest("GET", "/users").address == "/users")
    }

    @Test(arguments: ["/users\r\nX: y", "/a b", "/é", "/\u{0}", "/\u{7F}"])
    func `a target that could break the request apart is none`(target: String) {
        #expect(HTTPRequest("GET", target).address == nil)
    }
}
