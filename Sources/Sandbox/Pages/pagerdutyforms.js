/*
 * The forms of an incident that are opened now and then.
 */

import { h } from "./dom.js";
import { attempt, channelOf, service, state, toast } from "./pagerdutyapi.js";
import { field, form, select } from "./pagerdutydialogs.js";

export function statusUpdateDialog(one) {
    form(`Status update on #${one.number}`, [
        field("Message", h("textarea", { class: "input", name: "message", rows: 4, required: true, autofocus: true }), "Goes to everybody who follows the incident"),
    ], "Publish", async ({ message }) => (await attempt("POST", `incidents/${one.id}/status_updates`, { message })).error);
}

/** Other incidents become part of this one. */
export function mergeDialog(one) {
    const others = state.board.incidents.filter((each) => each.id !== one.id && each.status !== "resolved");
    const label = (each) => `#${each.number} ${each.title} (${service(each.service)?.name})`;
    form(`Merge into #${one.number}`, [
        others.length ? field("Incident", h("select", { class: "input", name: "source", autofocus: true, required: true },
            others.map((each) => h("option", { value: each.id }, label(each)))),
        `It is resolved, and its alerts go to #${one.number}`) : h("p", { class: "muted" }, "No other incident is open."),
    ], "Merge", async ({ source }) => {
        if (!source) return "There is nothing to merge.";
        const { error } = await attempt("PUT", `incidents/${one.id}/merge`, {
            source_incidents: [{ id: source, type: "incident_reference" }],
        });
        if (!error) toast("Merged");
        return error;
    });
}

export function respondersDialog(one) {
    const people = state.board.users.filter((each) => !each.role.startsWith("read_only"));
    form(`Ask for help with #${one.number}`, [
        field("Whom", h("select", { class: "input", name: "target", autofocus: true },
            h("optgroup", { label: "People" }, people.map((each) => h("option", { value: `user:${each.id}` }, each.name))),
            h("optgroup", { label: "Escalation policies" }, state.board.policies.map((each) => h("option", { value: `escalation_policy:${each.id}` }, each.name))))),
        field("Message", h("textarea", { class: "input", name: "message", rows: 3, required: true }, `Please help with #${one.number}`)),
    ], "Ask", async ({ target, message }) => {
        const [type, id] = target.split(":");
        return (await attempt("POST", `incidents/${one.id}/responder_requests`, {
            requester_id: state.me, message, responder_request_targets: [{ responder_request_target: { id, type: `${type}_reference` } }],
        })).error;
    });
}

export function bridgeDialog(one) {
    form(`Conference bridge of #${one.number}`, [
        field("Address", h("input", { class: "input", name: "url", type: "url", value: one.conference ?? "", placeholder: "https://meet.example/incident", autofocus: true })),
        field("Telephone number", h("input", { class: "input", name: "number", autocomplete: "off" })),
    ], "Set", async ({ url, number }) => (await attempt("PUT", `incidents/${one.id}`, {
        incident: { type: "incident_reference", conference_bridge: { conference_url: url || null, conference_number: number || null } },
    })).error);
}

/** A channel of its own for an incident, made by the app. */
export async function channelDialog(one) {
    const { channel, workspaces, error } = await channelOf(one.id);
    if (channel) {
        form(`Channel of #${one.number}`, [
            h("p", {}, "The incident has the channel ", h("a", { href: channel.link ?? "/", target: "_blank", rel: "noreferrer" }, `#${channel.name}`), "."),
        ], "Remove the connection", async () => (await channelOf(one.id, "DELETE")).error);
        return;
    }
    const name = `inc-${one.number}-${one.title}`.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/-+$/, "").slice(0, 60);
    form(`Set channel of #${one.number}`, [
        error ? h("p", { class: "muted", data: { testid: "channel-hint" } }, error) : null,
        field("Workspace", select("slack_team_id", workspaces.map((each) => [each.id, each.name]))),
        field("Name", h("input", { class: "input", name: "name", value: name, required: true, maxlength: 80, autocomplete: "off", autofocus: true })),
        field("Visibility", select("privacy", [["public", "Everybody can find it"], ["private", "Only those who are invited"]], "public")),
    ], "Create channel", async (values) => {
        const made = await channelOf(one.id, "POST", { channel: values });
        if (!made.error) toast(`#${made.channel?.name ?? values.name} is there`);
        return made.error;
    });
}
