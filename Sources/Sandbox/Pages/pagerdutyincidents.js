/*
 * The list of incidents and the one that is open.
 */

import { h, icon } from "./dom.js";
import { ago, answerRequest, call, moment, policy, priority, service, span, state, user, within } from "./pagerdutyapi.js";
import { menu, noteDialog, reassignDialog } from "./pagerdutydialogs.js";
import { bridgeDialog, channelDialog, mergeDialog, respondersDialog, statusUpdateDialog } from "./pagerdutyforms.js";
import { face, priorityBadge, redraw } from "./pagerdutyparts.js";

const filters = [["open", "Open"], ["resolved", "Resolved"], ["all", "All"]];
const statusNames = { triggered: "Triggered", acknowledged: "Acknowledged", resolved: "Resolved" };
const statusBadges = { triggered: "badge-bad", acknowledged: "badge-warn", resolved: "badge-ok" };

/** The incidents that the filter and the search leave. */
export function shownIncidents() {
    const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
    return state.board.incidents.filter((one) => {
        if (state.filter === "open" && one.status === "resolved") return false;
        if (state.filter === "resolved" && one.status !== "resolved") return false;
        const text = [one.title, `#${one.number}`, service(one.service)?.name, ...one.assignees.map((id) => user(id)?.name)]
            .join(" ").toLowerCase();
        return words.every((word) => text.includes(word));
    });
}

export function incidentsView(id) {
    const open = id ? state.incident : null;
    const list = shownIncidents();
    return h("div", { class: `pd-split${id ? " pd-split-open" : ""}` },
        h("section", { class: "pd-list", "aria-label": "Incidents" },
            h("div", { class: "pd-list-head" },
                h("div", { class: "pd-segments", role: "group", "aria-label": "Which incidents" },
                    filters.map(([name, label]) => h("button", {
                        type: "button", data: { testid: "filter", filter: name, key: `filter-${name}` },
                        "aria-pressed": String(state.filter === name),
                        onclick: () => { state.filter = name; redraw(); },
                    }, label))),
                h("input", {
                    type: "search", class: "input input-small", placeholder: "Search", "aria-label": "Search incidents",
                    data: { testid: "search" }, value: state.search,
                    oninput: (event) => { state.search = event.target.value; redraw(); },
                })),
            h("div", { class: "pd-rows", data: { scroll: "rows" } },
                list.map((one) => row(one, id)),
                list.length === 0 ? h("div", { class: "empty" },
                    state.filter === "open" && !state.search ? "Nothing is on fire." : "Nothing found.") : null)),
        h("section", { class: "pd-detail", "aria-label": "Incident", data: { scroll: "detail" } },
            open ? detail(open) : h("div", { class: "empty pd-empty" },
                id ? "There is no such incident. It may have been before a reset." : "Choose an incident, or press C to open one.")));
}

function row(one, id) {
    const people = one.assignees.map((who) => user(who)?.name).filter(Boolean);
    return h("a", {
        class: "pd-row", href: `#/incidents/${one.id}`, data: { testid: "incident", id: one.id, status: one.status, key: one.id },
        "aria-current": one.id === id ? "true" : null,
    },
    h("span", { class: `pd-edge pd-edge-${one.status}`, role: "img", "aria-label": statusNames[one.status] }),
    h("span", { class: "pd-row-title" }, one.title),
    h("span", { class: "pd-row-side" }, one.urgency === "low" ? h("span", { class: "badge" }, "Low") : null, priorityBadge(one.priority)),
    h("span", { class: "pd-row-meta" }, `#${one.number} · ${service(one.service)?.name ?? ""}`,
        people.length ? ` · ${people.join(", ")}` : "",
        ` · ${one.status === "resolved" ? `resolved ${ago(one.resolved_at)}` : ago(one.created_at)}`));
}

function detail(one) {
    const isOpen = one.status !== "resolved";
    return h("article", { data: { testid: "detail", id: one.id, status: one.status } },
        h("header", { class: "pd-head" },
            h("a", { class: "icon-button pd-back", href: "#/incidents", "aria-label": "Back to the list" }, icon("back")),
            h("div", { class: "pd-head-line" },
                h("span", { class: `badge ${statusBadges[one.status]}` }, statusNames[one.status]),
                one.snoozed ? h("span", { class: "badge badge-info" }, "Snoozed") : null,
                h("span", { class: "muted" }, `#${one.number}`), priorityBadge(one.priority)),
            h("h1", {}, one.title),
            h("p", { class: "muted" }, nextStep(one))),
        h("div", { class: "pd-actions" }, actions(one, isOpen)),
        one.details ? h("p", { class: "pd-details" }, one.details) : null,
        alerts(one),
        facts(one, isOpen),
        timeline(one));
}

/** What happens next by itself, in words. */
function nextStep(one) {
    if (one.merged_into) return ["Merged into ", h("a", { href: `#/incidents/${one.merged_into}` }, "another incident")];
    if (one.status === "resolved") {
        return `Resolved ${ago(one.resolved_at)}, after ${span(Date.parse(one.resolved_at) - Date.parse(one.created_at))}`;
    }
    const next = one.escalates_at ? `, escalates ${within(one.escalates_at)}`
        : one.unacknowledges_at ? `, ${one.snoozed ? "wakes" : "triggers again"} ${within(one.unacknowledges_at)}` : "";
    return `Opened ${ago(one.created_at)}${next}`;
}

function put(one, fields, done) {
    return call("PUT", `incidents/${one.id}`, { incident: { type: "incident_reference", ...fields } }, done);
}

function action(name, label, key, style, run) {
    return h("button", {
        type: "button", class: `button ${style}`, data: { testid: "action", action: name, key: `action-${name}` },
        title: key ? `${label} (${key})` : label, onclick: run,
    }, label);
}

function actions(one, isOpen) {
    const note = action("note", "Add note", "N", "", () => noteDialog(one));
    if (!isOpen) {
        return [
            action("reopen", "Reopen", "", "", () => put(one, { status: "triggered" }, "Reopened")), note,
            state.board.sets_channels ? action("channel", "Set channel…", "H", "button-quiet", () => channelDialog(one)) : null,
        ];
    }
    const levels = policy(one.policy)?.levels ?? [];
    return [
        one.status === "triggered"
            ? action("acknowledge", "Acknowledge", "A", "button-primary", () => put(one, { status: "acknowledged" }, "Acknowledged"))
            : null,
        action("resolve", "Resolve", "R", one.status === "acknowledged" ? "button-primary" : "", () => put(one, { status: "resolved" }, "Resolved")),
        action("escalate", "Escalate…", "E", "", (event) => menu(event.currentTarget, levels.map((level) => ({
            label: `Level ${level.level}${level.level === one.level ? " (now)" : ""}`,
            hint: level.targets.map((target) => user(target.user)?.name).filter(Boolean).join(", ") || "nobody",
            run: () => put(one, { escalation_level: level.level }, `Escalated to level ${level.level}`),
        })))),
        action("reassign", "Reassign…", "M", "", () => reassignDialog(one)),
        note,
        one.status === "acknowledged"
            ? action("snooze", "Snooze…", "S", "", (event) => menu(event.currentTarget, snoozes(one))) : null,
        action("merge", "Merge…", "G", "", () => mergeDialog(one)),
        state.board.sets_channels ? action("channel", "Set channel…", "H", "", () => channelDialog(one)) : null,
        action("more", "More…", "", "button-quiet", (event) => menu(event.currentTarget, more(one))),
    ];
}

function snoozes(one) {
    return [[1, "1 hour"], [4, "4 hours"], [8, "8 hours"], [24, "24 hours"]].map(([count, label]) => ({
        label: `For ${label}`,
        run: () => call("POST", `incidents/${one.id}/snooze`, { duration: count * 3600 }, `Snoozed for ${label}`),
    }));
}

function more(one) {
    return [
        { label: "Publish a status update", run: () => statusUpdateDialog(one) },
        { label: "Ask others for help", run: () => respondersDialog(one) },
        { label: "Set the conference bridge", run: () => bridgeDialog(one) },
        ...(one.status === "acknowledged" ? [{ label: "Take the acknowledgement back", run: () => put(one, { status: "triggered" }, "Triggered") }] : []),
        ...state.board.workflows.map((workflow) => ({
            label: `Run “${workflow.name}”`,
            run: () => call("POST", `incident_workflows/${workflow.id}/instances`, {
                incident_workflow_instance: { incident: { id: one.id, type: "incident_reference" } },
            }, "Started"),
        })),
    ];
}

function facts(one, isOpen) {
    const choose = (name, value, options, run) => h("select", {
        class: "input input-small", data: { testid: name, key: name }, "aria-label": name, disabled: !isOpen,
        onchange: (event) => run(event.target.value),
    }, options.map(([id, label]) => h("option", { value: id, selected: id === value }, label)));
    const people = (ids) => (ids.length ? ids.map((id) => h("a", { class: "pd-person", href: `#/users/${id}` }, face(user(id)), user(id)?.name)) : h("span", { class: "muted" }, "Nobody"));
    return h("dl", { class: "pd-facts" },
        fact("Service", h("a", { href: `#/services/${one.service}` }, service(one.service)?.name)),
        fact("Assigned to", people(one.assignees)),
        fact("Policy", h("a", { href: `#/escalation_policies/${one.policy}` }, policy(one.policy)?.name),
            one.assigned_via === "escalation_policy" && isOpen ? h("span", { class: "muted" }, ` · level ${one.level}`) : null),
        fact("Priority", choose("priority", one.priority ?? "", [["", "None"], ...state.board.priorities.map((each) => [each.id, each.name])],
            (id) => put(one, { priority: id ? { id, type: "priority_reference" } : null }, `Priority ${priority(id)?.name ?? "taken away"}`))),
        fact("Urgency", choose("urgency", one.urgency, [["high", "High"], ["low", "Low"]], (urgency) => put(one, { urgency }, `Urgency ${urgency}`))),
        one.responders.length ? fact("Responders", one.responders.map((each) => h("span", { class: "pd-person" },
            face(user(each.user)), user(each.user)?.name, h("span", { class: "badge" }, each.state),
            each.state === "pending" && isOpen ? [answer(one, each, true), answer(one, each, false)] : null))) : null,
        one.conference ? fact("Conference bridge", h("a", { href: one.conference, rel: "noreferrer", target: "_blank" }, one.conference)) : null);
}

/** What somebody who was asked for help does on the phone. */
function answer(one, responder, accept) {
    const label = accept ? "Join" : "Decline";
    return h("button", {
        type: "button", class: "button button-small", data: { testid: accept ? "join" : "decline", key: `${label}-${responder.user}` },
        "aria-label": `${label}, as ${user(responder.user)?.name}`, onclick: () => answerRequest(one.id, responder.user, accept),
    }, label);
}

function alerts(one) {
    if (one.alerts.length === 0) return null;
    return h("ul", { class: "pd-alerts", "aria-label": "Alerts" }, one.alerts.slice(0, 5).map((alert) => h("li", { data: { testid: "alert" } },
        h("span", { class: `badge ${alert.severity === "critical" ? "badge-bad" : alert.severity === "info" ? "" : "badge-warn"}` }, alert.severity),
        alert.summary)), one.alerts.length > 5 ? h("li", { class: "muted" }, `and ${one.alerts.length - 5} more alerts`) : null);
}

function fact(name, ...value) {
    return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

function timeline(one) {
    const entries = one.log.filter((entry) => state.notified || entry.kind !== "notify");
    return h("section", { class: "pd-timeline" },
        h("div", { class: "pd-timeline-head" }, h("h2", {}, "Timeline"),
            h("label", { class: "pd-check" }, h("input", {
                type: "checkbox", checked: state.notified, data: { key: "notified" },
                onchange: (event) => { state.notified = event.target.checked; redraw(); },
            }), "Notifications")),
        h("ol", {}, entries.map((entry) => h("li", { class: `pd-entry pd-entry-${entry.kind}`, data: { testid: "log-entry", kind: entry.kind } },
            h("span", { class: "pd-mark" }),
            h("div", {}, h("div", {}, entry.text), entry.note ? h("blockquote", {}, entry.note) : null),
            h("time", { datetime: entry.at, title: new Date(entry.at).toLocaleString() }, moment(entry.at))))));
}
