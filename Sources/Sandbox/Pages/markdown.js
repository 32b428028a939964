/*
 * The `markdown` block: the everyday part of Markdown (headings, lists, quotes, code, tables, emphasis, links).
 */

import { h, link } from "./dom.js";
import { emojiNode, inline as mrkdwnInline } from "./mrkdwn.js";

export function markdown(text) {
    const root = h("div", { class: "markdown" });
    const lines = text.split("\n");
    let at = 0;
    const take = (test) => {
        const taken = [];
        while (at < lines.length && test(lines[at])) taken.push(lines[at++]);
        return taken;
    };
    while (at < lines.length) {
        const line = lines[at];
        const heading = /^(#{1,6})\s+(.*)$/.exec(line);
        if (line.trim() === "") {
            at += 1;
        } else if (heading) {
            at += 1;
            const level = String(heading[1].length);
            const attributes = { class: `md-h md-h${level}`, role: "heading", "aria-level": level };
            root.append(h("div", attributes, spans(heading[2])));
        } else if (/^\s*(```|~~~)/.test(line)) {
            at += 1;
            const body = take((each) => !/^\s*(```|~~~)\s*$/.test(each));
            at += 1;
            root.append(h("pre", { class: "md-pre" }, h("code", {}, body.join("\n"))));
        } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
            at += 1;
            root.append(h("hr", { class: "block-divider" }));
        } else if (/^\s*>/.test(line)) {
            const body = take((each) => /^\s*>/.test(each)).map((each) => each.replace(/^\s*> ?/, ""));
            root.append(h("blockquote", { class: "md-quote" }, markdown(body.join("\n"))));
        } else if (listItem(line)) {
            root.append(list(take((each) => listItem(each) || (/^\s+\S/.test(each)))));
        } else if (isTable(lines, at)) {
            root.append(table(take((each) => each.includes("|"))));
        } else {
            root.append(paragraph(take((each) => each.trim() !== "" && !startsBlock(each))));
        }
    }
    return root;
}

const listItem = (line) => /^(\s*)([-*+]|\d{1,4}[.)])\s+(.*)$/.exec(line);
const startsBlock = (line) => /^(#{1,6}\s|\s*>|\s*```)/.test(line) || listItem(line);
const isTable = (lines, at) => lines[at].includes("|") && /^\s*\|?\s*:?-{2,}/.test(lines[at + 1] ?? "");

function paragraph(body) {
    return h("p", {}, body.flatMap((line, index) => (index ? [h("br"), spans(line)] : [spans(line)])));
}

function list(body) {
    const first = listItem(body[0]);
    const root = h(/\d/.test(first[2]) ? "ol" : "ul", {});
    if (/^\d/.test(first[2])) root.setAttribute("start", String(Number.parseInt(first[2], 10)));
    const indent = first[1].length;
    let nested = [];
    const close = () => {
        if (nested.length && root.lastElementChild) {
            root.lastElementChild.append(listItem(nested[0]) ? list(nested) : paragraph(nested));
        }
        nested = [];
    };
    for (const line of body) {
        const item = listItem(line);
        if (item && item[1].length <= indent) {
            close();
            root.append(h("li", {}, spans(item[3])));
        } else {
            nested.push(line);
        }
    }
    close();
    return root;
}

function table(rows) {
    const cells = (row) => row.trim().replace(/^\||\|$/g, "").split("|").map((cell) => spans(cell.trim()));
    return h("div", { class: "table-wrap" }, h("table", { class: "md-table" },
        h("thead", {}, h("tr", {}, cells(rows[0]).map((cell) => h("th", {}, cell)))),
        h("tbody", {}, rows.slice(2).map((row) => h("tr", {}, cells(row).map((cell) => h("td", {}, cell)))))));
}

const rules = [
    [/^`([^`]+)`/, (found) => h("code", { class: "md-code" }, found[1])],
    [/^\*\*(?=\S)([^]+?)\*\*/, (found) => h("strong", {}, spans(found[1]))],
    [/^__(?=\S)([^]+?)__/, (found) => h("strong", {}, spans(found[1]))],
    [/^~~(?=\S)([^]+?)~~/, (found) => h("s", {}, spans(found[1]))],
    [/^\*(?=\S)([^*]+?)\*/, (found) => h("em", {}, spans(found[1]))],
    [/^_(?=\S)([^_]+?)_(?!\w)/, (found) => h("em", {}, spans(found[1]))],
    [/^!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (found) => link(found[2], spans(found[1] || found[2]))],
    [/^<[^<>\n]+>/, (found) => mrkdwnInline(found[0])],
    [/^https?:\/\/[^\s<>)]+/, (found) => link(found[0], found[0])],
    [/^:[a-z0-9_+-]+:/, (found) => emojiNode(found[0])],
];

function spans(text) {
    const fragment = document.createDocumentFragment();
    let pending = "";
    for (let at = 0; at < text.length;) {
        if (text[at] === "\\" && at + 1 < text.length) {
            pending += text[at + 1];
            at += 2;
            continue;
        }
        const rest = /[`*_~![<h:]/.test(text[at]) ? text.slice(at) : "";
        const hit = rest && firstRule(rest);
        if (!hit) {
            pending += text[at];
            at += 1;
            continue;
        }
        fragment.append(pending, hit.node);
        pending = "";
        at += hit.length;
    }
    fragment.append(pending);
    return fragment;
}

function firstRule(rest) {
    for (const [pattern, build] of rules) {
        const found = pattern.exec(rest);
        const node = found && build(found);
        if (node) return { node, length: found[0].length };
    }
    return null;
}
