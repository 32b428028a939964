/*
 * The interactive elements of Block Kit: https://docs.slack.dev/reference/block-kit/block-elements
 *
 * `place` says where an element stands: {surface, blockID, inInput, dispatches, optional, id, label, labelledBy,
 * onEdit}. Elements in an input block only report to the app when the block says dispatch_action.
 */

import { h, icon, safeURL, uniqueID } from "./dom.js";
import { image } from "./images.js";
import { plainString, textObject } from "./mrkdwn.js";
import { openMenu } from "./popover.js";
import { selectElement } from "./selects.js";
import { textElement } from "./textinputs.js";
import { localInputValue, unixOfLocalInput } from "./time.js";

const renderers = {
    button, overflow, workflow_button: button, image: (element) => image(element, "accessory"),
    radio_buttons: choices, checkboxes: choices,
    datepicker: (element, place) => dated(element, place, "date"),
    timepicker: (element, place) => dated(element, place, "time"),
    datetimepicker: (element, place) => dated(element, place, "datetime-local"),
    static_select: selectElement, external_select: selectElement, users_select: selectElement,
    conversations_select: selectElement, channels_select: selectElement,
    multi_static_select: selectElement, multi_external_select: selectElement, multi_users_select: selectElement,
    multi_conversations_select: selectElement, multi_channels_select: selectElement,
    plain_text_input: textElement, email_text_input: textElement, url_text_input: textElement,
    number_input: textElement, rich_text_input: textElement,
    feedback_buttons: feedback, icon_button: iconButton,
};

/** Draws an element, or says by name what can't be drawn. */
export function element(item, place) {
    const render = renderers[item?.type];
    if (!render) return h("span", { class: "unknown" }, `${item?.type ?? "element"} is not drawn here`);
    const node = render(item, place);
    node.dataset.actionId = item.action_id ?? "";
    return node;
}

/** Keeps a changed value and tells the app where it wants to know. Answers false if the person took it back. */
async function changed(item, place, value, node) {
    const before = place.surface.value(place.blockID, item);
    place.surface.set(place.blockID, item, value);
    place.onEdit?.();
    if (!place.dispatches) return true;
    const { type, ...fields } = place.surface.stateOf(place.blockID, item);
    const sent = await place.surface.act(place.blockID, item, fields, node);
    if (!sent) place.surface.set(place.blockID, item, before);
    return sent;
}

function button(item, place) {
    const style = { primary: " button-primary", danger: " button-danger" }[item.style] ?? "";
    const href = item.url ? safeURL(item.url) : null;
    const node = h(href ? "a" : "button", {
        class: `button block-button${style}`, type: href ? null : "button",
        href, target: href ? "_blank" : null, rel: href ? "noopener noreferrer" : null,
        "aria-label": item.accessibility_label ?? null, data: { testid: "block-button", value: item.value },
        onclick: () => place.surface.act(place.blockID, item, { value: item.value, text: item.text }, node),
    }, textObject(item.text));
    return node;
}

function overflow(item, place) {
    const node = h("button", {
        type: "button", class: "button block-button overflow", "aria-haspopup": "menu", "aria-expanded": "false",
        "aria-label": "More actions", data: { testid: "overflow" },
        onclick: () => openMenu(node, (item.options ?? []).map((option) => ({
            label: plainString(option.text),
            description: option.description ? plainString(option.description) : null,
            data: { testid: "option", value: option.value },
            onSelect: () => {
                const href = option.url && safeURL(option.url);
                if (href) open(href, "_blank", "noopener");
                place.surface.act(place.blockID, item, { selected_option: option }, node);
            },
        })), { label: "More actions", align: "end", testid: "option-list" }),
    }, icon("more"));
    return node;
}

function choices(item, place) {
    place.surface.register(place.blockID, item);
    const several = item.type === "checkboxes";
    const value = place.surface.value(place.blockID, item);
    const chosen = new Set([value].flat().filter(Boolean).map((option) => option.value));
    const group = uniqueID("choice");
    const inputs = [];
    const node = h("div", {
        class: "choices", role: several ? "group" : "radiogroup", tabindex: "-1", id: place.id,
        "aria-label": place.labelledBy ? null : place.label, "aria-labelledby": place.labelledBy,
    }, (item.options ?? []).map((option) => {
        const input = h("input", {
            type: several ? "checkbox" : "radio", name: group, value: option.value, checked: chosen.has(option.value),
            onchange: () => pick(option),
        });
        inputs.push([input, option]);
        const about = option.description
            ? h("span", { class: "choice-description" }, textObject(option.description)) : null;
        return h("label", { class: "choice" }, input,
            h("span", {}, h("span", { class: "choice-text" }, textObject(option.text)), about));
    }));

    async function pick(option) {
        const next = several ? inputs.filter(([input]) => input.checked).map(([, each]) => each) : option;
        const before = place.surface.value(place.blockID, item);
        if (await changed(item, place, next, node)) return;
        const kept = new Set([before].flat().filter(Boolean).map((each) => each.value));
        for (const [input, each] of inputs) input.checked = kept.has(each.value);
    }

    return node;
}

function dated(item, place, type) {
    place.surface.register(place.blockID, item);
    const isMoment = type === "datetime-local";
    const show = () => {
        const value = place.surface.value(place.blockID, item);
        if (value === null) return "";
        return isMoment ? localInputValue(value) : value;
    };
    const node = h("input", {
        id: place.id, type, class: "input input-date", value: show(), "aria-labelledby": place.labelledBy,
        "aria-label": place.labelledBy ? null : place.label ?? plainString(item.placeholder ?? "Date"),
        title: item.placeholder ? plainString(item.placeholder) : null,
    });
    let last = node.value;
    const commit = async () => {
        // While a year is typed the browser reports the years 2, 20 and 202 first.
        if (node.value === last || /^0/.test(type === "time" ? "" : node.value)) return;
        last = node.value;
        const value = node.value === "" ? null : isMoment ? unixOfLocalInput(node.value) : node.value;
        if (!(await changed(item, place, value, node))) {
            node.value = show();
            last = node.value;
        }
    };
    node.addEventListener("change", commit);
    if (!place.dispatches) node.addEventListener("input", commit);
    return node;
}

function feedback(item, place) {
    const one = (part, fallback) => {
        const node = h("button", {
            type: "button", class: "button button-small block-button", "aria-label": part?.accessibility_label ?? null,
            onclick: () => place.surface.act(place.blockID, item, { value: part?.value, text: part?.text }, node),
        }, part?.text ? textObject(part.text) : fallback);
        return node;
    };
    return h("span", { class: "feedback" }, one(item.positive_button, "👍"), one(item.negative_button, "👎"));
}

function iconButton(item, place) {
    const node = h("button", {
        type: "button", class: "button button-small block-button", "aria-label": item.accessibility_label ?? null,
        onclick: () => place.surface.act(place.blockID, item, { value: item.value, text: item.text }, node),
    }, textObject(item.text));
    return node;
}
