extension PagerDuty {
    /// The answer to a removal, which says nothing.
    package struct Removed: Sendable {}
}
