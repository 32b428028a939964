/*
 * A thread in the side panel.
 */

import { Composer } from "./composer.js";
import { channelByID, channelTitle } from "./directory.js";
import { h, icon } from "./dom.js";
import { findMessage, threadMessages } from "./messagelist.js";
import { MessageList } from "./messages.js";
import { on, state } from "./state.js";
import { openThread } from "./store.js";

const panel = document.querySelector("#thread");
const scroller = h("div", { class: "thread-messages", role: "log", "aria-label": "Thread" });
const composer = new Composer({ testid: "thread-composer", thread: () => state.thread });
const list = new MessageList(scroller, { where: "thread" });
const channelName = h("span", { class: "muted" });
let shown = null;

export function startThread() {
    panel.append(
        h("header", { class: "thread-head" }, h("h2", {}, "Thread"), channelName,
            h("button", { type: "button", class: "icon-button", "aria-label": "Close the thread",
                data: { testid: "thread-close" }, onclick: () => close() }, icon("close"))),
        scroller, h("div", { class: "composer-place" }, composer.node));
    panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !event.defaultPrevented) close();
    });
    on("thread", show);
    on("messages", (channel) => channel === state.channel && update());
}

function close() {
    openThread(null);
    document.querySelector("[data-testid=composer]")?.focus();
}

function show() {
    panel.hidden = state.thread === null;
    document.body.classList.toggle("has-thread", state.thread !== null);
    if (state.thread === null) {
        shown = null;
        return;
    }
    const place = `${state.me}/${state.channel}/${state.thread}`;
    if (place !== shown) {
        shown = place;
        list.clear();
        composer.show(place, "Reply…");
        const channel = channelByID(state.channel);
        channelName.textContent = channel ? `${channel.kind === "im" ? "" : "#"}${channelTitle(channel)}` : "";
        composer.focus();
    }
    update();
}

function update() {
    if (state.thread === null) return;
    if (!findMessage(state.channel, state.thread) && threadMessages(state.channel, state.thread).length === 0) return;
    list.update(state.channel, threadMessages(state.channel, state.thread));
}
