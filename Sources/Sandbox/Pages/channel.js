/*
 * The middle: a channel's head, its messages, and the composer.
 */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { channelByID, channelTitle, personByID } from "./directory.js";
import { append, h, icon, safeURL } from "./dom.js";
import { startHint } from "./hint.js";
import { addNotice, channelMessages, entryOf } from "./messagelist.js";
import { forgetSurfaces } from "./message.js";
import { MessageList } from "./messages.js";
import { plain } from "./mrkdwn.js";
import { on, state } from "./state.js";

const head = document.querySelector("#channel-head");
const scroller = document.querySelector("#messages");

export const composer = new Composer({ testid: "composer" });

const list = new MessageList(scroller, { where: "channel", before: beginning });
const composerPlace = document.querySelector("#composer-place");
const bar = h("div", { class: "join-bar", hidden: true });
let shown = null;

export function startChannel() {
    composerPlace.append(composer.node, bar);
    startHint(document.querySelector("#hint-place"), composer);
    on("channel world", show);
    on("unread", drawTitle);
    on("clock", update);
    on("messages", (channel) => channel === state.channel && update());
}

function show() {
    const channel = channelByID(state.channel);
    const place = `${state.me}/${state.channel}`;
    if (place !== shown) {
        if (!shown?.startsWith(`${state.me}/`)) forgetSurfaces();
        shown = place;
        list.clear();
        beginningNode = null;
        composer.show(place, placeholder(channel));
    }
    drawTitle();
    drawHead(channel);
    drawBar(channel);
    update();
}

/** The window's title tells of mentions elsewhere. */
function drawTitle() {
    const channel = channelByID(state.channel);
    const mentions = [...state.unread.values()].reduce((sum, each) => sum + each.mentions, 0);
    const name = channel ? `${channel.kind === "im" ? "" : "#"}${channelTitle(channel)} · ` : "";
    document.title = `${mentions ? `(${mentions}) ` : ""}${name}BotHost sandbox`;
}

/** Where one can't write there is a bar instead of the composer: not a member yet, or archived. */
function drawBar(channel) {
    const canJoin = channel?.kind === "public" && channel.is_member === false;
    bar.hidden = !canJoin && channel?.is_archived !== true;
    composer.node.hidden = !bar.hidden;
    document.querySelector("#hint-place").hidden = !bar.hidden;
    if (bar.hidden) return;
    bar.replaceChildren(...(channel.is_archived
        ? [h("span", {}, "This channel is archived.")]
        : [h("span", {}, "You are looking at ", h("strong", {}, `#${channel.name}`)), h("button", {
            type: "button", class: "button button-primary button-small", data: { testid: "join" },
            onclick: () => join(channel),
        }, "Join channel")]));
}

async function join(channel) {
    const answer = await post("/client/join", { channel: channel.id });
    if (!answer.ok) addNotice(channel.id, `That did not work: ${answer.error}`);
}

function placeholder(channel) {
    if (!channel) return "Message";
    return channel.kind === "im" ? `Message ${channelTitle(channel)}` : `Message #${channel.name}`;
}

function update() {
    if (state.channel) list.update(state.channel, channelMessages(state.channel));
}

function drawHead(channel) {
    if (!channel) {
        head.replaceChildren();
        return;
    }
    const person = channel.kind === "im" ? personByID(channel.im_user) : null;
    head.replaceChildren();
    append(head, [
        h("h1", { class: "channel-title", data: { testid: "channel-title" } },
            person ? avatar(person, "small") : icon(channel.kind === "private" ? "lock" : "hash"),
            h("span", {}, channelTitle(channel))),
        h("span", { class: "channel-topic muted" }, plain(channel.topic ?? "")),
        marks(channel),
        presence(channel),
    ]);
}

/** What is pinned here, and the addresses on top. */
function marks(channel) {
    const links = (channel.bookmarks ?? []).filter((one) => safeURL(one.link));
    if (!links.length && !channel.pins?.length) return null;
    return h("span", { class: "channel-marks", data: { testid: "channel-marks" } },
        links.map((one) => h("a", { href: one.link, target: "_blank", rel: "noreferrer" }, `🔖 ${one.title}`)),
        channel.pins?.length ? h("span", { class: "muted", data: { testid: "pins" } }, `📌 ${channel.pins.length} pinned`) : null);
}

/** Whether the app can read and write here, which is what most first errors come down to. */
function presence(channel) {
    const app = state.app?.name ?? "The app";
    if (channel.kind === "im" && channel.im_user === state.app?.bot_user) return null;
    if (channel.app_is_member) {
        return h("span", {
            class: "presence", title: `${app} is a member of this channel`, data: { testid: "app-presence" },
        }, h("span", { class: "dot dot-ok" }), app);
    }
    return h("span", {
        class: "presence", title: `${app} is not a member: it can answer you here, but can't post or read`,
        data: { testid: "app-presence" },
    }, h("span", { class: "dot" }), `${app} is not here`);
}

let beginningNode = null;

/** What stands above the first message. */
function beginning(messages) {
    if (!beginningNode) {
        const channel = channelByID(state.channel);
        if (!channel) return null;
        beginningNode = h("div", { class: "beginning" },
            h("h2", {}, channel.kind === "im" ? channelTitle(channel) : `#${channel.name}`),
            h("p", { class: "muted" }, opening(channel)));
    }
    beginningNode.classList.toggle("is-alone", messages.length === 0 && entryOf(state.channel).loaded);
    return beginningNode;
}

function opening(channel) {
    if (channel.kind !== "im") {
        return `This is the beginning of ${channel.kind === "private" ? "a private" : "the"} channel.`;
    }
    const person = personByID(channel.im_user);
    if (person?.is_bot) return "Here you and the app are alone: say a command without a slash, such as help.";
    return `This is between you and ${channelTitle(channel)}.`;
}
