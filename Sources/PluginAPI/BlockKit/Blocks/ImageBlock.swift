extension Block {
    /// An image over the whole width.
    /// - Parameters:
    ///   - url: A public `https` address, at most 3,000 characters.
    ///   - alt: What it shows, for those who cannot see it; at most 2,000 characters.
    ///   - title: At most 2,000 characters.
    ///   - id: The block id.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/blocks/image-block>
    public static func image(url: String, alt: String, title: String? = nil, id: String? = nil) -> Block {
        Block(.image(ImageBlock(blockID: id, image: ImageElement(source: .url(url), alt: alt), title: title)))
    }

    /// An image over the whole width that the app has put into Slack, such as a chart.
    /// - Parameters:
    ///   - file: From ``SlackClient/upload(_:)``.
    ///   - alt: What it shows, for those who cannot see it; at most 2,000 characters.
    ///   - title: At most 2,000 characters.
    ///   - id: The block id.
    /// - SeeAlso: <https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object>
    public static func image(file: SlackFile, alt: String, title: String? = nil, id: String? = nil) -> Block {
        Block(.image(ImageBlock(blockID: id, image: ImageElement(source: .file(file), alt: alt), title: title)))
    }
}

package struct ImageBlock: BlockContent {
    var blockID: String?
    var image: ImageElement
    var title: String?

    var type: String { "image" }
    var block: Block { Block(.image(self)) }

    func writeMembers(to writer: inout JSONWriter) {
        image.writeMembers(to: &writer)
        writer.member("title", plain: title)
    }
}

extension ImageBlock {
    func check(_ inspection: inout Inspection) {
        image.check(&inspection)
        if let title { inspection.plain(title, 1...SlackLimits.imageText, at: "title") }
    }

    mutating func clip(idPrefix: String) {
        image.clip()
        title = Clip.label(title, to: SlackLimits.imageText)
    }
}
