/*
 * The confirm object: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
 */

import { h } from "./dom.js";
import { plainString, textObject } from "./mrkdwn.js";

/** Asks; resolves to whether the person confirmed. */
export function confirmDialog(confirm) {
    return new Promise((resolve) => {
        let answer = false;
        const yes = h("button", {
            type: "button", class: confirm.style === "danger" ? "button button-danger" : "button button-primary",
            data: { testid: "confirm-yes" },
            onclick: () => {
                answer = true;
                dialog.close();
            },
        }, plainString(confirm.confirm ?? "Yes"));
        const no = h("button", {
            type: "button", class: "button", data: { testid: "confirm-no" }, onclick: () => dialog.close(),
        }, plainString(confirm.deny ?? "No"));
        const dialog = h("dialog", {
            class: "dialog confirm", role: "alertdialog", "aria-labelledby": "confirm-title",
            "aria-describedby": "confirm-text", data: { testid: "confirm" },
        },
        h("h2", { id: "confirm-title" }, plainString(confirm.title ?? "Are you sure?")),
        h("div", { id: "confirm-text", class: "confirm-text" }, textObject(confirm.text)),
        h("div", { class: "dialog-buttons" }, no, yes));
        const before = document.activeElement;
        dialog.addEventListener("close", () => {
            dialog.remove();
            before?.focus?.({ preventScroll: true });
            resolve(answer);
        });
        document.body.append(dialog);
        dialog.showModal();
        (confirm.style === "danger" ? no : yes).focus();
    });
}
