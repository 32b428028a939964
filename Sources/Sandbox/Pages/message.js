/*
 * One message: who, when, what, and what can be done with it.
 */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { isMe, personByID, personName } from "./directory.js";
import { h, icon, link, safeURL } from "./dom.js";
import { addNotice, dismiss, replySummary } from "./messagelist.js";
import { emojiNode, mrkdwn, plainString, textObject } from "./mrkdwn.js";
import { openMenu } from "./popover.js";
import { state } from "./state.js";
import { openThread } from "./store.js";
import { Surface } from "./surface.js";
import { ago, clock, dateOf, fullTime } from "./time.js";

const surfaces = new Map();

/** The surface of a message outlives its redrawing, so that what was chosen stays chosen. */
function surfaceOf(channel, message, where) {
    const key = `${where}/${channel}/${message.ts}`;
    if (!surfaces.has(key)) {
        surfaces.set(key, new Surface({ channel, message_ts: message.ts }, {
            onTrouble: (error) => addNotice(channel, troubleText(error), where === "thread" ? state.thread : undefined),
        }));
    }
    return surfaces.get(key);
}

export function forgetSurfaces() {
    surfaces.clear();
}

/** What Slack would say about a request that came to nothing. */
export function troubleText(error, subject = "This app") {
    const texts = {
        operation_timeout: `${subject} took too long to answer. (\`operation_timeout\`)`,
        no_connection: "The sandbox does not answer. Is it still running?",
    };
    if (!error) return `${subject} could not do that. Try again?`;
    if (texts[error]) return texts[error];
    return /\s/.test(error) ? error : `${subject} could not do that. Try again? (\`${error}\`)`;
}

/**
 * @param where "channel" or "thread": the same message may be drawn in both
 * @param compact whether the message above is by the same person, so that the name is not said again
 */
export function messageNode(channel, message, { where, compact = false }) {
    const person = personByID(message.user);
    const isApp = message.app === true || person?.is_bot === true;
    const name = message.username ?? person?.real_name ?? person?.name ?? message.user ?? "Unknown";
    const at = dateOf(message.ts);
    const face = person ?? { id: message.user, real_name: name, is_bot: isApp };
    const showsHead = !compact || message.ephemeral;
    return h("article", {
        class: ["message", compact && "is-compact", message.ephemeral && "is-ephemeral"].filter(Boolean).join(" "),
        tabindex: "-1", "aria-label": `${name}, ${clock(at)}`,
        data: {
            testid: "message", ts: message.ts, user: message.user, app: String(isApp),
            ephemeral: String(message.ephemeral === true),
        },
    },
    h("div", { class: "message-gutter" }, showsHead ? avatar(face, "medium") : timeNode(at, "message-time-side", clock(at).replace(/ [AP]M$/, ""))),
    h("div", { class: "message-main" },
        message.ephemeral ? ephemeralNote(channel, message) : null,
        showsHead ? h("div", { class: "message-head" },
            h("span", { class: "message-name" }, name),
            isApp && !message.local ? h("span", { class: "app-badge" }, "App") : null,
            timeNode(at, "message-time")) : null,
        content(channel, message, where),
        where === "channel" ? replyLink(channel, message) : null),
    toolbar(channel, message, where));
}

function timeNode(at, className, text = clock(at)) {
    return h("time", { class: className, datetime: at.toISOString(), title: fullTime(at) }, text);
}

function ephemeralNote(channel, message) {
    return h("div", { class: "message-note" }, icon("eye"), h("span", {}, "Only visible to you"),
        h("button", { type: "button", class: "text-button", data: { testid: "dismiss" },
            onclick: () => dismiss(channel, message.ts) }, "Dismiss"));
}

function content(channel, message, where) {
    const surface = surfaceOf(channel, message, where);
    const edited = message.edited
        ? h("span", { class: "message-edited", title: message.edited.ts ? fullTime(dateOf(message.edited.ts)) : null },
            " (edited)") : null;
    return surface.render(() => h("div", { class: "message-content", data: { testid: "message-content" } },
        message.blocks?.length
            ? blocks(message.blocks, surface)
            : message.text ? h("div", { class: isEvent(message) ? "message-text message-event" : "message-text" },
                mrkdwn(message.text), edited) : null,
        message.blocks?.length ? edited : null,
        (message.attachments ?? []).map((item) => attachment(item, surface)), reactions(message)));
}

/** Somebody joined, a topic was set: told by Slack rather than said. */
const isEvent = (message) => /^(channel|group)_/.test(message.subtype ?? "");

function reactions(message) {
    if (!message.reactions?.length) return null;
    return h("div", { class: "reactions" }, message.reactions.map(({ name, users = [], count }) => h("span", {
        class: users.some(isMe) ? "reaction is-mine" : "reaction", title: users.map(personName).join(", "),
        data: { testid: "reaction", name },
    }, emojiNode(`:${name}:`) ?? `:${name}:`, h("span", {}, String(count ?? users.length)))));
}

const barColors = { good: "#2eb67d", warning: "#ecb22e", danger: "#e01e5a" };

/** Secondary attachments, with blocks or in the older form: https://docs.slack.dev/reference/messaging/payload */
function attachment(item, surface) {
    const color = barColors[item.color] ?? (item.color ? `#${item.color.replace(/^#/, "")}` : null);
    const isMrkdwn = (field) => !item.mrkdwn_in || item.mrkdwn_in.includes(field);
    const text = (value, field) => (isMrkdwn(field) ? mrkdwn(value) : textObject({ type: "plain_text", text: value }));
    return [
        item.pretext ? h("div", { class: "message-text" }, text(item.pretext, "pretext")) : null,
        h("div", { class: "attachment", style: color ? { "--bar": color } : {} },
            item.author_name ? h("div", { class: "attachment-author" }, item.author_name) : null,
            item.title ? h("div", { class: "attachment-title" },
                item.title_link && safeURL(item.title_link) ? link(item.title_link, plainString(item.title))
                    : plainString(item.title)) : null,
            item.text ? h("div", { class: "message-text" }, text(item.text, "text")) : null,
            item.fields?.length ? h("div", { class: "section-fields" }, item.fields.map((field) =>
                h("div", { class: "block-text" }, h("strong", {}, plainString(field.title ?? "")), h("br"),
                    text(String(field.value ?? ""), "fields")))) : null,
            item.blocks?.length ? blocks(item.blocks, surface) : null,
            !item.text && !item.blocks?.length && !item.title && item.fallback
                ? h("div", { class: "message-text" }, plainString(item.fallback)) : null,
            item.footer ? h("div", { class: "attachment-footer muted" }, plainString(item.footer)) : null),
    ];
}

function replyLink(channel, message) {
    const { count, people, last } = replySummary(channel, message);
    if (!count) return null;
    return h("button", {
        type: "button", class: "reply-link", data: { testid: "open-thread" }, onclick: () => openThread(message.ts),
    }, people.map((id) => avatar(personByID(id) ?? { id }, "small")),
    h("span", { class: "reply-count" }, count === 1 ? "1 reply" : `${count} replies`),
    last ? h("span", { class: "muted" }, `Last reply ${ago(dateOf(last))}`) : null);
}

function toolbar(channel, message, where) {
    if (message.ephemeral) return null;
    const shortcuts = state.shortcuts.filter((each) => each.type === "message");
    const reply = where === "channel"
        ? h("button", {
            type: "button", class: "icon-button", "aria-label": "Reply in thread", title: "Reply in thread",
            data: { testid: "reply-in-thread" }, onclick: () => openThread(message.thread_ts ?? message.ts),
        }, icon("reply")) : null;
    const more = shortcuts.length
        ? h("button", {
            type: "button", class: "icon-button", "aria-label": "More actions", title: "More actions",
            "aria-haspopup": "menu", "aria-expanded": "false", data: { testid: "message-shortcuts" },
            onclick: () => openMenu(more, shortcuts.map((each) => ({
                label: each.name, description: state.app?.name, leading: icon("bolt"),
                onSelect: () => runShortcut(each, channel, message.ts),
            })), { label: "Message shortcuts", align: "end" }),
        }, icon("more")) : null;
    if (!reply && !more) return null;
    return h("div", { class: "message-tools", role: "group", "aria-label": "Message actions" }, reply, more);
}

export async function runShortcut(shortcut, channel, ts) {
    const body = { callback_id: shortcut.callback_id, channel };
    const answer = await post("/client/shortcut", ts ? { ...body, message_ts: ts } : body);
    if (!answer.ok) addNotice(channel, troubleText(answer.error, `“${shortcut.name}”`));
}
