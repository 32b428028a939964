/// Collects blocks, with `if`, `switch` and `for`.
@resultBuilder public enum BlockBuilder {
    /// One block.
    public static func buildExpression(_ block: Block) -> [Block] { [block] }
    /// A block that may be missing.
    public static func buildExpression(_ block: Block?) -> [Block] { block.map { [$0] } ?? [] }
    /// Several blocks.
    public static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
    /// One after the other.
    public static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap(\.self) }
    /// Where the condition holds.
    public static func buildOptional(_ blocks: [Block]?) -> [Block] { blocks ?? [] }
    /// The one branch.
    public static func buildEither(first blocks: [Block]) -> [Block] { blocks }
    /// The other branch.
    public static func buildEither(second blocks: [Block]) -> [Block] { blocks }
    /// All rounds of a loop.
    public static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap(\.self) }
}
