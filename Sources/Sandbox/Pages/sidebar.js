/*
 * The left side: workspaces, who one is, and the channels and direct messages that this person can see.
 */

import { avatar } from "./avatar.js";
import { allChannels, channelTitle, initials, personByID } from "./directory.js";
import { h, icon } from "./dom.js";
import { openPeople } from "./people.js";
import { memory, on, state } from "./state.js";
import { enter, openChannel } from "./store.js";
import { zoneNow } from "./time.js";

const rail = document.querySelector("#rail");
const head = h("div", { class: "sidebar-head" });
const list = h("div", { class: "sidebar-scroll" });

export function startSidebar() {
    document.querySelector("#sidebar").append(head, list);
    on("world", () => {
        drawRail();
        drawHead();
        drawList();
    });
    on("channel unread", drawList);
    on("clock", drawHead);
    document.querySelector("#menu-button").addEventListener("click", () => setDrawer(!isDrawerOpen()));
    document.querySelector("#scrim").addEventListener("click", () => setDrawer(false));
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && isDrawerOpen()) setDrawer(false);
        if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            event.preventDefault();
            step(event.key === "ArrowDown" ? 1 : -1);
        }
    });
}

const isDrawerOpen = () => document.body.classList.contains("has-drawer");

/** On a narrow screen the left side is a drawer. */
export function setDrawer(isOpen) {
    document.body.classList.toggle("has-drawer", isOpen);
    document.querySelector("#menu-button").setAttribute("aria-expanded", String(isOpen));
}

function drawRail() {
    const me = personByID(state.me);
    rail.replaceChildren(
        h("ul", { class: "rail-teams", "aria-label": "Workspaces" }, state.teams.map((team) => h("li", {}, h("button", {
            type: "button", class: "rail-team", title: team.name, "aria-label": team.name,
            "aria-current": team.id === state.team ? "true" : null, data: { testid: "workspace", team: team.id },
            onclick: () => team.id !== state.team && enter({ team: team.id }),
        }, initials(team.name).length > 1 ? initials(team.name) : team.name.slice(0, 2))))),
        h("button", {
            type: "button", class: "rail-me", title: `You are ${me?.real_name ?? ""}. Be somebody else`,
            "aria-label": `You are ${me?.real_name ?? ""}. Be somebody else`, "aria-haspopup": "menu",
            onclick: (event) => openPeople(event.currentTarget, { above: true }),
        }, avatar(me, "medium"), h("span", { class: "dot dot-ok" })));
}

function sections() {
    const all = allChannels();
    const bot = state.app?.bot_user;
    const byName = (a, b) => channelTitle(a).localeCompare(channelTitle(b));
    return [
        ["Channels", all.filter((each) => each.kind !== "im").sort(byName)],
        ["Direct messages", all.filter((each) => each.kind === "im" && each.im_user !== bot).sort(byName)],
        ["Apps", all.filter((each) => each.kind === "im" && each.im_user === bot)],
    ].filter(([, channels]) => channels.length > 0);
}

/** The head stays while the list below it changes, since the menu of people hangs on it. */
function drawHead() {
    const team = state.teams.find((each) => each.id === state.team);
    const me = personByID(state.me);
    const there = zoneNow(me?.tz);
    head.replaceChildren(h("h2", {}, team?.name ?? ""), h("button", {
        type: "button", class: "person-switcher", "aria-haspopup": "menu", "aria-expanded": "false",
        data: { testid: "person-switcher", user: state.me },
        onclick: (event) => openPeople(event.currentTarget),
    }, avatar(me, "small"), h("span", { class: "person-switcher-text" },
        h("span", { class: "person-switcher-name" }, me?.real_name ?? ""),
        h("span", { class: "person-switcher-detail" },
            there ? `${there.place}, ${there.time}` : me?.is_guest ? "Guest" : "You")), icon("down")));
}

function drawList() {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.channel : null;
    list.replaceChildren(...sections().map(([title, channels]) =>
        h("section", { class: "sidebar-section" }, h("h3", {}, title), h("ul", {}, channels.map(row)))));
    if (focused) list.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function row(channel) {
    const unread = state.unread.get(channel.id);
    const person = channel.kind === "im" ? personByID(channel.im_user) : null;
    const title = channelTitle(channel);
    const what = { im: "", private: "private channel ", public: "channel " }[channel.kind] ?? "";
    const marks = unread ? `, ${unread.count} unread` : "";
    return h("li", {}, h("button", {
        type: "button",
        class: `channel-row${unread ? " is-unread" : ""}${channel.is_member === false ? " is-outside" : ""}`,
        "aria-current": channel.id === state.channel ? "page" : null,
        "aria-label": `${what}${title}${marks}`,
        data: { testid: "channel", channel: channel.id, name: channel.name, unread: String(Boolean(unread)) },
        onclick: () => {
            setDrawer(false);
            openChannel(channel.id).then(() => document.querySelector("[data-testid=composer]")?.focus());
        },
    }, person ? avatar(person, "small") : icon(channel.kind === "private" ? "lock" : "hash"),
    h("span", { class: "channel-name" }, title),
    unread?.mentions ? h("span", { class: "unread-count" }, String(unread.mentions)) : null));
}

/** Alt+Up and Alt+Down walk the channels in the order in which they stand. */
function step(by) {
    const order = sections().flatMap(([, channels]) => channels.map((each) => each.id));
    const at = order.indexOf(state.channel);
    if (order.length) openChannel(order[(at + by + order.length) % order.length]);
}

/** The first thing that is asked of the address, then what the browser remembers. */
export function rememberedPlace() {
    const team = memory.get("team");
    return team ? { team } : {};
}
