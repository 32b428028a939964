/*
 * A person as a small square: initials on the person's colour, a face of its own for apps.
 */

import { h, icon } from "./dom.js";
import { initials, slackbot } from "./directory.js";

const palette = ["#8d3b72", "#2f6f9f", "#2d7d5a", "#a85a1c", "#6b4fa0", "#b0413e", "#3d6b8c", "#557a2b"];

function colorOf(person) {
    const given = person?.color;
    if (given) return given.startsWith("#") ? given : `#${given}`;
    const sum = [...(person?.id ?? "?")].reduce((total, letter) => total + letter.codePointAt(0), 0);
    return palette[sum % palette.length];
}

/** The colour, darkened until white initials can be read on it (WCAG relative luminance). */
function readable(color) {
    const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1] ?? "555555";
    let parts = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    while (1.05 / (luminance(parts) + 0.05) < 4.6) parts = parts.map((part) => part * 0.94);
    return `rgb(${parts.map(Math.round).join(" ")})`;
}

function luminance(parts) {
    const [red, green, blue] = parts.map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** `size`: "small" 20 px, "medium" 36 px. */
export function avatar(person, size = "medium") {
    const color = person?.id === slackbot.id ? slackbot.color : person?.is_bot ? "#0b6b4f" : colorOf(person);
    return h("span", {
        class: `avatar avatar-${size}`, "aria-hidden": "true", style: { "--avatar": readable(color) },
    }, person?.is_bot ? icon("robot") : initials(person?.real_name || person?.name || "?"));
}
