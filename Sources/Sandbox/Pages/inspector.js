/*
 * The inspector's table: rows of the journal, newest first, live.
 */

import { follow } from "./api.js";
import { h } from "./dom.js";
import { exchangeNode, pathOf } from "./exchange.js";
import { startFaults } from "./faults.js";

const limit = 2_000;
const drawn = 400;
const node = (id) => document.querySelector(`#${id}`);

const rows = new Map();
let waiting = [];
let isPaused = false;
let selected = null;
let clearedUpTo = 0;
let scheduled = false;

function take(row) {
    rows.set(row.id, row);
    while (rows.size > limit) rows.delete(rows.keys().next().value);
}

function receive(row) {
    if (isPaused) {
        waiting.push(row);
        waiting = waiting.slice(-limit);
    } else {
        take(row);
    }
    schedule();
}

function schedule() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
        scheduled = false;
        draw();
    });
}

const isGood = /^(ok|2\d\d|done|acknowledged|accepted)\b/i;
const didFail = (row) => !row.status || row.status >= 400 || !isGood.test(row.outcome ?? "");

function matches(row) {
    const service = node("filter-service").value;
    const direction = node("filter-direction").value;
    if (row.id <= clearedUpTo) return false;
    if (service && row.service !== service) return false;
    if (direction && row.direction !== direction) return false;
    if (node("filter-failures").checked && !didFail(row)) return false;
    const words = node("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const text = [
        row.kind, row.method, row.path, row.status, row.outcome, row.trace, asText(row.request), asText(row.response),
    ].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
}

const asText = (value) => (typeof value === "string" ? value : JSON.stringify(value ?? ""));

function shown() {
    return [...rows.values()].filter(matches).sort((a, b) => b.id - a.id);
}

function draw() {
    const list = shown();
    node("empty").hidden = list.length > 0;
    if (list.length === 0 && rows.size > 0) node("empty").textContent = "No request matches.";
    node("rows").replaceChildren(...list.slice(0, drawn).map(rowNode));
    const live = node("live");
    const paused = waiting.length ? `Paused, ${waiting.length} waiting` : "Paused";
    live.textContent = isPaused ? paused : isConnected ? "Live" : "Trying again…";
    live.className = `badge ${isPaused || !isConnected ? "badge-warn" : "badge-ok"}`;
}

function rowNode(row) {
    const toHost = row.direction === "to host";
    const failed = didFail(row);
    const path = pathOf(row.path);
    return h("tr", {
        tabindex: "0", "aria-selected": String(row.id === selected),
        data: { testid: "journal-row", id: row.id, service: row.service, kind: row.kind, outcome: row.outcome },
        onclick: () => select(row.id),
        onkeydown: (event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            select(row.id);
        },
    },
    h("td", { class: "mono row-time" }, timeOf(row.at)),
    h("td", { class: toHost ? "arrow arrow-in" : "arrow arrow-out", title: toHost ? "To the host" : "From the host" },
        h("span", { "aria-hidden": "true" }, toHost ? "→" : "←"),
        h("span", { class: "visually-hidden" }, row.direction)),
    h("td", {}, h("span", { class: `badge service-${row.service}` }, row.service === "slack" ? "Slack" : "PagerDuty")),
    h("td", { class: "row-what" }, h("span", { class: "row-kind" }, row.kind),
        row.kind === `${row.method} ${path}` ? null : h("span", { class: "muted mono" }, `${row.method} ${path}`)),
    h("td", { class: "number" }, row.status ? String(row.status) : "–"),
    h("td", { class: "number" }, tookNode(row)),
    h("td", { class: "row-outcome" },
        h("span", { class: failed ? "badge badge-bad" : "badge badge-ok" }, row.outcome || "–")));
}

/** Slack waits 3 s for the host; what comes near is worth seeing. */
function tookNode(row) {
    const ms = Number(row.ms ?? 0);
    const text = ms >= 1_000 ? `${(ms / 1_000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
    const slow = ms >= 2_000 ? "is-late" : ms >= 1_000 ? "is-slow" : null;
    return h("span", { class: slow }, text);
}

function timeOf(at) {
    const date = new Date(typeof at === "number" ? at * 1_000 : at);
    if (Number.isNaN(date.getTime())) return String(at ?? "");
    const two = (value, width = 2) => String(value).padStart(width, "0");
    const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => two(part)).join(":");
    return `${time}.${two(date.getMilliseconds(), 3)}`;
}

function select(id) {
    selected = id;
    const row = id === null ? null : rows.get(id);
    const panel = node("exchange");
    panel.hidden = !row;
    panel.replaceChildren(...(row ? exchangeNode(row, { onClose: () => select(null), onTrace: filterBy }) : []));
    history.replaceState(null, "", row ? `#${id}` : location.pathname);
    for (const line of node("rows").children) {
        line.setAttribute("aria-selected", String(Number(line.dataset.id) === id));
    }
    if (row) node("rows").querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: "nearest" });
}

function filterBy(trace) {
    node("filter").value = trace;
    draw();
}

function pause(value) {
    isPaused = value;
    node("pause").textContent = value ? "Continue" : "Pause";
    node("pause").setAttribute("aria-pressed", String(value));
    if (!value) {
        waiting.forEach(take);
        waiting = [];
    }
    draw();
}

let isConnected = true;

async function load() {
    const after = Math.max(0, ...rows.keys());
    const answer = await fetch(`/client/inspector?after=${after}`, { cache: "no-store" })
        .then((response) => response.json()).catch(() => null);
    for (const row of (Array.isArray(answer) ? answer : answer?.entries ?? answer?.rows) ?? []) take(row);
    draw();
    const wanted = Number(location.hash.slice(1));
    if (wanted && rows.has(wanted) && selected !== wanted) select(wanted);
}

for (const id of ["filter", "filter-service", "filter-direction", "filter-failures"]) {
    node(id).addEventListener("input", draw);
}
node("pause").addEventListener("click", () => pause(!isPaused));
node("clear").addEventListener("click", () => {
    clearedUpTo = Math.max(clearedUpTo, ...rows.keys());
    select(null);
    draw();
});
addEventListener("hashchange", () => {
    const id = Number(location.hash.slice(1));
    if (rows.has(id)) select(id);
});
document.addEventListener("keydown", (event) => {
    const inField = event.target.closest?.("input, select, textarea");
    if (event.key === "/" && !inField) {
        event.preventDefault();
        node("filter").focus();
    } else if (event.key === "Escape" && selected !== null) {
        select(null);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !inField && selected !== null) {
        const list = shown();
        const at = list.findIndex((row) => row.id === selected) + (event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
        if (list[at]) select(list[at].id);
    }
});

startFaults(node("faults"));
follow("/client/inspector/events", {}, {
    onEvent: (row) => (row.id ? receive(row) : null),
    onReturn: load,
    onState: (value) => {
        isConnected = value;
        schedule();
    },
});
await load();
