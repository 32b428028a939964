extension Inspection {
    /// Checks blocks one by one, and that no block id stands twice.
    mutating func check(_ blocks: [Block]) {
        var seen: Set<String> = []
        each("blocks", blocks) { block, inspection in
            block.check(&inspection)
            guard let id = block.id, !seen.insert(id).inserted else { return }
            inspection.at("block_id") {
                $0.report("“\(id)” stands twice", mend: "give every block an id of its own, or none")
            }
        }
    }
}

extension [Block] {
    /// As many blocks as may stand there, each within its limits, no block id twice; where one is left out, a note says so.
    /// - Parameters:
    ///   - maximum: How many blocks.
    ///   - textLimit: How many characters of text in all.
    ///   - idPrefix: What the host puts before ids.
    func fitting(_ maximum: Int, textLimit: Int, idPrefix: String) -> [Block] {
        let shown = compactMap { $0.fitting(idPrefix: idPrefix) }.withUniqueIDs(idPrefix: idPrefix)
        if shown.count == count, count <= maximum, shown.textLength <= textLimit,
            shown.markdownLength <= SlackLimits.markdown
        {
            return shown
        }
        var kept: [Block] = []
        var (text, markdown) = (100, 0)  // the note's own text
        for block in shown.prefix(maximum - 1) {
            text += [block].textLength
            markdown += [block].markdownLength
            guard text <= textLimit, markdown <= SlackLimits.markdown else { break }
            kept.append(block)
        }
        return kept + [.leftOut(count - kept.count)]
    }

    /// Characters of text that people see.
    private var textLength: Int {
        var inspection = Inspection(idPrefix: "")
        inspection.check(self)
        return inspection.textLength
    }

    /// A block id that stands twice is taken off; an input, which needs one, gets another.
    private func withUniqueIDs(idPrefix: String) -> [Block] {
        var seen: Set<String> = []
        return compactMap { block in
            guard let id = block.id, !seen.insert(id).inserted else { return block }
            guard block.isInput else { return block.identified(nil) }
            let free = (2...count + 1).lazy.map { "\(id)~\($0)" }.first { !seen.contains($0) } ?? id
            guard seen.insert(free).inserted else { return nil }
            return block.identified(free).fitting(idPrefix: idPrefix)
        }
    }
}

extension Block {
    fileprivate static func leftOut(_ count: Int) -> Block {
        .context("… \(grouped(count)) more \(count == 1 ? "part" : "parts") could not be shown.")
    }
}
