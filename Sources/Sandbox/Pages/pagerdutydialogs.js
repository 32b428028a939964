/*
 * Forms and menus.
 */

import { h, uniqueID } from "./dom.js";
import { attempt, service, state, toast, user } from "./pagerdutyapi.js";

/** A form in a dialog; `submit` answers with a sentence when something is wrong. */
export function form(title, fields, label, submit) {
    const error = h("p", { class: "field-error", role: "alert", data: { testid: "dialog-error" }, hidden: true });
    const button = h("button", { type: "submit", class: "button button-primary", data: { testid: "dialog-submit" } }, label);
    const dialog = h("dialog", { class: "pd-dialog", "aria-label": title, data: { testid: "dialog" } },
        h("form", {
            method: "dialog",
            onsubmit: async (event) => {
                event.preventDefault();
                button.disabled = true;
                const wrong = await submit(Object.fromEntries(new FormData(event.target)), event.target);
                button.disabled = false;
                error.hidden = !wrong;
                error.textContent = wrong ?? "";
                if (!wrong) dialog.close();
            },
            onkeydown: (event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
            },
        },
        h("h2", {}, title), fields, error,
        h("div", { class: "pd-dialog-buttons" },
            h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"), button)));
    show(dialog);
}

function show(dialog) {
    const before = document.activeElement;
    dialog.addEventListener("close", () => {
        dialog.remove();
        before?.focus?.();
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    dialog.showModal();
}

export function field(label, control, hint) {
    const id = uniqueID("field");
    control.id = id;
    return h("div", { class: "field" }, h("label", { for: id }, label), control, hint ? h("span", { class: "field-hint" }, hint) : null);
}

export function select(name, options, value) {
    return h("select", { class: "input", name }, options.map(([id, label]) => h("option", { value: id, selected: id === value }, label)));
}

export function triggerDialog(serviceID) {
    const { services, priorities } = state.board;
    form("New incident", [
        field("Service", select("service", services.map((one) => [one.id, one.name]), serviceID)),
        field("Title", h("input", { class: "input", name: "title", required: true, maxlength: 1024, autocomplete: "off", autofocus: true })),
        field("Description", h("textarea", { class: "input", name: "details", rows: 3 })),
        h("div", { class: "pd-pair" },
            field("Urgency", select("urgency", [["", "As the service says"], ["high", "High"], ["low", "Low"]], "")),
            field("Priority", select("priority", [["", "None"], ...priorities.map((one) => [one.id, one.name])], ""))),
    ], "Open incident", async (values) => {
        const incident = { type: "incident", title: values.title, service: { id: values.service, type: "service_reference" } };
        if (values.details) incident.body = { type: "incident_body", details: values.details };
        if (values.urgency) incident.urgency = values.urgency;
        if (values.priority) incident.priority = { id: values.priority, type: "priority_reference" };
        const { json, error } = await attempt("POST", "incidents", { incident });
        if (error) return error;
        toast(`#${json.incident.incident_number} is open on ${service(values.service)?.name}`);
        location.hash = `#/incidents/${json.incident.id}`;
        return null;
    });
}

export function noteDialog(one) {
    form(`Note on #${one.number}`, [
        field("Note", h("textarea", { class: "input", name: "content", rows: 4, required: true, autofocus: true }), "Ctrl+Enter sends"),
    ], "Add note", async ({ content }) => (await attempt("POST", `incidents/${one.id}/notes`, { note: { content } })).error);
}

export function reassignDialog(one) {
    const people = state.board.users.filter((each) => !each.role.startsWith("read_only"));
    form(`Reassign #${one.number}`, [
        field("To", h("select", { class: "input", name: "to", autofocus: true },
            h("optgroup", { label: "People" }, people.map((each) => h("option", { value: `user:${each.id}` }, each.name))),
            h("optgroup", { label: "Escalation policies" }, state.board.policies.map((each) => h("option", { value: `policy:${each.id}` }, each.name)))),
        "A person keeps it; a policy moves it on"),
    ], "Reassign", async ({ to }) => {
        const [kind, id] = to.split(":");
        const incident = kind === "user"
            ? { assignments: [{ assignee: { id, type: "user_reference" } }] }
            : { escalation_policy: { id, type: "escalation_policy_reference" } };
        const { error } = await attempt("PUT", `incidents/${one.id}`, { incident: { type: "incident_reference", ...incident } });
        if (!error) toast(`Reassigned to ${user(id)?.name ?? state.board.policies.find((each) => each.id === id)?.name}`);
        return error;
    });
}

export function shortcutsDialog() {
    const rows = [
        ["1 – 4", "Incidents, on call, services, people"], ["J K", "Next and previous incident"], ["C", "New incident"],
        ["A", "Acknowledge"], ["R", "Resolve"], ["E", "Escalate"], ["M", "Reassign"], ["N", "Add a note"],
        ["P", "Priority"], ["S", "Snooze"], ["G", "Merge"], ...(state.board.sets_channels ? [["H", "Set channel"]] : []), ["/", "Search"],
    ];
    const dialog = h("dialog", { class: "pd-dialog", "aria-label": "Keyboard shortcuts" },
        h("h2", {}, "Keyboard shortcuts"),
        h("dl", { class: "pd-keys" }, rows.map(([keys, text]) => h("div", {},
            h("dt", {}, keys.split(" ").map((key) => h("kbd", {}, key))), h("dd", {}, text)))),
        h("div", { class: "pd-dialog-buttons" }, h("button", { type: "button", class: "button", autofocus: true, onclick: () => dialog.close() }, "Close")));
    show(dialog);
}

/** A menu under a button; `items` are `{label, hint?, run}`. */
export function menu(button, items) {
    document.querySelector(".pd-menu")?.remove();
    const close = (back) => {
        node.remove();
        removeEventListener("pointerdown", outside, true);
        if (back) button.focus();
    };
    const outside = (event) => { if (!node.contains(event.target)) close(false); };
    const node = h("div", {
        class: "menu pd-menu", role: "menu",
        onkeydown: (event) => {
            const all = [...node.children];
            const at = all.indexOf(document.activeElement);
            if (event.key === "Escape" || event.key === "Tab") close(true);
            else if (event.key === "ArrowDown") all[(at + 1) % all.length].focus();
            else if (event.key === "ArrowUp") all[(at - 1 + all.length) % all.length].focus();
            else return;
            event.preventDefault();
            event.stopPropagation();
        },
    }, items.map((item) => h("button", {
        type: "button", class: "menu-item", role: "menuitem", onclick: () => { close(true); item.run(); },
    }, h("span", {}, item.label), item.hint ? h("span", { class: "pd-menu-hint" }, item.hint) : null)));
    document.body.append(node);
    const place = button.getBoundingClientRect();
    node.style.left = `${Math.max(8, Math.min(place.left, innerWidth - node.offsetWidth - 8))}px`;
    node.style.top = `${Math.min(place.bottom + 4, innerHeight - node.offsetHeight - 8)}px`;
    addEventListener("pointerdown", outside, true);
    node.firstElementChild?.focus();
}
