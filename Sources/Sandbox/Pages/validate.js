/*
 * What Slack's client checks before it sends a view to the app. The app's own errors come after that.
 */

import { isEmpty } from "./elementstate.js";

/** What is wrong, by block_id. */
export function validation(blocks, surface) {
    const found = {};
    blocks.forEach((block, index) => {
        if (block.type !== "input") return;
        const blockID = block.block_id ?? `block-${index}`;
        const text = problem(block, surface.stateOf(blockID, block.element));
        if (text) found[blockID] = text;
    });
    return found;
}

function problem(block, state) {
    const item = block.element;
    if (isEmpty(state)) return block.optional ? null : "Please complete this required field.";
    const value = state.value;
    if (typeof value !== "string") return null;
    switch (item.type) {
    case "plain_text_input":
        if (item.min_length && value.length < item.min_length) {
            return `Please enter at least ${item.min_length} characters.`;
        }
        if (item.max_length && value.length > item.max_length) {
            return `Please enter no more than ${item.max_length} characters.`;
        }
        return null;
    case "email_text_input":
        return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : "Please enter a valid email address.";
    case "url_text_input":
        return /^https?:\/\/[^\s]+$/.test(value.trim()) ? null : "Please enter a valid URL.";
    case "number_input": return numberProblem(item, value.trim());
    default: return null;
    }
}

function numberProblem(item, value) {
    const pattern = item.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
    if (!pattern.test(value)) {
        return item.is_decimal_allowed ? "Please enter a number." : "Please enter a whole number.";
    }
    const number = Number(value);
    if (item.min_value !== undefined && number < Number(item.min_value)) {
        return `Please enter a number that is at least ${item.min_value}.`;
    }
    if (item.max_value !== undefined && number > Number(item.max_value)) {
        return `Please enter a number that is at most ${item.max_value}.`;
    }
    return null;
}
