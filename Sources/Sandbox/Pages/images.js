/*
 * Images in blocks. One that can't be fetched (the sandbox may be offline) leaves its alternative text.
 */

import { h, safeURL } from "./dom.js";

/** `kind`: "block", "accessory" or "context". */
export function image(item, kind) {
    const file = item.slack_file?.id;
    const address = safeURL(item.image_url ?? item.slack_file?.url
        ?? (file ? new URL(`/files/${encodeURIComponent(file)}`, location.href).href : ""));
    const missing = () => h("span", {
        class: `image image-missing image-${kind}`, role: "img", title: item.alt_text ?? "",
        "aria-label": item.alt_text ?? "",
    }, kind === "block" ? item.alt_text ?? "Image" : "🖼️");
    if (!address || !/^https?:/.test(address)) return missing();
    const node = h("img", {
        class: `image image-${kind}`, src: address, alt: item.alt_text ?? "", loading: "lazy",
        referrerpolicy: "no-referrer",
    });
    node.addEventListener("error", () => node.replaceWith(missing()), { once: true });
    return node;
}
