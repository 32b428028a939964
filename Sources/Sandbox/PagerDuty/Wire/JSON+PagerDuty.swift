/// What PagerDuty's shapes need of a JSON value besides.
extension JSON: ExpressibleByFloatLiteral {
    init(floatLiteral value: Double) { self = .double(value) }
    init(_ value: Int?) { self = value.map(JSON.int) ?? .null }
}
