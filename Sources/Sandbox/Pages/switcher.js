/*
 * Ctrl+K: go to any channel, person, workspace or page by a few letters.
 */

import { avatar } from "./avatar.js";
import { allChannels, allPeople, channelTitle, personByID } from "./directory.js";
import { h, icon } from "./dom.js";
import { on, state } from "./state.js";
import { enter, openChannel } from "./store.js";

let close = null;

export function startSwitcher() {
    document.querySelector("#search-button").addEventListener("click", open);
    document.addEventListener("keydown", (event) => {
        if ((event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
            event.preventDefault();
            if (close) close();
            else if (!document.querySelector("dialog[open]")) open();
        }
    });
    on("world", () => close?.());
}

function targets() {
    const channels = allChannels().map((channel) => ({
        text: channelTitle(channel), detail: channel.kind === "im" ? "Direct message" : channel.topic,
        leading: channel.kind === "im"
            ? avatar(personByID(channel.im_user) ?? { id: channel.id }, "small")
            : icon(channel.kind === "private" ? "lock" : "hash"),
        go: () => openChannel(channel.id).then(() => document.querySelector("[data-testid=composer]")?.focus()),
    }));
    const people = allPeople().filter((person) => !person.is_bot && person.id !== state.me).map((person) => ({
        text: `Be ${person.real_name || person.name}`, detail: person.is_guest ? "Guest" : null,
        leading: avatar(person, "small"),
        go: () => enter({ team: state.team, user: person.id, channel: state.channel }),
    }));
    const teams = state.teams.filter((team) => team.id !== state.team).map((team) => ({
        text: team.name, detail: "Workspace", leading: icon("hash"), go: () => enter({ team: team.id }),
    }));
    const pages = [["PagerDuty", "/pagerduty"], ["Inspector", "/inspector"]].map(([text, href]) => ({
        text, detail: "Page", leading: icon("search"), go: () => location.assign(href),
    }));
    return [...channels, ...people, ...teams, ...pages];
}

/** Letters in order are enough; a match at the beginning of a word counts more. */
function score(text, query) {
    const value = text.toLowerCase();
    if (value.startsWith(query)) return 0;
    if (value.split(/[\s-]+/).some((word) => word.startsWith(query))) return 1;
    if (value.includes(query)) return 2;
    let at = -1;
    for (const letter of query) {
        at = value.indexOf(letter, at + 1);
        if (at < 0) return null;
    }
    return 3;
}

function open() {
    const all = targets();
    let found = [];
    let active = 0;
    const list = h("div", { id: "switcher-list", class: "switcher-list", role: "listbox", "aria-label": "Places" });
    const input = h("input", {
        type: "text", class: "switcher-input", placeholder: "Go to a channel, a person, a page…", role: "combobox",
        "aria-expanded": "true", "aria-controls": "switcher-list", "aria-label": "Go to", autocomplete: "off",
        spellcheck: "false", data: { testid: "switcher-input" }, oninput: () => draw(), onkeydown: key,
    });
    const dialog = h("dialog", { class: "dialog switcher", "aria-label": "Go to", data: { testid: "switcher" } },
        h("div", { class: "switcher-head" }, icon("search"), input), list);
    const before = document.activeElement;

    function draw() {
        const query = input.value.trim().toLowerCase();
        found = all.map((target) => [query ? score(target.text, query) : 0, target]).filter(([rank]) => rank !== null)
            .sort((a, b) => a[0] - b[0]).map(([, target]) => target).slice(0, 12);
        active = 0;
        list.replaceChildren(...found.map((target, index) => h("div", {
            id: `switcher-${index}`, class: "listbox-option", role: "option", data: { testid: "switcher-option" },
            onclick: () => go(target), onmousemove: () => mark(index),
        }, target.leading, h("span", { class: "completion-label" }, target.text),
        target.detail ? h("span", { class: "completion-detail" }, target.detail) : null)));
        if (found.length === 0) list.append(h("div", { class: "listbox-note" }, "Nothing found"));
        mark(0);
    }

    function mark(index) {
        active = index;
        [...list.querySelectorAll("[role=option]")].forEach((node, at) => {
            node.classList.toggle("is-active", at === index);
            node.setAttribute("aria-selected", String(at === index));
            if (at === index) node.scrollIntoView({ block: "nearest" });
        });
        input.setAttribute("aria-activedescendant", `switcher-${index}`);
    }

    function go(target) {
        close?.();
        target.go();
    }

    function key(event) {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (found.length) mark((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
        } else if (event.key === "Enter" && found[active]) {
            event.preventDefault();
            go(found[active]);
        }
    }

    close = () => dialog.close();
    dialog.addEventListener("close", () => {
        close = null;
        dialog.remove();
        if (document.activeElement === document.body) before?.focus?.({ preventScroll: true });
    });
    dialog.addEventListener("click", (event) => event.target === dialog && close?.());
    document.body.append(dialog);
    dialog.showModal();
    draw();
    input.focus();
}
