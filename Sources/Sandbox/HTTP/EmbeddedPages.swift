import HTTPTypes
import Hummingbird
import NIOCore

/// The web pages, which are compiled in: the program needs no files beside it.
enum EmbeddedPages {
    private struct Page {
        let path: String
        let type: String
        let bytes: [UInt8]
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]

    private static var pages: [Page] {
        let html = [
            ("/", PackageResources.index_html),
            ("/inspector", PackageResources.inspector_html),
            ("/pagerduty", PackageResources.pagerduty_html),
        ]
        let assets = [
            ("api.js", PackageResources.api_js),
            ("app.js", PackageResources.app_js),
            ("avatar.js", PackageResources.avatar_js),
            ("base.css", PackageResources.base_css),
            ("blocks.css", PackageResources.blocks_css),
            ("blocks.js", PackageResources.blocks_js),
            ("channel.js", PackageResources.channel_js),
            ("combobox.js", PackageResources.combobox_js),
            ("completion.js", PackageResources.completion_js),
            ("composer.js", PackageResources.composer_js),
            ("confirm.js", PackageResources.confirm_js),
            ("directory.js", PackageResources.directory_js),
            ("dom.js", PackageResources.dom_js),
            ("elements.js", PackageResources.elements_js),
            ("elementstate.js", PackageResources.elementstate_js),
            ("emoji.js", PackageResources.emoji_js),
            ("exchange.js", PackageResources.exchange_js),
            ("faults.js", PackageResources.faults_js),
            ("hint.js", PackageResources.hint_js),
            ("home.js", PackageResources.home_js),
            ("icon.svg", PackageResources.icon_svg),
            ("images.js", PackageResources.images_js),
            ("inspector.css", PackageResources.inspector_css),
            ("inspector.js", PackageResources.inspector_js),
            ("markdown.js", PackageResources.markdown_js),
            ("message.css", PackageResources.message_css),
            ("message.js", PackageResources.message_js),
            ("messagelist.js", PackageResources.messagelist_js),
            ("messages.js", PackageResources.messages_js),
            ("modal.js", PackageResources.modal_js),
            ("mrkdwn.js", PackageResources.mrkdwn_js),
            ("pagerduty.css", PackageResources.pagerduty_css),
            ("pagerduty.js", PackageResources.pagerduty_js),
            ("pagerdutyapi.js", PackageResources.pagerdutyapi_js),
            ("pagerdutydialogs.js", PackageResources.pagerdutydialogs_js),
            ("pagerdutyforms.js", PackageResources.pagerdutyforms_js),
            ("pagerdutyincidents.js", PackageResources.pagerdutyincidents_js),
            ("pagerdutyparts.js", PackageResources.pagerdutyparts_js),
            ("pagerdutyviews.js", PackageResources.pagerdutyviews_js),
            ("people.js", PackageResources.people_js),
            ("popover.js", PackageResources.popover_js),
            ("richtext.js", PackageResources.richtext_js),
            ("sandboxtip.js", PackageResources.sandboxtip_js),
            ("selects.js", PackageResources.selects_js),
            ("sidebar.js", PackageResources.sidebar_js),
            ("slack.css", PackageResources.slack_css),
            ("state.js", PackageResources.state_js),
            ("store.js", PackageResources.store_js),
            ("surface.js", PackageResources.surface_js),
            ("switcher.js", PackageResources.switcher_js),
            ("textinputs.js", PackageResources.textinputs_js),
            ("theme.js", PackageResources.theme_js),
            ("thread.js", PackageResources.thread_js),
            ("time.js", PackageResources.time_js),
            ("validate.js", PackageResources.validate_js),
            ("viewstack.js", PackageResources.viewstack_js),
            ("wire.js", PackageResources.wire_js),
            ("workflow.js", PackageResources.workflow_js),
        ]
        return html.map { Page(path: $0.0, type: "text/html; charset=utf-8", bytes: $0.1) }
            + assets.map { Page(path: "/assets/" + $0.0, type: type(of: $0.0), bytes: $0.1) }
    }

    private static func type(of name: String) -> String {
        name.split(separator: ".").last.flatMap { types[String($0)] } ?? "application/octet-stream"
    }

    /// Nothing is fetched from elsewhere, and what an app puts into a message cannot run.
    private static let policy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

    static func addRoutes(to router: Router<BasicRequestContext>) {
        for page in pages {
            router.get(RouterPath(page.path)) { _, _ in
                var headers: HTTPFields = [
                    .contentType: page.type, .cacheControl: "no-cache", .xContentTypeOptions: "nosniff",
                    .contentSecurityPolicy: policy,
                ]
                if let referrerPolicy = HTTPField.Name("Referrer-Policy") { headers[referrerPolicy] = "no-referrer" }
                return Response(
                    status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.bytes)))
            }
        }
    }
}
