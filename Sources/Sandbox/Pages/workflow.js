/*
 * Runs a workflow of two steps: the app's step, and a message to the channel that says what came of it.
 * https://docs.slack.dev/workflows/workflow-steps
 */

import { post } from "./api.js";
import { h } from "./dom.js";
import { state } from "./state.js";

function choices(input) {
    if (input.type === "slack#/types/user_id") {
        return state.people.filter((each) => !each.is_bot).map((each) => [each.id, each.real_name ?? each.name]);
    }
    if (input.type === "slack#/types/channel_id") {
        return state.channels.filter((each) => each.name).map((each) => [each.id, `#${each.name}`]);
    }
    return input.type === "boolean" ? [["true", "Yes"], ["false", "No"]] : null;
}

function field(input) {
    const id = `workflow-${input.name}`;
    const options = choices(input);
    const common = { id, name: input.name, required: input.is_required, class: "workflow-input" };
    const control = options
        ? h("select", common, h("option", { value: "" }, input.is_required ? "Choose…" : "None"),
            ...options.map(([value, label]) => h("option", { value }, label)))
        : h("input", { ...common, type: input.type === "string" ? "text" : "number", autocomplete: "off" });
    return h("div", { class: "workflow-field" },
        h("label", { for: id }, input.title, input.is_required ? "" : h("span", { class: "muted" }, " (optional)")),
        control, input.description ? h("div", { class: "muted" }, input.description) : null);
}

function value(input, text) {
    if (text === "") return null;
    if (input.type === "integer" || input.type === "number") return Number(text);
    return input.type === "boolean" ? text === "true" : text;
}

/** Asks for the step's inputs, as Workflow Builder would have had them filled in, and starts the workflow. */
export function workflowDialog(step, channel) {
    const problem = h("div", { class: "workflow-problem", role: "alert" });
    const run = h("button", { type: "submit", class: "button button-primary", data: { testid: "workflow-run" } }, "Run");
    const cancel = h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel");
    const form = h("form", {
        onsubmit: async (event) => {
            event.preventDefault();
            const data = new FormData(form);
            const inputs = Object.fromEntries(step.inputs.map((each) => [each.name, value(each, data.get(each.name) ?? "")]));
            run.disabled = true;
            const answer = await post("/client/workflow", { step: step.callback_id, channel, inputs });
            run.disabled = false;
            if (answer.ok) dialog.close();
            else problem.textContent = answer.error;
        },
    }, ...step.inputs.map(field), problem, h("div", { class: "dialog-buttons" }, cancel, run));
    const dialog = h("dialog", { class: "dialog workflow", "aria-labelledby": "workflow-title", data: { testid: "workflow" } },
        h("h2", { id: "workflow-title" }, step.title),
        h("p", { class: "muted" }, `${step.description}. What comes of it is told in this channel.`), form);
    const before = document.activeElement;
    dialog.addEventListener("close", () => {
        dialog.remove();
        before?.focus?.({ preventScroll: true });
    });
    document.body.append(dialog);
    dialog.showModal();
}
