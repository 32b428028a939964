/*
 * Modals: the top view of the stack in one dialog. https://docs.slack.dev/surfaces/modals
 *
 * The element <dialog> keeps the focus inside and the rest of the page inert. An update redraws the blocks; what was
 * typed lives in the surface, and the focus returns to the same element.
 */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { personByID } from "./directory.js";
import { h, icon } from "./dom.js";
import { plainString } from "./mrkdwn.js";
import { closePopover } from "./popover.js";
import { sandboxTip } from "./sandboxtip.js";
import { on, state } from "./state.js";
import { validation } from "./validate.js";
import { removeView, showViews, topView, viewDepth } from "./viewstack.js";

let dialog = null;
let shown = null;
let opener = null;

export function startModals() {
    on("views", draw);
}

function draw() {
    const top = topView();
    if (!top) {
        close();
        return;
    }
    if (!dialog) open();
    const isSame = shown?.id === top.view.id;
    const place = isSame ? focusPlace() : null;
    if (shown?.view !== top.view || !isSame) fill(top, isSame);
    shown = { id: top.view.id, view: top.view };
    refresh(top);
    const active = document.activeElement;
    const isLost = active === dialog || !dialog.contains(active);
    if (!isSame || (isLost && !(place && restoreFocus(place)))) focusFirst(top.view);
}

function open() {
    opener = document.activeElement;
    dialog = h("dialog", { class: "dialog modal", "aria-labelledby": "modal-title", data: { testid: "modal" } });
    dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        dismiss();
    });
    document.body.append(dialog);
    dialog.showModal();
}

function close() {
    if (!dialog) return;
    closePopover("replaced");
    dialog.close();
    dialog.remove();
    dialog = null;
    shown = null;
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    else document.querySelector("[data-testid=composer]")?.focus({ preventScroll: true });
    opener = null;
}

function fill(top, isUpdate) {
    const { view, surface } = top;
    const before = dialog.querySelector(".modal-body")?.scrollTop ?? 0;
    closePopover("replaced");
    const drawn = surface.render(() => blocks(view.blocks, surface, { onEdit: () => edited(top) }));
    const form = h("form", {
        class: "modal-form", novalidate: true, data: { viewId: view.id, callbackId: view.callback_id },
        onsubmit: (event) => {
            event.preventDefault();
            submit(top);
        },
        onkeydown: (event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
                event.preventDefault();
                submit(top);
            }
        },
    }, header(view), h("div", { class: "modal-trouble", role: "alert", data: { testid: "modal-error" }, hidden: true }),
    h("div", { class: "modal-body" }, drawn), sandboxTip(view), footer(view));
    dialog.replaceChildren(form);
    if (isUpdate) dialog.querySelector(".modal-body").scrollTop = before;
}

function header(view) {
    const bot = personByID(view.bot_user ?? state.app?.bot_user) ?? { is_bot: true };
    return h("header", { class: "modal-header" },
        viewDepth() > 1
            ? h("button", { type: "button", class: "icon-button", "aria-label": "Back", data: { testid: "modal-back" },
                onclick: dismiss }, icon("back"))
            : avatar(bot, "medium"),
        h("h2", { id: "modal-title", class: "modal-title", data: { testid: "modal-title" } },
            plainString(view.title ?? "")),
        h("button", { type: "button", class: "icon-button", "aria-label": "Close", data: { testid: "modal-close" },
            onclick: dismissAll }, icon("close")));
}

function footer(view) {
    const hasSubmit = Boolean(view.submit) || (view.blocks ?? []).some((block) => block.type === "input");
    return h("footer", { class: "modal-footer" },
        h("span", { class: "modal-app muted" }, state.app?.name ?? ""),
        h("button", { type: "button", class: "button", data: { testid: "modal-cancel" }, onclick: dismiss },
            plainString(view.close ?? (hasSubmit ? "Cancel" : "Close"))),
        hasSubmit
            ? h("button", { type: "submit", class: "button button-primary", data: { testid: "modal-submit" } },
                h("span", { class: "spinner", hidden: true }), h("span", {}, plainString(view.submit ?? "Submit")))
            : null);
}

/** What changes without a new view: waiting, errors. */
function refresh(top) {
    dialog.setAttribute("aria-busy", String(top.busy));
    const button = dialog.querySelector("[data-testid=modal-submit]");
    if (button) {
        button.disabled = top.busy || top.view.submit_disabled === true;
        button.querySelector(".spinner").hidden = !top.busy;
    }
    const trouble = dialog.querySelector(".modal-trouble");
    trouble.hidden = !top.trouble;
    trouble.replaceChildren(...(top.trouble ? [icon("warning"), h("span", {}, top.trouble)] : []));
    for (const field of dialog.querySelectorAll(".block-input")) {
        const text = top.errors[field.dataset.blockId];
        const error = field.querySelector(".field-error");
        error.hidden = !text;
        error.textContent = text ?? "";
        field.classList.toggle("has-error", Boolean(text));
        for (const control of field.querySelectorAll("input, textarea, [role=group], [role=radiogroup]")) {
            if (text) {
                control.setAttribute("aria-invalid", "true");
                control.setAttribute("aria-errormessage", error.id);
            } else {
                control.removeAttribute("aria-invalid");
                control.removeAttribute("aria-errormessage");
            }
        }
    }
}

function edited(top) {
    if (!Object.keys(top.errors).length && !top.trouble) return;
    const field = document.activeElement?.closest(".block-input");
    delete top.errors[field?.dataset.blockId];
    top.trouble = null;
    refresh(top);
}

async function submit(top) {
    if (top.busy) return;
    top.trouble = null;
    top.errors = validation(top.view.blocks ?? [], top.surface);
    if (Object.keys(top.errors).length) {
        refresh(top);
        focusError();
        return;
    }
    top.busy = true;
    refresh(top);
    const submitted = top.view;
    const answer = await post("/client/submit", { view_id: submitted.id, state: top.surface.state() });
    top.busy = false;
    if (!answer.ok) {
        top.errors = known(answer.errors, submitted);
        const misplaced = answer.errors && !Object.keys(top.errors).length;
        if (!answer.errors || misplaced) top.trouble = "We had some trouble connecting. Try again?";
    }
    if (topView() !== top || !dialog) return;
    refresh(top);
    if (!answer.ok) focusError();
}

/** Errors can only stand at input blocks; Slack shows its own error for any other. */
function known(errors, view) {
    const inputs = new Set();
    for (const block of view.blocks ?? []) if (block.type === "input") inputs.add(block.block_id);
    return Object.fromEntries(Object.entries(errors ?? {}).filter(([blockID]) => inputs.has(blockID)));
}

/** Closes the top view; the one below comes back. */
function dismiss() {
    const top = topView();
    if (!top) return;
    post("/client/close", { view_id: top.view.id });
    removeView(top.view.id);
}

/** Closes the whole stack. */
function dismissAll() {
    const top = topView();
    if (!top) return;
    post("/client/close", { view_id: top.view.id, all: true });
    showViews([]);
}

const focusable = "input:not([disabled]), textarea, select, button:not([disabled]), [tabindex='0']";

function focusFirst(view) {
    const wanted = (view.blocks ?? []).find((block) => block.element?.focus_on_load);
    const body = dialog.querySelector(".modal-body");
    const scope = wanted ? body.querySelector(`[data-block-id="${CSS.escape(wanted.block_id ?? "")}"]`) : body;
    const target = scope?.querySelector(focusable) ?? dialog.querySelector("[data-testid=modal-submit]")
        ?? dialog.querySelector("[data-testid=modal-cancel]");
    target?.focus({ preventScroll: true });
}

function focusError() {
    const field = dialog.querySelector(".block-input.has-error");
    field?.scrollIntoView({ block: "nearest" });
    field?.querySelector(focusable)?.focus({ preventScroll: true });
}

function focusPlace() {
    const active = document.activeElement;
    const block = active?.closest?.("[data-block-id]");
    if (!block || !dialog?.contains(active)) return null;
    return {
        block: block.dataset.blockId,
        index: [...block.querySelectorAll(focusable)].indexOf(active),
        start: active.selectionStart ?? null,
        end: active.selectionEnd ?? null,
    };
}

function restoreFocus({ block, index, start, end }) {
    const scope = dialog.querySelector(`[data-block-id="${CSS.escape(block)}"]`);
    const target = scope?.querySelectorAll(focusable)[index];
    if (!target) return false;
    target.focus({ preventScroll: true });
    const isText = target.type === "text" || target.type === "textarea";
    if (start !== null && isText) target.setSelectionRange(start, end);
    return true;
}
