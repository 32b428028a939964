/*
 * Small parts that the views share.
 */

import { h } from "./dom.js";
import { priority } from "./pagerdutyapi.js";

const colors = {
    purple: "#7a4fa3", green: "#2d7d5a", blue: "#2f6f9f", orange: "#a85a1c", red: "#b0413e", teal: "#1f7a7a",
    cyan: "#23708f", gray: "#5e646b",
};

export const colorOf = (person) => colors[person?.color] ?? colors.gray;

export const initials = (person) => (person?.name ?? "?").split(" ").map((word) => [...word][0] ?? "").slice(0, 2).join("");

/** Initials on the person's colour. */
export function face(person) {
    return h("span", { class: "pd-face", "aria-hidden": "true", style: { "--face": colorOf(person) } }, initials(person));
}

export function priorityBadge(id) {
    const one = id && priority(id);
    return one ? h("span", { class: `badge pd-priority pd-${one.name.toLowerCase()}` }, one.name) : null;
}

/** Asks the page to draw itself; the views do not know it. */
export function redraw() {
    document.dispatchEvent(new CustomEvent("pagerduty-draw"));
}
