import CPangoCairo
package import PluginAPI

/// Paints a chart as a PNG, two pixels to a unit: Cairo draws shapes, Pango the text in every script.
package enum PNGPainter {
    static let pixels = 2.0
    /// The first that the machine has; every Linux with a font has one that stands for `sans-serif`.
    static let fonts = "Lato, Noto Sans, DejaVu Sans, sans-serif"

    /// - Returns: The file's bytes; `nil` where Cairo has no memory for it.
    package static func png(_ chart: Chart) -> [UInt8]? {
        let picture = ChartPicture(chart)
        guard
            let surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, Int32(ChartPicture.width * pixels), Int32(min(2_000, picture.height) * pixels))
        else { return nil }
        defer { cairo_surface_destroy(surface) }
        guard let cairo = cairo_create(surface) else { return nil }
        defer { cairo_destroy(cairo) }
        cairo_scale(cairo, pixels, pixels)
        cairo_set_source_rgb(cairo, 1, 1, 1)
        cairo_paint(cairo)
        for mark in picture.marks { paint(mark, on: cairo) }
        cairo_surface_flush(surface)
        return bytes(of: surface)
    }

    private static func paint(_ mark: Mark, on cairo: OpaquePointer) {
        switch mark {
        case .box(let box, let color, let radius, let edge):
            outline(box, radius, on: cairo)
            use(color, on: cairo)
            guard let edge else { return cairo_fill(cairo) }
            cairo_fill_preserve(cairo)
            use(edge, on: cairo)
            cairo_set_line_width(cairo, 1)
            cairo_stroke(cairo)
        case .line(let points, let color, let width, let isDashed):
            for (index, point) in points.enumerated() {
                if index == 0 { cairo_move_to(cairo, point.x, point.y) } else { cairo_line_to(cairo, point.x, point.y) }
            }
            use(color, on: cairo)
            cairo_set_line_width(cairo, width)
            cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
            cairo_set_dash(cairo, [6, 4], isDashed ? 2 : 0, 0)
            cairo_stroke(cairo)
            cairo_set_dash(cairo, [], 0, 0)
        case .dot(let point, let color, let radius):
            cairo_arc(cairo, point.x, point.y, radius, 0, 2 * .pi)
            use(color, on: cairo)
            cairo_fill(cairo)
        case .text(let text, let x, let y, let size, let weight, let color, let anchor, let width):
            use(color, on: cairo)
            write(text, x: x, y: y, size: size, weight: weight, anchor: anchor, width: width, on: cairo)
        }
    }

    private static func use(_ color: Color, on cairo: OpaquePointer) {
        cairo_set_source_rgb(
            cairo, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
    }

    private static func outline(_ box: Box, _ radius: Double, on cairo: OpaquePointer) {
        guard radius > 0 else { return cairo_rectangle(cairo, box.x, box.y, box.width, box.height) }
        let (left, top, right, bottom) = (
            box.x + radius, box.y + radius, box.x + box.width - radius, box.y + box.height - radius
        )
        cairo_new_sub_path(cairo)
        cairo_arc(cairo, right, top, radius, -.pi / 2, 0)
        cairo_arc(cairo, right, bottom, radius, 0, .pi / 2)
        cairo_arc(cairo, left, bottom, radius, .pi / 2, .pi)
        cairo_arc(cairo, left, top, radius, .pi, 1.5 * .pi)
        cairo_close_path(cairo)
    }

    private static func write(
        _ text: String, x: Double, y: Double, size: Double, weight: Mark.Weight, anchor: Mark.Anchor, width: Double,
        on cairo: OpaquePointer
    ) {
        guard width > 1, let layout = pango_cairo_create_layout(cairo) else { return }
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        let font = pango_font_description_new()
        defer { pango_font_description_free(font) }
        pango_font_description_set_family(font, fonts)
        pango_font_description_set_absolute_size(font, size * Double(PANGO_SCALE))
        pango_font_description_set_weight(font, weight == .bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_layout_set_font_description(layout, font)
        // A name may have line breaks or lie about its length: one line, and no more of it than fits.
        pango_layout_set_single_paragraph_mode(layout, 1)
        let shown = String(text.prefix(200))
        pango_layout_set_text(layout, shown, Int32(clamping: shown.utf8.count))
        var natural: Int32 = 0
        pango_layout_get_size(layout, &natural, nil)
        let room = Int32(clamping: Int64(width * Double(PANGO_SCALE)))
        if natural > room {
            pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
            pango_layout_set_width(layout, room)
            pango_layout_get_size(layout, &natural, nil)
        }
        let drawn = min(width, Double(natural) / Double(PANGO_SCALE))
        let left =
            switch anchor {
            case .start: x
            case .middle: x - drawn / 2
            case .end: x - drawn
            }
        let base = Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE)
        cairo_move_to(cairo, left, y - base)
        pango_cairo_show_layout(cairo, layout)
    }

    /// Collects what Cairo writes.
    private final class Sink {
        var bytes: [UInt8] = []
    }

    private static func bytes(of surface: OpaquePointer) -> [UInt8]? {
        let sink = Sink()
        let status = withExtendedLifetime(sink) {
            cairo_surface_write_to_png_stream(
                surface,
                { closure, data, length in
                    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                    let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
                    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                    return CAIRO_STATUS_SUCCESS
                }, Unmanaged.passUnretained(sink).toOpaque())
        }
        return status == CAIRO_STATUS_SUCCESS ? sink.bytes : nil
    }
}
