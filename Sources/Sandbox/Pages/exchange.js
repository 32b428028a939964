/*
 * One request and its answer, made readable: JSON indented and coloured, forms taken apart, headers as a list.
 */

import { h, icon } from "./dom.js";

/** What stands after the host in an address; the inspector knows who talks to whom. */
export function pathOf(path) {
    return String(path ?? "").replace(/^https?:\/\/[^/]+/, "");
}

export function exchangeNode(row, { onClose, onTrace }) {
    return [
        h("header", { class: "exchange-head" },
            h("h2", {}, row.kind),
            h("span", { class: "mono muted exchange-path" }, `${row.method} ${pathOf(row.path)}`),
            row.trace ? h("button", {
                type: "button", class: "button button-small", title: "Show everything with this trace",
                onclick: () => onTrace(row.trace),
            }, `Trace ${row.trace}`) : null,
            h("a", { class: "button button-small", href: `#${row.id}` }, `#${row.id}`),
            h("button", {
                type: "button", class: "icon-button", "aria-label": "Close", data: { testid: "exchange-close" },
                onclick: onClose,
            }, icon("close"))),
        h("div", { class: "exchange-sides" },
            side("Request", row.request, "exchange-request"),
            side(row.status ? `Answer ${row.status}` : "No answer", row.response, "exchange-response")),
    ];
}

function side(title, value, testid) {
    return h("section", { class: "exchange-side", "aria-label": title, data: { testid } },
        h("h3", {}, title), h("div", { class: "exchange-body", tabindex: "0" }, pretty(value)));
}

function pretty(value) {
    if (value === null || value === undefined || value === "") return h("p", { class: "muted" }, "Empty");
    if (typeof value === "object") return object(value);
    const { head, body } = split(String(value));
    return h("div", {}, head ? h("pre", { class: "exchange-headers" }, head) : null,
        body === "" ? null : text(body));
}

/** {headers, body} is shown in two parts, anything else as JSON. */
function object(value) {
    if (!("body" in value)) return h("pre", {}, json(value, 0));
    const headers = Object.entries(value.headers ?? {}).map(([name, item]) => `${name}: ${item}`).join("\n");
    return h("div", {}, headers ? h("pre", { class: "exchange-headers" }, headers) : null, pretty(value.body));
}

/** A head as in HTTP, if the text has one: lines of “Name: value” before the first empty line. */
function split(value) {
    const end = value.search(/\r?\n\r?\n/);
    const head = end < 0 ? "" : value.slice(0, end);
    const isLine = (line) => /^([\w-]+: ?.*|[A-Z]+ \S+.*|HTTP\/.*)$/.test(line);
    const isHead = head !== "" && head.split(/\r?\n/).every(isLine);
    return isHead ? { head, body: value.slice(end).replace(/^\r?\n\r?\n/, "") } : { head: "", body: value };
}

function text(value) {
    const parsed = parse(value);
    if (parsed !== undefined) return h("pre", {}, json(parsed, 0));
    const fields = form(value);
    if (fields) {
        return h("dl", { class: "exchange-form" },
            fields.map(([name, item]) => [h("dt", {}, name), h("dd", {}, field(item))]));
    }
    return h("pre", {}, value);
}

function field(value) {
    const parsed = /^\s*[[{]/.test(value) ? parse(value) : undefined;
    return parsed === undefined ? value : h("pre", {}, json(parsed, 0));
}

function parse(value) {
    try {
        return JSON.parse(value);
    } catch {
        return undefined;
    }
}

function form(value) {
    if (/\s/.test(value) || !/^[\w.%+\-[\]]+=/.test(value)) return null;
    return [...new URLSearchParams(value)];
}

/** JSON as nodes, two spaces a level, with a class for each kind of value. */
function json(value, depth) {
    const pad = "  ".repeat(depth + 1);
    const end = "  ".repeat(depth);
    if (Array.isArray(value)) {
        if (value.length === 0) return "[]";
        return ["[\n", value.map((item, index) => [
            pad, json(item, depth + 1), index < value.length - 1 ? ",\n" : "\n",
        ]), end, "]"];
    }
    if (value !== null && typeof value === "object") {
        const entries = Object.entries(value);
        if (entries.length === 0) return "{}";
        return ["{\n", entries.map(([key, item], index) => [
            pad, h("span", { class: "json-key" }, JSON.stringify(key)), ": ", json(item, depth + 1),
            index < entries.length - 1 ? ",\n" : "\n",
        ]), end, "}"];
    }
    return h("span", { class: `json-${value === null ? "null" : typeof value}` }, JSON.stringify(value));
}
