/*
 * Panels that hang on an element: option lists, menus, pickers. They use the browser's top layer, so no scrolling
 * container clips them, and live inside the dialog they belong to, since the rest of the page is inert then.
 */

import { h, icon } from "./dom.js";

let open = null;

/** Shows `panel` beside `anchor` until something is done elsewhere. Returns the function that closes it. */
export function showPopover(anchor, panel, { align = "start", matchWidth = false, above = false, onClose } = {}) {
    open?.close("replaced");
    const host = anchor.closest("dialog") ?? document.body;
    panel.setAttribute("popover", "manual");
    panel.classList.add("popover");
    host.append(panel);
    panel.showPopover();

    // An anchor that was redrawn away takes its panel along.
    const place = () => {
        if (anchor.isConnected) position(anchor, panel, { align, matchWidth, above });
        else close("gone");
    };
    const outside = (event) => {
        if (!panel.contains(event.target) && !anchor.contains(event.target)) close("outside");
    };
    const observer = new ResizeObserver(place);
    observer.observe(panel);
    observer.observe(anchor);
    addEventListener("resize", place);
    addEventListener("scroll", place, true);
    document.addEventListener("pointerdown", outside, true);
    place();

    function close(reason) {
        if (open !== handle) return;
        open = null;
        observer.disconnect();
        removeEventListener("resize", place);
        removeEventListener("scroll", place, true);
        document.removeEventListener("pointerdown", outside, true);
        panel.remove();
        onClose?.(reason);
    }

    const handle = { close };
    open = handle;
    return close;
}

export function closePopover(reason) {
    open?.close(reason);
}

function position(anchor, panel, { align, matchWidth, above }) {
    const gap = 4;
    const margin = 8;
    const box = anchor.getBoundingClientRect();
    panel.style.setProperty("max-height", "none");
    const least = Math.min(240, innerWidth - 2 * margin);
    if (matchWidth) panel.style.setProperty("width", `${Math.max(box.width, least)}px`);
    const height = panel.scrollHeight + 2;
    const roomBelow = innerHeight - box.bottom - gap - margin;
    const roomAbove = box.top - gap - margin;
    const goesUp = above ? roomAbove > Math.min(height, 160) : height > roomBelow && roomAbove > roomBelow;
    const room = Math.max(80, Math.min(goesUp ? roomAbove : roomBelow, 340));
    panel.style.setProperty("max-height", `${room}px`);
    const shown = Math.min(height, room);
    const width = panel.offsetWidth;
    const left = align === "end" ? box.right - width : box.left;
    panel.style.setProperty("top", `${Math.max(margin, goesUp ? box.top - gap - shown : box.bottom + gap)}px`);
    panel.style.setProperty("left", `${Math.max(margin, Math.min(left, innerWidth - width - margin))}px`);
}

/**
 * A menu of commands. `items`: {label, description?, danger?, current?, onSelect} or {heading} or {divider: true}.
 */
export function openMenu(anchor, items, { label, align = "start", above = false, testid = "menu" } = {}) {
    const buttons = [];
    const panel = h("div", { class: "menu", role: "menu", "aria-label": label, data: { testid } });
    for (const item of items) {
        if (item.divider) {
            panel.append(h("div", { class: "menu-divider", role: "separator" }));
        } else if (item.heading) {
            panel.append(h("div", { class: "menu-heading", role: "presentation" }, item.heading));
        } else {
            const button = h("button", {
                type: "button", class: item.danger ? "menu-item menu-item-danger" : "menu-item", tabindex: "-1",
                role: item.current === undefined ? "menuitem" : "menuitemradio",
                "aria-checked": item.current === undefined ? null : String(item.current),
                data: item.data ?? {},
                onclick: () => {
                    close("chosen");
                    item.onSelect();
                },
            }, item.leading, h("span", { class: "menu-text" }, h("span", {}, item.label),
                item.description ? h("span", { class: "menu-description" }, item.description) : null),
            item.current ? icon("check") : null);
            buttons.push(button);
            panel.append(button);
        }
    }
    anchor.setAttribute("aria-expanded", "true");
    const close = showPopover(anchor, panel, {
        align, above,
        onClose: (reason) => {
            anchor.setAttribute("aria-expanded", "false");
            if (reason === "escape" || reason === "chosen") anchor.focus({ preventScroll: true });
        },
    });
    panel.addEventListener("keydown", (event) => menuKey(event, buttons, close));
    (buttons.find((button) => button.getAttribute("aria-checked") === "true") ?? buttons[0])?.focus();
    return close;
}

function menuKey(event, buttons, close) {
    const at = buttons.indexOf(document.activeElement);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    if (event.key in moves) {
        event.preventDefault();
        buttons[(moves[event.key] + buttons.length) % buttons.length]?.focus();
    } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close("escape");
    } else if (event.key === "Tab") {
        close("escape");
    } else if (event.key.length === 1 && event.key !== " ") {
        const letter = event.key.toLowerCase();
        const order = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
        order.find((button) => button.textContent.trim().toLowerCase().startsWith(letter))?.focus();
    }
}
