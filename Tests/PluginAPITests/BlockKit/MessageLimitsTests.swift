import PluginAPI
import Testing

@Suite struct MessageLimitsTests {
    @Test func `text is advised to be short, cut when long and never empty`() {
        #expect(Message("\(x(4_000))").validate() == [])
        let advised = Message("\(x(4_001))").validate()
        #expect(advised.map(\.problem) == ["has 4,001 characters, Slack advises at most 4,000"])
        #expect(advised.map(\.severity) == [.warning])
        #expect(Message("\(x(40_000))").validate().map(\.severity) == [.warning])
        let long = Message("\(x(40_001))").validate()
        #expect(long.map(\.place) == ["text"])
        #expect(long.map(\.problem) == ["has 40,001 characters, Slack takes at most 40,000"])
        #expect(long.map(\.severity) == [.error])
        #expect(
            Message("", blocks: [.divider]).validate().map(\.description)
                == ["text: is empty; fill it, or leave it out"])
    }

    @Test func `a message has at most 50 blocks`() {
        func message(_ count: Int) -> Message { Message("m", blocks: Array(repeating: .divider, count: count)) }
        #expect(message(50).validate() == [])
        #expect(message(51).validate().map(\.place) == ["blocks"])
        #expect(message(51).validate().map(\.problem) == ["has 51 items, Slack takes at most 50"])
    }

    @Test func `all text of the blocks together is watched`() {
        let full: [Block] = Array(repeating: .section(.plain(x(3_000))), count: 4)
        #expect(Message("m", blocks: full + [.section(.plain(x(1_200)))]).validate() == [])
        let faults = Message("m", blocks: full + [.section(.plain(x(1_201)))]).validate()
        #expect(faults.map(\.place) == ["blocks"])
        #expect(faults.map(\.problem) == ["have 13,201 characters of text in all, Slack has refused more than 13,200"])
        #expect(faults.map(\.severity) == [.warning])
    }

    @Test func `all Markdown of a message together has a limit`() {
        func message(_ first: Int, _ second: Int) -> Message {
            Message("m", blocks: [.markdown(x(first)), .markdown(x(second))])
        }
        #expect(message(11_999, 1).validate() == [])
        #expect(
            message(11_999, 2).validate().map(\.problem)
                == ["have 12,001 characters of Markdown in all, Slack takes at most 12,000"])
        #expect(Message("m", blocks: [.markdown(x(12_001))]).validate().map(\.place) == ["blocks[0].text", "blocks"])
    }

    @Test func `block ids are unique, and an input without one has its action's`() {
        let message = Message(
            "m",
            blocks: [
                .section("a", id: "x"), .section("b"), .section("c"), .input("l", .textInput(action: "x")),
                .input("l", .textInput(action: "x"), id: "y"),
            ])
        #expect(
            message.validate().map(\.description)
                == ["blocks[3].block_id: “x” stands twice; give every block an id of its own, or none"])
    }

    @Test func `metadata is an object with a name`() {
        let faults = Message("m", metadata: MessageMetadata(eventType: "", payload: [1])).validate()
        #expect(faults.map(\.place) == ["metadata.event_type", "metadata.event_payload"])
        #expect(Message("m", metadata: MessageMetadata(eventType: "made", payload: [:])).validate() == [])
    }
}
