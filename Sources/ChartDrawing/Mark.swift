/// One thing that is painted.
package enum Mark: Hashable, Sendable {
    case box(Box, Color, radius: Double = 0, edge: Color? = nil)
    case line([Point], Color, width: Double, isDashed: Bool = false)
    case dot(Point, Color, radius: Double)
    /// `y` is the base line.
    case text(
        String, x: Double, y: Double, size: Double, weight: Weight, Color, anchor: Anchor, width: Double)

    package enum Weight: Hashable, Sendable { case plain, bold }
    package enum Anchor: Hashable, Sendable { case start, middle, end }
}

package struct Point: Hashable, Sendable {
    package let x: Double
    package let y: Double
}

package struct Box: Hashable, Sendable {
    package let x: Double
    package let y: Double
    package let width: Double
    package let height: Double
}

/// Red, green and blue, a byte each.
package struct Color: Hashable, Sendable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    init(_ rgb: UInt32) {
        red = UInt8(truncatingIfNeeded: rgb >> 16)
        green = UInt8(truncatingIfNeeded: rgb >> 8)
        blue = UInt8(truncatingIfNeeded: rgb)
    }
}
