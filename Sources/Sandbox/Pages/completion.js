/*
 * What the composer offers while one types: commands and their sub-commands, people, channels, emoji.
 */

import { avatar } from "./avatar.js";
import { allChannels, allPeople, allUsergroups } from "./directory.js";
import { h, icon } from "./dom.js";
import { emoji, findEmoji } from "./emoji.js";
import { state } from "./state.js";

/**
 * What can be offered at the caret: {start, end, title, items: [{label, detail, hint, leading, insert}]} or null.
 * `insert` replaces the text from start to end.
 */
export function completionAt(text, caret) {
    const before = text.slice(0, caret);
    return command(before, text) ?? subcommand(before) ?? mention(before) ?? channel(before) ?? emojiName(before);
}

function offer(start, end, title, items) {
    return items.length ? { start, end, title, items } : null;
}

function command(before, text) {
    if (!/^\/\S*$/.test(before)) return null;
    const query = before.toLowerCase();
    const items = state.commands.filter((each) => each.command.startsWith(query)).map((each) => ({
        label: each.command, hint: each.usage_hint, detail: each.description, leading: commandMark(),
        insert: `${each.command} `,
    }));
    const end = /^\/\S*/.exec(text)[0].length;
    return offer(0, end, "Commands", items);
}

const commandMark = () => h("span", { class: "completion-mark" }, icon("slash"));

function subcommand(before) {
    const found = /^(\/\S+) +(\S*)$/.exec(before);
    const known = found && state.commands.find((each) => each.command === found[1]);
    if (!known) return null;
    const query = found[2].toLowerCase();
    const words = subcommands(known.usage_hint);
    if (words.some((each) => each.word === query)) return null;
    const items = words.filter((each) => each.word.startsWith(query)).map((each) => ({
        label: `${known.command} ${each.word}`, hint: each.rest, leading: commandMark(),
        insert: each.rest ? `${each.word} ` : each.word,
    }));
    return offer(before.length - found[2].length, before.length, `${known.command} …`, items);
}

/** `[help | trigger [service] | invite @person]` as words and what follows them. */
export function subcommands(usageHint) {
    const hint = (usageHint ?? "").trim();
    if (!hint.includes("|")) return [];
    const inner = hint.startsWith("[") && hint.endsWith("]") ? hint.slice(1, -1) : hint;
    return splitOutside(inner).map((part) => part.trim()).filter((part) => /^[\p{L}\p{N}]/u.test(part)).map((part) => {
        const [word, ...rest] = part.split(/\s+/);
        return { word: word.toLowerCase(), rest: rest.join(" ") };
    });
}

/** Splits at | but not inside brackets. */
function splitOutside(text) {
    const parts = [""];
    let depth = 0;
    for (const character of text) {
        if ("[<(".includes(character)) depth += 1;
        if ("]>)".includes(character)) depth -= 1;
        if (character === "|" && depth === 0) parts.push("");
        else parts[parts.length - 1] += character;
    }
    return parts;
}

function ranked(items, query, text) {
    const words = query.toLowerCase();
    const score = (item) => {
        const value = text(item).toLowerCase();
        if (value.startsWith(words)) return 0;
        return value.split(/[\s._-]+/).some((part) => part.startsWith(words)) ? 1 : 2;
    };
    return items.map((item) => [score(item), item]).filter(([rank]) => rank < 2).sort((a, b) => a[0] - b[0])
        .map(([, item]) => item).slice(0, 8);
}

function mention(before) {
    const found = /(?:^|[\s(])@([\p{L}\p{N}._-]*(?: [\p{L}\p{N}._-]*)?)$/u.exec(before);
    if (!found) return null;
    const query = found[1];
    const people = ranked(allPeople(), query, (person) => `${person.real_name} ${person.name}`).map((person) => ({
        label: person.real_name || person.name, hint: `@${person.name}`,
        detail: person.id === state.me ? "you" : person.is_bot ? "App" : person.is_guest ? "Guest" : null,
        leading: avatar(person, "small"), insert: `@${person.real_name || person.name} `,
    }));
    const groups = ranked(allUsergroups(), query, (group) => group.handle).map((group) => ({
        label: `@${group.handle}`, detail: group.name, leading: icon("at"), insert: `@${group.handle} `,
    }));
    const ranges = before.startsWith("/") ? [] : ranked([
        ["here", "everyone who is active here"], ["channel", "everyone in this channel"],
    ], query, ([name]) => name).map(([name, detail]) => ({
        label: `@${name}`, detail, leading: icon("at"), insert: `@${name} `,
    }));
    return offer(before.length - query.length - 1, before.length, "People", [...people, ...groups, ...ranges]);
}

function channel(before) {
    const found = /(?:^|[\s(])#([\p{L}\p{N}_-]*)$/u.exec(before);
    if (!found) return null;
    const items = ranked(allChannels().filter((each) => each.kind !== "im"), found[1], (each) => each.name)
        .map((each) => ({
            label: each.name, detail: each.topic, leading: icon(each.kind === "private" ? "lock" : "hash"),
            insert: `#${each.name} `,
        }));
    return offer(before.length - found[1].length - 1, before.length, "Channels", items);
}

function emojiName(before) {
    const found = /(?:^|\s):([a-z0-9_+-]{2,})$/.exec(before);
    if (!found) return null;
    const items = findEmoji(found[1]).map((name) => ({
        label: `:${name}:`, leading: h("span", { class: "emoji" }, emoji.get(name)), insert: `:${name}: `,
    }));
    return offer(before.length - found[1].length - 1, before.length, "Emoji", items);
}
