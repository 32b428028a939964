/*
 * The middle: a channel's head, its messages, and the composer.
 */

import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { channelByID, channelTitle, personByID } from "./directory.js";
import { h, icon } from "./dom.js";
import { startHint } from "./hint.js";
import { channelMessages, entryOf } from "./messagelist.js";
import { forgetSurfaces } from "./message.js";
import { MessageList } from "./messages.js";
import { plain } from "./mrkdwn.js";
import { on, state } from "./state.js";

const head = document.querySelector("#channel-head");
const scroller = document.querySelector("#messages");

export const composer = new Composer({ testid: "composer" });

const list = new MessageList(scroller, { where: "channel", before: beginning });
let shown = null;

export function startChannel() {
    document.querySelector("#composer-place").append(composer.node);
    startHint(document.querySelector("#hint-place"), composer);
    on("channel world", show);
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
    const sign = channel?.kind === "im" ? "" : "#";
    document.title = channel ? `${sign}${channelTitle(channel)} · BotHost sandbox` : "BotHost sandbox";
    drawHead(channel);
    update();
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
    head.replaceChildren(
        h("h1", { class: "channel-title", data: { testid: "channel-title" } },
            person ? avatar(person, "small") : icon(channel.kind === "private" ? "lock" : "hash"),
            h("span", {}, channelTitle(channel))),
        h("span", { class: "channel-topic muted" }, plain(channel.topic ?? "")),
        presence(channel));
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
    if (person?.is_bot) return "This is where the app writes to you alone.";
    return `This is between you and ${channelTitle(channel)}.`;
}
