/*
 * The app's Home tab, beside the messages of its direct message: https://docs.slack.dev/surfaces/app-home
 */

import { get, post } from "./api.js";
import { blocks } from "./blocks.js";
import { channelByID } from "./directory.js";
import { h } from "./dom.js";
import { addNotice } from "./messagelist.js";
import { troubleText } from "./message.js";
import { emit, on, state } from "./state.js";
import { Surface } from "./surface.js";

const tabs = document.querySelector("#channel-tabs");
const panel = document.querySelector("#home");
let view = null;
let surface = null;
let owner = null;

export function startHome() {
    on("channel world", show);
    on("home", (published) => {
        take(published);
        if (state.tab === "home") draw();
    });
}

function hasHome() {
    const channel = channelByID(state.channel);
    return Boolean(state.app?.has_home) && channel?.kind === "im" && channel.im_user === state.app.bot_user;
}

function show() {
    const isHere = hasHome();
    if (!isHere) state.tab = "messages";
    tabs.hidden = !isHere;
    panel.hidden = state.tab !== "home";
    document.querySelector("#conversation").hidden = state.tab === "home";
    if (isHere) {
        tabs.replaceChildren(tab("messages", "Messages"), tab("home", "Home"));
        if (state.tab === "home" && owner !== state.me) open();
    }
}

function tab(name, label) {
    return h("button", {
        type: "button", role: "tab", "aria-selected": String(state.tab === name), data: { testid: `tab-${name}` },
        onclick: () => {
            state.tab = name;
            emit("channel");
            open();
        },
    }, label);
}

async function open() {
    const me = state.me;
    const tabName = state.tab;
    owner = me;
    if (tabName === "home") draw();
    const answer = await post("/client/home", { tab: tabName });
    const current = answer.view ?? (await get("/client/home").catch(() => null))?.view ?? null;
    if (me !== state.me || tabName !== "home") return;
    take(current);
    draw();
}

function take(published) {
    if (published?.id !== view?.id) {
        surface = published && new Surface({ view_id: published.id }, {
            keepsUntouched: true, onTrouble: (error) => addNotice(state.channel, troubleText(error)),
        });
    }
    view = published;
}

function draw() {
    if (!view) {
        panel.replaceChildren(h("div", { class: "empty" }, "The app has not written anything here yet."));
        return;
    }
    panel.replaceChildren(surface.render(() => blocks(view.blocks, surface)));
}
