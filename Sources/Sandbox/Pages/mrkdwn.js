/*
 * Slack's mrkdwn and plain text as DOM nodes.
 *
 * A hand-written scanner rather than a chain of replacements: what an app wrote is never HTML at any step, and a mark
 * inside a code span or a link can't be taken for one outside it.
 */

import { h, link } from "./dom.js";
import { channelByID, channelTitle, isMe, personName, usergroupByID } from "./directory.js";
import { emoji } from "./emoji.js";
import { fullTime, slackDate } from "./time.js";

const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Takes back the three escapes of Slack's wire form. */
export function unescape(text) {
    return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity]);
}

/** A text object: {type: "plain_text" | "mrkdwn", text}. */
export function textObject(object) {
    if (!object) return null;
    if (typeof object === "string") return plain(object);
    return object.type === "mrkdwn" ? mrkdwn(object.text ?? "") : plain(object.text ?? "", object.emoji !== false);
}

/** Plain text with line breaks and, unless switched off, emoji. */
export function plain(text, withEmoji = true) {
    const fragment = document.createDocumentFragment();
    unescape(text).split("\n").forEach((line, index) => {
        if (index > 0) fragment.append(h("br"));
        for (const part of line.split(/(:[a-z0-9_+-]+:)/)) {
            fragment.append((withEmoji && emojiNode(part)) || part);
        }
    });
    return fragment;
}

/** The words alone, for labels and the window's title. */
export function plainString(object) {
    const text = typeof object === "string" ? object : object?.text ?? "";
    return unescape(text).replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji.get(name) ?? whole);
}

export function emojiNode(short) {
    const name = short.length > 2 && short.startsWith(":") ? short.slice(1, -1) : null;
    const glyph = name && emoji.get(name);
    return glyph ? h("span", { class: "emoji", role: "img", "aria-label": name, title: short }, glyph) : null;
}

/** mrkdwn with its blocks: code fences, quotes, list lines, text. */
export function mrkdwn(text) {
    const fragment = document.createDocumentFragment();
    const pieces = text.split("```");
    for (let index = 0; index < pieces.length; index += 1) {
        const isCode = index % 2 === 1 && index < pieces.length - 1;
        if (isCode) {
            fragment.append(h("pre", { class: "md-pre" }, h("code", {}, codeText(trimNewlines(pieces[index])))));
        } else {
            const opening = index % 2 === 1 ? "```" : "";
            fragment.append(lines(opening + trimBesideCode(pieces[index], index, pieces.length)));
        }
    }
    return fragment;
}

const trimNewlines = (text) => text.replace(/^\n/, "").replace(/\n$/, "");

function trimBesideCode(text, index, count) {
    let result = text;
    if (index > 0) result = result.replace(/^\n/, "");
    if (index < count - 1) result = result.replace(/\n$/, "");
    return result;
}

function lines(text) {
    const fragment = document.createDocumentFragment();
    let quote = null;
    let needsBreak = false;
    for (const line of text.split("\n")) {
        const quoted = /^(?:&gt;|>)(?!&gt;|>) ?(.*)$/.exec(line);
        if (quoted) {
            if (quote) quote.append(h("br"));
            else fragment.append((quote = h("blockquote", { class: "md-quote" })));
            quote.append(inline(quoted[1]));
            needsBreak = false;
            continue;
        }
        quote = null;
        const item = /^(\s*)([•◦▪‣*-]|\d{1,3}[.)]) +(.*)$/u.exec(line);
        if (item && !(item[2] === "*" && item[3].includes("*"))) {
            fragment.append(listLine(item));
            needsBreak = false;
            continue;
        }
        if (needsBreak) fragment.append(h("br"));
        fragment.append(inline(line));
        needsBreak = true;
    }
    return fragment;
}

/** Slack leaves the bullet as it was typed; only the text after it hangs. */
function listLine([, indent, bullet, rest]) {
    const depth = Math.min(Math.floor(indent.length / 2), 6);
    return h("span", { class: "md-item", style: { "--depth": String(depth) } },
        h("span", { class: "md-bullet" }, bullet), h("span", {}, inline(rest)));
}

const styles = { "*": "strong", _: "em", "~": "s" };

/** One line of mrkdwn. */
export function inline(text) {
    const fragment = document.createDocumentFragment();
    let start = 0;
    let at = 0;
    const flush = (end) => {
        if (end > start) fragment.append(unescape(text.slice(start, end)));
    };
    while (at < text.length) {
        const found = match(text, at);
        if (!found) {
            at += 1;
            continue;
        }
        flush(at);
        fragment.append(found.node);
        at = found.end;
        start = at;
    }
    flush(text.length);
    return fragment;
}

function match(text, at) {
    switch (text[at]) {
    case "<": return angle(text, at);
    case "`": return code(text, at);
    case "*": case "_": case "~": return styled(text, at);
    case ":": return shortName(text, at);
    case "h": return bareURL(text, at);
    default: return null;
    }
}

function angle(text, at) {
    const close = text.indexOf(">", at);
    if (close < at + 2) return null;
    const node = reference(text.slice(at + 1, close), at === 0);
    return node && { node, end: close + 1 };
}

function code(text, at) {
    const close = text.indexOf("`", at + 1);
    if (close <= at + 1) return null;
    return { node: h("code", { class: "md-code" }, codeText(text.slice(at + 1, close))), end: close + 1 };
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

function styled(text, at) {
    const mark = text[at];
    const next = text[at + 1];
    if (isWord(text[at - 1]) || next === undefined || next === mark || /\s/.test(next)) return null;
    for (let close = at + 2; close < text.length; close += 1) {
        if (text[close] === "`" || text[close] === "<") {
            const skip = text.indexOf(text[close] === "<" ? ">" : "`", close + 1);
            if (skip > close) close = skip;
            continue;
        }
        const ends = text[close] === mark && !/\s/.test(text[close - 1]) && !isWord(text[close + 1]);
        if (ends) return { node: h(styles[mark], {}, inline(text.slice(at + 1, close))), end: close + 1 };
    }
    return null;
}

function shortName(text, at) {
    const found = /^:[a-z0-9_+-]+:/.exec(text.slice(at, at + 48));
    const node = found && emojiNode(found[0]);
    return node && { node, end: at + found[0].length };
}

function bareURL(text, at) {
    if (isWord(text[at - 1])) return null;
    const found = /^https?:\/\/[^\s<>|"]+/.exec(text.slice(at, at + 3_000));
    if (!found) return null;
    const address = found[0].replace(/[.,;:!?)*_~]+$/, "");
    const plainAddress = unescape(address);
    return { node: link(plainAddress, plainAddress), end: at + address.length };
}

/** What stands between < and >: a mention, a date, a link. */
function reference(inner, isFirst = false) {
    const bar = inner.indexOf("|");
    const target = bar < 0 ? inner : inner.slice(0, bar);
    const label = bar < 0 ? null : unescape(inner.slice(bar + 1));
    if (/^@[UW]/.test(target)) return mention(target.slice(1), label);
    if (/^#[CGD]/.test(target)) return channelMention(target.slice(1), label);
    if (target.startsWith("!")) return special(target.slice(1), label, isFirst);
    if (!/^(https?:\/\/|mailto:|tel:|slack:|\/)/.test(target)) return null;
    const address = unescape(target);
    return link(address, label === null ? address.replace(/^(mailto|tel):/, "") : plain(label));
}

export function mention(id, label) {
    const mine = isMe(id);
    const known = personName(id);
    return h("span", { class: mine ? "mention mention-me" : "mention", data: { user: id } },
        `@${known === id && label ? label : known}`);
}

export function channelMention(id, label) {
    const channel = channelByID(id);
    const name = channel ? channelTitle(channel) : label || "private-channel";
    if (!channel) return h("span", { class: "mention" }, `#${name}`);
    return h("button", { type: "button", class: "mention", data: { openChannel: id } }, `#${name}`);
}

export function groupMention(id, label) {
    const group = usergroupByID(id);
    const name = group?.handle ?? label?.replace(/^@/, "") ?? group?.name ?? id;
    return h("span", { class: "mention" }, `@${name}`);
}

export function dateNode(unix, pattern, fallback, address, isFirst = true) {
    const seconds = Number(unix);
    if (!Number.isFinite(seconds)) return document.createTextNode(fallback ?? "");
    const time = h("time", { title: fullTime(new Date(seconds * 1000)) }, slackDate(seconds, pattern, isFirst));
    return address ? link(address, time) : time;
}

function special(target, label, isFirst) {
    const [name, ...rest] = target.split("^");
    if (["here", "channel", "everyone"].includes(name)) return h("span", { class: "mention mention-me" }, `@${name}`);
    if (name === "subteam") return groupMention(rest[0], label);
    if (name === "date") {
        return dateNode(rest[0], unescape(rest[1] ?? "{date}"), label, rest[2] && unescape(rest[2]), isFirst);
    }
    return document.createTextNode(label ?? `<${target}>`);
}

/** Inside code nothing is formatted, but a link still shows as its label. */
function codeText(text) {
    return text.split(/(<[^<>\n]+>)/).map((part) => {
        const node = part.startsWith("<") ? reference(part.slice(1, -1)) : null;
        return node ?? unescape(part);
    });
}
