/*
 * The one place where the sandbox helps out: a form that asks for a PagerDuty user API token gets a strip that knows
 * the token of the person one is. A real PagerDuty shows it on its own pages.
 */

import { allPeople } from "./directory.js";
import { h, icon } from "./dom.js";
import { plainString } from "./mrkdwn.js";
import { state } from "./state.js";

const asksForToken = (block) => block.type === "input" && block.element?.type === "plain_text_input"
    && /pagerduty.*\btoken\b/i.test(plainString(block.label ?? ""));

/** The strip for a view, or null if the view asks for no token. */
export function sandboxTip(view) {
    const block = (view.blocks ?? []).find(asksForToken);
    if (!block) return null;
    const me = allPeople().find((person) => person.id === state.me);
    const text = h("span", {}, "In the sandbox, tokens are on the ",
        h("a", { href: "/pagerduty", target: "_blank" }, "PagerDuty page"), " under People.");
    const strip = h("div", { class: "sandbox-tip", data: { testid: "sandbox-tip" } }, icon("bulb"), text);
    tokens().then((known) => {
        const token = known[me?.email?.toLowerCase() ?? ""];
        if (token) {
            strip.append(h("button", {
                type: "button", class: "button button-small", data: { testid: "sandbox-fill-token" },
                onclick: () => fill(strip, block, token),
            }, `Use ${me.real_name.split(" ")[0]}’s token`));
        } else if (me) {
            text.prepend(`${me.real_name} is not in PagerDuty yet. `);
        }
    });
    return strip;
}

async function tokens() {
    const access = await fetch("/control/access", { cache: "no-store" })
        .then((answer) => answer.json()).catch(() => null);
    const found = Object.entries(access?.pagerduty?.user_tokens ?? {});
    return Object.fromEntries(found.map(([email, token]) => [email.toLowerCase(), token]));
}

function fill(strip, block, token) {
    const field = strip.closest("form")?.querySelector(`[data-block-id="${CSS.escape(block.block_id ?? "")}"]`);
    const input = field?.querySelector("input, textarea");
    if (!input) return;
    input.value = token;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
}
