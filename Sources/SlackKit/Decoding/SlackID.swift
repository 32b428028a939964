/// What an id from Slack may look like.
package enum SlackID {
    /// What an id should have been, for a ``DecodeFault``.
    package static let expectation = "an id of 2 to 32 capital letters and digits"

    /// Whether this can be the id of a workspace, person, channel, app or view.
    ///
    /// By byte: looks-alike letters and combining marks make two different ids equal as strings.
    package static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        return (2...32).contains(bytes.count)
            && bytes.allSatisfy { byte in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}
