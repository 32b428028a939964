/*
 * The PagerDuty page: what is shown, who one is, where one is, and the keys.
 */

import { h, append } from "./dom.js";
import { call, loadIncident, loadState, onChange, setMe, state } from "./pagerdutyapi.js";
import { noteDialog, reassignDialog, shortcutsDialog, triggerDialog } from "./pagerdutydialogs.js";
import { incidentsView, shownIncidents } from "./pagerdutyincidents.js";
import { onCallView, peopleView, servicesView } from "./pagerdutyviews.js";

const main = document.getElementById("main");
const tabs = document.getElementById("tabs");
const me = document.getElementById("me");
const views = [["incidents", "Incidents"], ["oncall", "On call"], ["services", "Services"], ["people", "People"]];

/** Where the address leads. The REST API's links name things by its own words. */
function place() {
    const [, kind = "incidents", id = null] = decodeURIComponent(location.hash.slice(1)).split("/");
    const view = {
        incidents: "incidents", services: "services", users: "people", teams: "people", people: "people",
        oncall: "oncall", schedules: "oncall", escalation_policies: "oncall",
    }[kind] ?? "incidents";
    return { view, id };
}

function drawTabs(view) {
    const open = state.board.incidents.filter((one) => one.status !== "resolved").length;
    tabs.replaceChildren(...views.map(([name, label], index) => h("a", {
        href: `#/${name}`, data: { testid: "tab", view: name }, title: `${label} (${index + 1})`,
        "aria-current": name === view ? "page" : null,
    }, label, name === "incidents" && open > 0 ? h("span", { class: "badge" }, open) : null)));
}

function drawMe() {
    const people = state.board.users;
    if (!people.some((one) => one.id === state.me)) setMe(people.find((one) => one.role === "admin")?.id ?? people[0].id);
    const wanted = people.map((one) => `${one.id} ${one.role_name}`).join() + state.me;
    if (me.dataset.drawn === wanted) return;
    me.dataset.drawn = wanted;
    me.replaceChildren(...people.map((one) => h("option", {
        value: one.id, selected: one.id === state.me,
    }, `${one.name} – ${one.role_name}`)));
    me.value = state.me;
}

/** Draws the place anew, keeping where the reader was in it. */
function draw() {
    if (!state.board) return;
    const { view, id } = place();
    const focus = document.activeElement?.closest?.("[data-key]")?.dataset.key;
    const scrolled = [...main.querySelectorAll("[data-scroll]")].map((one) => [one.dataset.scroll, one.scrollTop]);
    const search = main.querySelector("input[type=search]");
    const selection = search === document.activeElement ? [search.selectionStart, search.selectionEnd] : null;
    drawMe();
    drawTabs(view);
    document.getElementById("trigger").title = "Open an incident (C)";
    main.className = `pd-main pd-${view}`;
    const content = {
        incidents: () => incidentsView(id), oncall: () => onCallView(id), services: () => servicesView(id),
        people: () => peopleView(id),
    }[view]();
    main.replaceChildren();
    append(main, [content]);
    for (const [name, top] of scrolled) {
        const node = main.querySelector(`[data-scroll="${CSS.escape(name)}"]`);
        if (node) node.scrollTop = top;
    }
    if (focus) main.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
    if (selection) {
        const input = main.querySelector("input[type=search]");
        input?.focus();
        input?.setSelectionRange(...selection);
    }
}

async function arrive() {
    const { view, id } = place();
    if (view === "incidents" && id) await loadIncident(id);
    draw();
    main.querySelector(".pd-target")?.scrollIntoView({ block: "center" });
}

/** Another incident of the list, `step` further. */
function move(step) {
    const list = shownIncidents();
    if (list.length === 0) return;
    const at = list.findIndex((one) => one.id === place().id);
    const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step))];
    location.hash = `#/incidents/${next.id}`;
    requestAnimationFrame(() => main.querySelector('[data-testid="incident"][aria-current]')?.scrollIntoView({ block: "nearest" }));
}

const keys = {
    1: () => { location.hash = "#/incidents"; },
    2: () => { location.hash = "#/oncall"; },
    3: () => { location.hash = "#/services"; },
    4: () => { location.hash = "#/people"; },
    j: () => move(1),
    k: () => move(-1),
    c: () => triggerDialog(),
    "/": () => main.querySelector("input[type=search]")?.focus(),
    "?": () => shortcutsDialog(),
    a: () => onIncident((one) => one.status === "triggered" && change(one, { status: "acknowledged" }, "Acknowledged")),
    r: () => onIncident((one) => one.status !== "resolved" && change(one, { status: "resolved" }, "Resolved")),
    e: () => main.querySelector('[data-action="escalate"]')?.click(),
    m: () => onIncident((one) => one.status !== "resolved" && reassignDialog(one)),
    n: () => onIncident((one) => noteDialog(one)),
    p: () => main.querySelector('[data-testid="priority"]')?.focus(),
    s: () => main.querySelector('[data-action="snooze"]')?.click(),
    g: () => main.querySelector('[data-action="merge"]')?.click(),
    h: () => main.querySelector('[data-action="channel"]')?.click(),
};

function onIncident(action) {
    const { view, id } = place();
    if (view === "incidents" && id && state.incident?.id === id) action(state.incident);
}

function change(incident, fields, done) {
    return call("PUT", `incidents/${incident.id}`, { incident: { type: "incident_reference", ...fields } }, done);
}

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const editing = event.target.matches?.("input, textarea, select");
    if (event.key === "Escape" && editing) event.target.blur();
    if (editing) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
});
document.getElementById("trigger").addEventListener("click", () => triggerDialog());
me.addEventListener("change", () => {
    setMe(me.value);
    draw();
});
addEventListener("hashchange", () => {
    main.scrollTop = 0;
    arrive();
});
onChange(async () => {
    const { view, id } = place();
    if (view === "incidents" && id) await loadIncident(id);
    draw();
});
document.addEventListener("pagerduty-draw", draw);
// Durations run on while nothing happens.
setInterval(draw, 20_000);

await loadState();
await arrive();
