extension ElementContent {
    func check(_ inspection: inout Inspection) {}
    func fitting() -> Self? { self }
}
extension BlockContent {
    func check(_ inspection: inout Inspection) {}
    func fitting() -> Self? { self }
}
