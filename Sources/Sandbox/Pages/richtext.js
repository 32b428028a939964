/*
 * The `rich_text` block: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */

import { h, link } from "./dom.js";
import { channelMention, dateNode, emojiNode, groupMention, mention } from "./mrkdwn.js";

export function richText(block) {
    return h("div", { class: "rich-text" }, (block.elements ?? []).map(part));
}

function part(element) {
    switch (element.type) {
    case "rich_text_section": return h("div", {}, (element.elements ?? []).map(leaf));
    case "rich_text_quote": return h("blockquote", { class: "md-quote" }, (element.elements ?? []).map(leaf));
    case "rich_text_preformatted":
        return h("pre", { class: "md-pre" }, h("code", {}, (element.elements ?? []).map(leaf)));
    case "rich_text_list": return list(element);
    default: return null;
    }
}

function list(element) {
    const ordered = element.style === "ordered";
    return h(ordered ? "ol" : "ul", {
        class: `rich-list rich-list-${(element.indent ?? 0) % 3}`,
        style: { "--depth": String(Math.min(element.indent ?? 0, 8)) },
        start: ordered ? (element.offset ?? 0) + 1 : null,
    }, (element.elements ?? []).map((item) => h("li", {}, (item.elements ?? []).map(leaf))));
}

function leaf(element) {
    return style(bare(element), element.style);
}

function bare(element) {
    switch (element.type) {
    case "text": return withBreaks(element.text ?? "");
    case "link": return link(element.url ?? "", element.text || element.url);
    case "user": return mention(element.user_id);
    case "channel": return channelMention(element.channel_id);
    case "usergroup": return groupMention(element.usergroup_id);
    case "broadcast": return h("span", { class: "mention mention-me" }, `@${element.range}`);
    case "emoji": return emojiNode(`:${element.name}:`) ?? document.createTextNode(`:${element.name}:`);
    case "date": return dateNode(element.timestamp, element.format ?? "{date}", element.fallback, element.url);
    case "color":
        return h("span", { class: "color-chip", style: { "--chip": element.value } }, element.value);
    default: return document.createTextNode(element.text ?? "");
    }
}

function withBreaks(text) {
    const fragment = document.createDocumentFragment();
    text.split("\n").forEach((line, index) => fragment.append(...(index ? [h("br"), line] : [line])));
    return fragment;
}

function style(node, wanted = {}) {
    let result = node;
    if (wanted.code) result = h("code", { class: "md-code" }, result);
    if (wanted.strike) result = h("s", {}, result);
    if (wanted.italic) result = h("em", {}, result);
    if (wanted.bold) result = h("strong", {}, result);
    return result;
}
