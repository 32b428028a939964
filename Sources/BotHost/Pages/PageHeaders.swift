import HTTPTypes

/// The headers of everything that a browser gets from the host.
///
/// No scripts from elsewhere, no frames, no referrer (a code or a one-time id may stand in the address), nothing kept.
/// - SeeAlso: <https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html>
enum PageHeaders {
    /// Of pages and of redirects between them.
    static let common: HTTPFields = {
        var fields: HTTPFields = [
            .strictTransportSecurity: "max-age=63072000; includeSubDomains",
            .contentSecurityPolicy: policy,
            .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
            .vary: "Cookie, Sec-Fetch-Site, Origin",
        ]
        for (name, value) in [
            ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Embedder-Policy", "require-corp"),
            ("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ] {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }()

    static let page: HTTPFields = {
        var fields = common
        fields[.contentType] = "text/html; charset=utf-8"
        return fields
    }()

    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
}
