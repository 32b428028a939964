extension View {
    /// Checks the view against Slack's limits.
    /// - Parameter idPrefix: What the host puts before ids, which counts.
    /// - Returns: Every fault with its place and its mend; empty where Slack will take the view.
    public func validate(idPrefix: String = "") -> [BlockKitFault] {
        var inspection = Inspection(idPrefix: idPrefix)
        if case .modal(let modal) = kind { check(modal, &inspection) }
        if let id { inspection.id(id, at: "callback_id") }
        if let privateMetadata {
            inspection.string(
                privateMetadata, 0...SlackLimits.privateMetadata, at: "private_metadata",
                mend: "store the data, and keep its key here")
        }
        if let externalID {
            inspection.string(externalID, 1...SlackLimits.id, at: "external_id", mend: "use a shorter name")
        }
        inspection.count(
            blocks.count, in: 1...SlackLimits.viewBlocks, at: "blocks",
            mend: "show the first ones and a button for more")
        inspection.check(blocks)
        checkSurface(&inspection)
        let bytes = size(idPrefix: idPrefix)
        if bytes > SlackLimits.viewBytes {
            inspection.at("blocks") {
                $0.report(
                    "the view has \(grouped(bytes)) bytes, Slack takes at most \(grouped(SlackLimits.viewBytes))",
                    mend: "show less at a time")
            }
        }
        return inspection.faults
    }

    private func check(_ modal: Modal, _ inspection: inout Inspection) {
        inspection.plain(modal.title, 1...SlackLimits.viewTitle, at: "title")
        if let submit = modal.submit { inspection.plain(submit, 1...SlackLimits.viewTitle, at: "submit") }
        if let close = modal.close { inspection.plain(close, 1...SlackLimits.viewTitle, at: "close") }
        guard modal.submit == nil, blocks.contains(where: \.isInput) else { return }
        inspection.at("submit") {
            $0.report("is missing in a form with inputs", mend: "name the button, such as “Save”")
        }
    }

    private func checkSurface(_ inspection: inout Inspection) {
        var hasFocus = false
        inspection.each("blocks", blocks) { block, inspection in
            if case .markdown = block.kind {
                inspection.report("a markdown block cannot stand in a view", mend: "use a section")
            }
            for element in block.content.elements where element.wantsFocus {
                if hasFocus {
                    inspection.report("a second element wants the focus", mend: "let one of them have it")
                }
                hasFocus = true
            }
        }
    }

    private func size(idPrefix: String) -> Int {
        var writer = JSONWriter(idPrefix: idPrefix, capacity: 16_384)
        write(to: &writer)
        return writer.bytes.count
    }

    /// The view cut so that Slack takes it: texts are clipped, what cannot be shown is left out with a note.
    ///
    /// A last resort, so that a person sees something; a plugin's test finds with ``validate(idPrefix:)`` what to mend.
    /// Too long an id, external id or private metadata cannot be cut without changing what the plugin is given back, so
    /// they stay, and ``validate(idPrefix:)`` still tells of them.
    /// - Parameter idPrefix: What the host puts before ids, which counts.
    public func fitting(idPrefix: String = "") -> View {
        var view = self
        let shown = blocks.map(\.asSectionOfView).withOneFocus
        var most = SlackLimits.viewBlocks
        view.blocks = shown.fitting(most, textLimit: .max, idPrefix: idPrefix)
        while view.size(idPrefix: idPrefix) > SlackLimits.viewBytes, most > 1 {
            most /= 2
            view.blocks = shown.fitting(most, textLimit: .max, idPrefix: idPrefix)
        }
        if view.blocks.isEmpty { view.blocks = [.section("Nothing to show.")] }
        if case .modal(var modal) = kind {
            modal.title = Clip.label(modal.title, to: SlackLimits.viewTitle) ?? "…"
            modal.submit = Clip.label(modal.submit, to: SlackLimits.viewTitle)
            modal.close = Clip.label(modal.close, to: SlackLimits.viewTitle)
            if modal.submit == nil, view.blocks.contains(where: \.isInput) { modal.submit = "Submit" }
            view.kind = .modal(modal)
        }
        return view
    }
}

extension Block {
    /// Markdown blocks stand in messages only.
    fileprivate var asSectionOfView: Block {
        guard case .markdown(let markdown) = kind else { return self }
        return .section(.plain(markdown.text), id: id)
    }
}

extension [Block] {
    /// The focus goes to the first element that wants it.
    fileprivate var withOneFocus: [Block] {
        var hasFocus = false
        return map { block in
            guard block.content.elements.contains(where: \.wantsFocus) else { return block }
            return block.changed { content in
                content.elements = content.elements.map { element in
                    var element = element
                    element.wantsFocus = element.wantsFocus && !hasFocus
                    hasFocus = hasFocus || element.wantsFocus
                    return element
                }
            }
        }
    }
}
