/*
 * The page's way to the simulator. What is shown comes from /pagerduty/api; what people do goes through the REST API
 * with the token of the person one is, so that a role stops them here as it would anywhere.
 */

import { h } from "./dom.js";

const remembered = "sandbox.pagerduty.me";
const listeners = new Set();

export const state = { board: null, incident: null, me: recall(), skew: 0, filter: "open", search: "", notified: false };

function recall() {
    try {
        return localStorage.getItem(remembered);
    } catch {
        return null;
    }
}

export function setMe(id) {
    state.me = id;
    try {
        localStorage.setItem(remembered, id);
    } catch {
        // The choice then lasts as long as the page.
    }
}

/** Calls back after each change of the account. */
export function onChange(listener) {
    listeners.add(listener);
}

function offline(is) {
    document.getElementById("offline").hidden = !is;
}

async function read(path) {
    const response = await fetch(path, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
}

export async function loadState() {
    try {
        state.board = await read("/pagerduty/api/state");
        state.skew = Date.parse(state.board.now) - Date.now();
        offline(false);
    } catch {
        offline(true);
        if (!state.board) {
            await new Promise((resolve) => setTimeout(resolve, 1000));
            await loadState();
        }
    }
}

export async function loadIncident(id) {
    try {
        state.incident = await read(`/pagerduty/api/incidents/${encodeURIComponent(id)}`);
    } catch {
        state.incident = null;
    }
}

async function refresh() {
    await loadState();
    for (const listener of listeners) await listener();
}

let waiting = null;

/** Several changes in a row are read once. */
function refreshSoon() {
    waiting ??= setTimeout(async () => {
        waiting = null;
        await refresh();
    }, 60);
}

const events = new EventSource("/pagerduty/api/events");
events.addEventListener("message", refreshSoon);
events.addEventListener("error", () => offline(true));
events.addEventListener("open", () => {
    offline(false);
    if (state.board) refreshSoon();
});

export const user = (id) => state.board.users.find((one) => one.id === id);
export const service = (id) => state.board.services.find((one) => one.id === id);
export const policy = (id) => state.board.policies.find((one) => one.id === id);
export const schedule = (id) => state.board.schedules.find((one) => one.id === id);
export const priority = (id) => state.board.priorities.find((one) => one.id === id);

/** Does something as the person one is. Answers with the body, or null after having said what went wrong. */
export async function call(method, path, body, done) {
    const result = await attempt(method, path, body);
    if (result.error) toast(result.error, "bad");
    else if (done) toast(done);
    return result.error ? null : result.json;
}

/** The same, handing the sentence about what went wrong to the caller. */
export async function attempt(method, path, body) {
    const person = user(state.me);
    try {
        const response = await fetch(`/pd/${path}`, {
            method,
            headers: {
                Accept: "application/vnd.pagerduty+json;version=2", Authorization: `Token token=${person.token}`,
                "Content-Type": "application/json", "X-Sandbox-Page": "1", From: person.email,
            },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const json = response.status === 204 ? {} : await response.json();
        if (response.ok) {
            refreshSoon();
            return { json };
        }
        if (response.status === 403) return { error: `${person.name} may not do this as ${person.role_name}.` };
        const error = json.error ?? {};
        return { error: [error.message, ...(error.errors ?? [])].filter(Boolean).join(": ") };
    } catch {
        return { error: "The sandbox does not answer." };
    }
}

/** Somebody who was asked for help joins or declines. */
export async function answerRequest(incident, person, accept) {
    await fetch(`/pagerduty/api/incidents/${encodeURIComponent(incident)}/response`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user: person, accept }),
    });
    refreshSoon();
}

/** Asks the app about an incident's channel, or for one. Answers with `{channel, workspaces, error}`. */
export async function channelOf(incident, method = "GET", body) {
    try {
        const answer = await fetch(`/pagerduty/api/incidents/${encodeURIComponent(incident)}/channel`, {
            method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body),
        });
        const json = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
        const workspaces = method === "GET" ? (await read("/client/state")).teams : [];
        const none = method === "GET" && answer.status === 404;
        const error = answer.ok || none ? null : json.error?.message ?? `The app answers with ${answer.status}.`;
        return { channel: json.channel ?? null, workspaces, error };
    } catch {
        return { channel: null, workspaces: [], error: "The sandbox does not answer." };
    }
}

export async function giveRole(id, role) {
    await fetch(`/pagerduty/api/users/${encodeURIComponent(id)}/role`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ role }),
    });
    refreshSoon();
}

export function toast(text, kind = "ok") {
    const node = h("div", { class: `toast toast-${kind}`, data: { testid: "toast" } }, text);
    const region = document.getElementById("toasts");
    region.append(node);
    while (region.children.length > 3) region.firstElementChild.remove();
    setTimeout(() => node.remove(), kind === "bad" ? 7000 : 3500);
}

export async function copy(text, button) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // Without the clipboard's permission the text is selected instead, to be copied by hand.
        const field = h("textarea", { class: "visually-hidden" }, text);
        document.body.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
    }
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = before; }, 1500);
}

/** The account's time, which a script may have moved. */
export const now = () => Date.now() + state.skew;

/** "4 min", "2 h 10 min", "3 d". */
export function span(milliseconds) {
    const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
    if (minutes < 1) return "less than a minute";
    if (minutes < 60) return `${minutes} min`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return minutes % 60 && hours < 6 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
    return `${Math.floor(hours / 24)} d`;
}

export const ago = (text) => (now() - Date.parse(text) < 60_000 ? "just now" : `${span(now() - Date.parse(text))} ago`);
export const within = (text) => (Date.parse(text) - now() < 60_000 ? "now" : `in ${span(Date.parse(text) - now())}`);

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** "14:05" today, "Tue, 3 Mar 14:05" else. */
export function moment(text) {
    const date = new Date(text);
    const today = new Date(now());
    const same = date.toDateString() === today.toDateString();
    return same ? clockFormat.format(date) : `${dayFormat.format(date)} ${clockFormat.format(date)}`;
}
