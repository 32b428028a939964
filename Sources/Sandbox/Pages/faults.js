/*
 * Switches for things that go wrong on purpose.
 */

import { h, icon } from "./dom.js";

const targets = [["slack", "Slack"], ["pagerduty", "PagerDuty"], ["host", "The way to the host"]];
const presets = [
    ["down", "Down", {}], ["slow", "Slow", { ms: 5_000 }], ["rate_limited", "Rate limited", { retry_after: 30 }],
    ["error", "Error", {}], ["lost", "Answers lost", {}],
];
const codes = { slack: "internal_error", pagerduty: "500", host: "500" };

let list = null;
let trouble = null;

export function startFaults(place) {
    list = h("ul", { class: "fault-list" });
    trouble = h("p", { class: "field-error", role: "alert", hidden: true });
    place.append(
        h("h2", {}, "Break something"),
        h("p", { class: "muted" }, "See what people are told when a service misbehaves."),
        ...targets.slice(0, 2).map(([target, name]) => h("section", { class: "fault-group" }, h("h3", {}, name),
            h("div", { class: "fault-presets" }, presets.map(([kind, label, more]) => h("button", {
                type: "button", class: "button button-small", data: { testid: "fault-preset", target, kind },
                onclick: () => set({ target, kind, ...more, ...(kind === "error" ? { code: codes[target] } : {}) }),
            }, label))))),
        details(), trouble,
        h("div", { class: "fault-active" }, h("h3", {}, "Switched on"),
            h("button", { type: "button", class: "button button-small", data: { testid: "faults-clear-all" },
                onclick: () => clear() }, "Clear all")),
        list);
    refresh();
    setInterval(() => !document.hidden && refresh(), 5_000);
}

function details() {
    const field = (name, label, attributes) => h("label", { class: "field" }, h("span", { class: "label" }, label),
        h("input", { class: "input input-small", name, ...attributes }));
    const choice = (name, label, options) => h("label", { class: "field" }, h("span", { class: "label" }, label),
        h("select", { class: "input input-small", name },
            options.map(([value, text]) => h("option", { value }, text))));
    const form = h("form", {
        class: "fault-form", data: { testid: "fault-form" },
        onsubmit: (event) => {
            event.preventDefault();
            const data = new FormData(form);
            const given = (name) => String(data.get(name) ?? "").trim();
            const number = (name) => (given(name) === "" ? {} : { [name]: Number(given(name)) });
            const kind = given("kind");
            set({
                target: given("target"), kind,
                ...(given("method") ? { method: given("method") } : {}), ...number("count"),
                ...(kind === "slow" ? number("ms") : {}), ...(kind === "rate_limited" ? number("retry_after") : {}),
                ...(kind === "error" && given("code") ? { code: given("code") } : {}),
            });
        },
    },
    choice("target", "Who", targets), choice("kind", "How", presets.map(([kind, label]) => [kind, label])),
    field("method", "Only this method", { placeholder: "chat.postMessage, POST /incidents", autocomplete: "off" }),
    field("count", "For so many requests", { type: "number", min: "1", placeholder: "until cleared" }),
    field("ms", "Milliseconds (slow)", { type: "number", min: "0", value: "5000" }),
    field("retry_after", "Retry after, seconds (rate limited)", { type: "number", min: "0", value: "30" }),
    field("code", "Error word or HTTP status (error)", { placeholder: "channel_not_found, 503", autocomplete: "off" }),
    h("button", {
        type: "submit", class: "button button-primary button-small", data: { testid: "fault-submit" },
    }, "Switch on"));
    return h("details", { class: "fault-more" }, h("summary", {}, "One method, one request, another error"), form);
}

async function call(method, path, body) {
    trouble.hidden = true;
    try {
        const response = await fetch(path, {
            method, cache: "no-store", headers: body ? { "Content-Type": "application/json" } : {},
            body: body ? JSON.stringify(body) : undefined,
        });
        const answer = await response.json().catch(() => ({}));
        if (response.ok && answer.ok !== false) return answer;
        trouble.textContent = answer.error ?? `The sandbox answered ${response.status}.`;
    } catch {
        trouble.textContent = "The sandbox does not answer.";
    }
    trouble.hidden = false;
    return null;
}

async function set(fault) {
    await call("POST", "/control/faults", fault);
    refresh();
}

async function clear(id) {
    await call("DELETE", id === undefined ? "/control/faults" : `/control/faults?id=${id}`);
    refresh();
}

async function refresh() {
    const answer = await fetch("/control/faults", { cache: "no-store" })
        .then((response) => response.json()).catch(() => null);
    const faults = (Array.isArray(answer) ? answer : answer?.faults) ?? [];
    if (faults.length === 0) {
        list.replaceChildren(h("li", { class: "muted" }, "Nothing. All is well."));
        return;
    }
    list.replaceChildren(...faults.map((fault) => h("li", { class: "fault", data: { testid: "fault", id: fault.id } },
        h("span", { class: "dot dot-bad" }),
        h("span", {}, h("strong", {}, nameOf(fault.target)), " ", about(fault)),
        h("button", {
            type: "button", class: "icon-button", "aria-label": "Clear this fault", data: { testid: "fault-clear" },
            onclick: () => clear(fault.id),
        }, icon("close")))));
}

const nameOf = (target) => targets.find(([id]) => id === target)?.[1] ?? target;

function about(fault) {
    const what = {
        down: "is down", lost: "does what is asked, but its answers are lost", slow: `answers ${Number(fault.ms ?? 0) / 1_000} s late`,
        rate_limited: `is rate limited, retry after ${fault.retry_after} s`, error: `answers ${fault.code}`,
    }[fault.kind] ?? fault.kind;
    const left = fault.remaining ?? fault.count;
    return [what, fault.method ? `, only ${fault.method}` : "", left ? `, ${left} more` : ""].join("");
}
