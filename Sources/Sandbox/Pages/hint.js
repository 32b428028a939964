/*
 * The card for a first visit: three things to try, one click each. The first command that is sent takes it away.
 */

import { h, icon } from "./dom.js";
import { memory, on, state } from "./state.js";

const key = "hint.dismissed";

function suggestions() {
    const command = state.commands.find((each) => each.command === "/pd") ?? state.commands[0];
    if (!command) return [];
    return [
        [`${command.command} help`, "what the app can do here"],
        [`${command.command} oncall`, "who is on call, who is next"],
        [`${command.command} trigger`, "start an incident"],
    ];
}

/** Keeps the card in `place` until it has done its work. */
export function startHint(place, composer) {
    const done = () => {
        memory.set(key, true);
        place.replaceChildren();
    };
    on("world", () => {
        if (memory.get(key)) return;
        place.replaceChildren(...[card(composer, done)].filter(Boolean));
    });
    on("command", done);
}

function card(composer, done) {
    const tries = suggestions();
    if (tries.length === 0) return null;
    return h("aside", { class: "hint", "aria-label": "What to try", data: { testid: "hint" } },
        h("button", {
            type: "button", class: "icon-button hint-close", "aria-label": "Dismiss this card",
            data: { testid: "hint-dismiss" },
            onclick: () => {
                done();
                composer.focus();
            },
        }, icon("close")),
        h("h3", {}, "Nothing to set up. Try a command:"),
        h("ul", { class: "hint-list" }, tries.map(([text, what]) => h("li", {}, h("button", {
            type: "button", class: "hint-try", onclick: () => composer.suggest(text),
        }, h("code", {}, text), h("span", {}, what))))),
        h("p", {}, "Be any of the people (top left). What the app does in PagerDuty shows on the ",
            h("a", { href: "/pagerduty" }, "PagerDuty page"), ", and every request in the ",
            h("a", { href: "/inspector" }, "inspector"), "."));
}
