/*
 * The messages of a channel as values: in order, each once, without those that were dismissed.
 */

import { slackbot } from "./directory.js";
import { emit, state } from "./state.js";

const dismissed = new Set();
const arrived = new WeakMap();
let localCount = 0;

export function entryOf(channel) {
    if (!state.messages.has(channel)) state.messages.set(channel, { list: [], loaded: false });
    return state.messages.get(channel);
}

const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** What stands in the channel itself; replies stand in their thread unless they were also sent to the channel. */
export function channelMessages(channel) {
    return entryOf(channel).list.filter((message) => !isReply(message) || message.subtype === "thread_broadcast");
}

export function threadMessages(channel, ts) {
    return entryOf(channel).list.filter((message) => message.ts === ts || message.thread_ts === ts);
}

export function findMessage(channel, ts) {
    return entryOf(channel).list.find((message) => message.ts === ts);
}

/** How many replies a message has and who wrote them, from what is known here and what the message says. */
export function replySummary(channel, message) {
    const replies = entryOf(channel).list.filter((each) =>
        isReply(each) && each.thread_ts === message.ts && !each.ephemeral);
    return {
        count: Math.max(message.reply_count ?? 0, replies.length),
        people: [...new Set(replies.map((each) => each.user))].slice(0, 4),
        last: replies.at(-1)?.ts ?? message.latest_reply ?? null,
    };
}

/** Takes over what the server has; what came over the stream since it was asked (`since`) is newer and stays. */
export function replaceAll(channel, messages, since) {
    const entry = entryOf(channel);
    const known = new Set(messages.map((message) => message.ts));
    const kept = entry.list.filter((message) =>
        message.local || (!known.has(message.ts) && (arrived.get(message) ?? 0) >= since));
    entry.list = [...messages.filter((message) => !dismissed.has(message.ts)), ...kept].sort(byTime);
    entry.loaded = true;
    emit("messages", channel);
}

export function upsert(channel, message) {
    if (dismissed.has(message.ts)) return;
    arrived.set(message, performance.now());
    const { list } = entryOf(channel);
    const at = list.findIndex((each) => each.ts === message.ts);
    if (at >= 0) list[at] = message;
    else list.push(message);
    list.sort(byTime);
    emit("messages", channel);
}

export function remove(channel, ts) {
    const entry = entryOf(channel);
    entry.list = entry.list.filter((message) => message.ts !== ts);
    emit("messages", channel);
}

/** Takes an ephemeral message off this person's screen. */
export function dismiss(channel, ts) {
    dismissed.add(ts);
    remove(channel, ts);
}

/** A line from Slack itself that only this page has: a command that failed, a word that is no command. */
export function addNotice(channel, text, threadTS) {
    localCount += 1;
    const now = Date.now() / 1000;
    upsert(channel, {
        ts: `${now.toFixed(3)}${String(localCount).padStart(3, "0").slice(-3)}`, user: slackbot.id, text,
        ephemeral: true, local: true, ...(threadTS ? { thread_ts: threadTS } : {}),
    });
}

function byTime(left, right) {
    return Number.parseFloat(left.ts) - Number.parseFloat(right.ts) || left.ts.localeCompare(right.ts);
}
