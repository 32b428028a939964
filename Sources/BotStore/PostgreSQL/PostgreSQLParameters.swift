/// The values of a statement's parameters, laid out the way libpq takes them.
struct PostgreSQLParameters {
    private var bytes: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue]) {
        for value in values {
            switch value {
            case .null, .other: add([UInt8]?.none, format: 0)
            // As digits: the server reads them as whatever type of number the statement has there.
            case .integer(let integer): add(String(integer).utf8, format: 0)
            // With a length: a text that holds a NUL is refused and not cut short.
            case .text(let text): add(text.utf8, format: 1)
            case .bytes(let data): add(data, format: 1)
            }
        }
    }

    private mutating func add(_ value: (some Collection<UInt8>)?, format: Int32) {
        starts.append(value == nil ? nil : bytes.count)
        lengths.append(Int32(truncatingIfNeeded: value?.count ?? 0))
        formats.append(format)
        if let value { bytes += value }
        bytes.append(0)
    }

    func withPointers<Result>(
        _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { buffer in
            let base = buffer.bindMemory(to: CChar.self).baseAddress
            return body(starts.map { start in start.flatMap { base?.advanced(by: $0) } }, lengths, formats)
        }
    }
}
