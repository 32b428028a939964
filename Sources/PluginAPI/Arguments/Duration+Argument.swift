extension Duration: ArgumentValue {
    /// "duration"
    public static var placeholder: String { "duration" }
    /// Its seconds.
    public var word: String? { "\(components.seconds)s" }

    /// A length of time such as `90s`, `45m`, `1h30m`, `2d`; a bare number is minutes. At most 366 days.
    public static func parse(_ text: String) -> Result<Duration, ArgumentFault> {
        let fault = ArgumentFault("a length of time is needed, such as 45m, 1h30m or 2d")
        guard text.utf8.count <= 40 else { return .failure(fault) }
        var seconds = 0
        var number: Int?
        for scalar in text.lowercased().unicodeScalars {
            if let digit = scalar.properties.numericType == .decimal && scalar.isASCII
                ? Int(scalar.value) - 48 : nil
            {
                guard let value = (number ?? 0).multipliedAndAdded(10, digit) else { return .failure(fault) }
                number = value
                continue
            }
            let unit: Int
            switch scalar {
            case "s": unit = 1
            case "m": unit = 60
            case "h": unit = 3_600
            case "d": unit = 86_400
            case "w": unit = 604_800
            default: return .failure(fault)
            }
            guard let count = number, let total = count.multipliedAndAdded(unit, seconds) else {
                return .failure(fault)
            }
            seconds = total
            number = nil
        }
        if let number {
            guard seconds == 0, let total = number.multipliedAndAdded(60, 0) else { return .failure(fault) }
            seconds = total
        }
        guard (1...31_622_400).contains(seconds) else { return .failure(fault) }
        return .success(.seconds(seconds))
    }
}

extension Int {
    /// `self * factor + addend`, or `nil` where it does not fit.
    fileprivate func multipliedAndAdded(_ factor: Int, _ addend: Int) -> Int? {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        let (sum, carried) = product.addingReportingOverflow(addend)
        return overflow || carried ? nil : sum
    }
}
