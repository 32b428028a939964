/*
 * The stack of open modals (at most three) as values; modal.js draws the top one.
 */

import { Surface } from "./surface.js";
import { emit } from "./state.js";

/** {view, surface, errors, trouble, busy}, bottom first. */
const stack = [];

export const topView = () => stack.at(-1) ?? null;
export const viewDepth = () => stack.length;

function entry(view) {
    const made = { view, errors: {}, trouble: null, busy: false };
    made.surface = new Surface({ view_id: view.id }, {
        keepsUntouched: true,
        onTrouble: () => {
            made.trouble = "We had some trouble connecting. Try again?";
            emit("views");
        },
    });
    return made;
}

export function showViews(views) {
    const kept = new Map(stack.map((each) => [each.view.id, each]));
    stack.length = 0;
    for (const view of views) {
        const before = kept.get(view.id);
        if (before) before.view = view;
        stack.push(before ?? entry(view));
    }
    emit("views");
}

export function removeView(id) {
    const at = stack.findIndex((each) => each.view.id === id);
    if (at < 0) return;
    stack.splice(at, 1);
    emit("views");
}

/** Applies an event of the stream if it is about views; answers whether it was. */
export function applyViewEvent(event) {
    switch (event.type) {
    case "view_opened":
        if (event.view.type === "home") return true;
        showViews([event.view]);
        return true;
    case "view_pushed":
        if (!replace(event.view)) stack.push(entry(event.view));
        emit("views");
        return true;
    case "view_updated":
        if (replace(event.view)) emit("views");
        return true;
    case "view_closed":
        removeView(event.view_id);
        return true;
    case "views_cleared":
        showViews([]);
        return true;
    default: return false;
    }
}

function replace(view) {
    const held = stack.find((each) => each.view.id === view.id);
    if (!held) return false;
    held.view = view;
    held.errors = {};
    held.trouble = null;
    return true;
}
