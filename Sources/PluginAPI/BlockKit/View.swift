/// A form, or a person's Home tab.
/// - SeeAlso: <https://docs.slack.dev/reference/views>
public struct View: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case modal(Modal)
        case home
    }

    /// What a form has that a Home tab has not.
    package struct Modal: Sendable, Hashable {
        package var title: String
        package var submit: String?
        package var close: String?
        package let notifyOnClose: Bool
        package let clearOnClose: Bool
    }

    package var kind: Kind
    /// The view's id, for `OnSubmit` and `OnClose`; at most 255 characters with the host's prefix.
    public let id: String?
    /// Kept by Slack and given back with the form; people cannot see it, at most 3,000 characters.
    public package(set) var privateMetadata: String?
    /// A name under which the view can be updated, unique in the workspace; at most 255 characters.
    public let externalID: String?
    /// 1 to 100.
    public var blocks: [Block]

    /// A form.
    /// - Parameters:
    ///   - title: 1 to 24 characters.
    ///   - submit: The button that submits it, at most 24 characters; a form with inputs needs one.
    ///   - close: The button that closes it, at most 24 characters.
    ///   - id: The view's id, for `OnSubmit` and `OnClose`; at most 255 characters with the host's prefix.
    ///   - privateMetadata: Given back with the form; at most 3,000 characters.
    ///   - notifyOnClose: Calls `OnClose` where it is closed without being submitted.
    ///   - clearOnClose: Closing it closes those under it.
    ///   - externalID: A name under which it can be updated, unique in the workspace; at most 255 characters.
    ///   - blocks: 1 to 100.
    /// - SeeAlso: <https://docs.slack.dev/surfaces/modals>
    public static func modal(
        _ title: String, submit: String? = nil, close: String? = nil, id: String? = nil,
        privateMetadata: String? = nil, notifyOnClose: Bool = false, clearOnClose: Bool = false,
        externalID: String? = nil, blocks: [Block]
    ) -> View {
        let modal = Modal(
            title: title, submit: submit, close: close, notifyOnClose: notifyOnClose, clearOnClose: clearOnClose)
        return View(
            kind: .modal(modal), id: id, privateMetadata: privateMetadata, externalID: externalID, blocks: blocks)
    }

    /// A form.
    /// - Parameters:
    ///   - title: 1 to 24 characters.
    ///   - submit: The button that submits it, at most 24 characters; a form with inputs needs one.
    ///   - close: The button that closes it, at most 24 characters.
    ///   - id: The view's id, for `OnSubmit` and `OnClose`; at most 255 characters with the host's prefix.
    ///   - privateMetadata: Given back with the form; at most 3,000 characters.
    ///   - notifyOnClose: Calls `OnClose` where it is closed without being submitted.
    ///   - clearOnClose: Closing it closes those under it.
    ///   - externalID: A name under which it can be updated, unique in the workspace; at most 255 characters.
    ///   - blocks: 1 to 100.
    public static func modal(
        _ title: String, submit: String? = nil, close: String? = nil, id: String? = nil,
        privateMetadata: String? = nil, notifyOnClose: Bool = false, clearOnClose: Bool = false,
        externalID: String? = nil, @BlockBuilder blocks: () -> [Block]
    ) -> View {
        modal(
            title, submit: submit, close: close, id: id, privateMetadata: privateMetadata,
            notifyOnClose: notifyOnClose, clearOnClose: clearOnClose, externalID: externalID, blocks: blocks())
    }

    /// A person's Home tab.
    /// - Parameters:
    ///   - blocks: 1 to 100.
    ///   - id: The view's id.
    ///   - privateMetadata: Given back with every action in it; at most 3,000 characters.
    /// - SeeAlso: <https://docs.slack.dev/surfaces/app-home>
    public static func home(_ blocks: [Block], id: String? = nil, privateMetadata: String? = nil) -> View {
        View(kind: .home, id: id, privateMetadata: privateMetadata, externalID: nil, blocks: blocks)
    }

    /// A person's Home tab.
    /// - Parameters:
    ///   - id: The view's id.
    ///   - privateMetadata: Given back with every action in it; at most 3,000 characters.
    ///   - blocks: 1 to 100.
    public static func home(
        id: String? = nil, privateMetadata: String? = nil, @BlockBuilder blocks: () -> [Block]
    ) -> View {
        home(blocks(), id: id, privateMetadata: privateMetadata)
    }

    /// Writes the view as one object.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch kind {
            case .modal(let modal):
                writer.member("type", "modal")
                writer.member("title", plain: modal.title)
                writer.member("submit", plain: modal.submit)
                writer.member("close", plain: modal.close)
                if modal.notifyOnClose { writer.member("notify_on_close", true) }
                if modal.clearOnClose { writer.member("clear_on_close", true) }
            case .home: writer.member("type", "home")
            }
            writer.id("callback_id", id)
            writer.member("private_metadata", privateMetadata)
            writer.member("external_id", externalID)
            writer.member("blocks", blocks: blocks)
        }
    }

    /// The view as a value, with ids under a prefix.
    package func json(idPrefix: String) -> JSONValue {
        var writer = JSONWriter(idPrefix: idPrefix)
        write(to: &writer)
        return JSONValue(written: writer.bytes)
    }
}
