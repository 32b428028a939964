/*
 * Elements one types into: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
 */

import { h } from "./dom.js";
import { plainString } from "./mrkdwn.js";

const typeOf = { email_text_input: "email", url_text_input: "url", number_input: "text" };
const modeOf = { email_text_input: "email", url_text_input: "url", number_input: "decimal" };

export function textElement(item, place) {
    place.surface.register(place.blockID, item);
    const isLong = item.multiline === true || item.type === "rich_text_input";
    const input = h(isLong ? "textarea" : "input", {
        id: place.id, class: "input", type: isLong ? null : typeOf[item.type] ?? "text",
        inputmode: modeOf[item.type] ?? null, autocomplete: "off", rows: isLong ? "4" : null,
        placeholder: item.placeholder ? plainString(item.placeholder) : null,
        maxlength: item.max_length ?? (item.type === "plain_text_input" ? 3000 : null),
        "aria-labelledby": place.labelledBy, "aria-label": place.labelledBy ? null : place.label,
    });
    input.value = textOf(place.surface.value(place.blockID, item));
    const counter = item.max_length ? h("span", { class: "counter", "aria-hidden": "true" }) : null;
    const count = () => {
        if (!counter) return;
        const left = item.max_length - input.value.length;
        counter.textContent = String(left);
        counter.hidden = left > Math.max(20, item.max_length * 0.5) && item.max_length > 40;
        counter.classList.toggle("is-low", left <= 0);
    };
    count();

    const triggers = item.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    const send = () => place.surface.act(place.blockID, item, { value: input.value }, null);
    let timer = null;
    input.addEventListener("input", () => {
        place.surface.set(place.blockID, item, valueOf(item, input.value));
        place.onEdit?.();
        count();
        if (!place.dispatches || !triggers.includes("on_character_entered")) return;
        clearTimeout(timer);
        timer = setTimeout(send, 400);
    });
    input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
        if (place.dispatches && triggers.includes("on_enter_pressed")) {
            event.preventDefault();
            send();
        }
    });
    return counter ? h("span", { class: "counted" }, input, counter) : input;
}

function valueOf(item, text) {
    if (text === "") return null;
    if (item.type !== "rich_text_input") return text;
    return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

function textOf(value) {
    if (value === null || value === undefined) return "";
    if (typeof value !== "object") return String(value);
    const leaves = (node) => (node.elements ? node.elements.map(leaves).join("") : node.text ?? node.url ?? "");
    return (value.elements ?? []).map(leaves).join("\n");
}
