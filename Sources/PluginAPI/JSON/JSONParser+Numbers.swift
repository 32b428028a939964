extension JSONParser {
    /// Reads a number: exactly where it is whole and fits 64 bits, else as the nearest double.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let digits = position
        try self.digits()
        guard position == digits + 1 || bytes[digits] != UInt8(ascii: "0") else {
            throw JSONError(.badNumber, at: start)
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try self.digits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            let sign = try peek()
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try self.digits()
        }
        if isWhole, let whole = whole(digits..<position, isNegative: isNegative) { return .integer(whole) }
        guard position - start <= Self.maximumNumberLength else { throw JSONError(.badNumber, at: start) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw JSONError(.numberOutOfRange, at: start) }
        return .number(value)
    }

    /// Passes one or more digits.
    private mutating func digits() throws(JSONError) {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        guard position > start else {
            throw position < bytes.count ? error(.badNumber) : error(.unexpectedEnd)
        }
    }

    /// - Returns: `nil` beyond 64 bits, and for -0, which only a double can hold.
    private func whole(_ digits: Range<Int>, isNegative: Bool) -> Int64? {
        var value: Int64 = 0
        for byte in bytes[digits] {
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            // Counting down from zero reaches the smallest value too, which has no positive counterpart.
            let (sum, overflowedToo) = product.subtractingReportingOverflow(digit)
            guard !overflowed, !overflowedToo else { return nil }
            value = sum
        }
        guard !isNegative else { return value == 0 ? nil : value }
        return value == .min ? nil : -value
    }
}
