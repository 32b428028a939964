/*
 * A list of messages that is brought up to date in place: a message is redrawn only when it changed, so focus and
 * open menus elsewhere stay.
 */

import { h } from "./dom.js";
import { messageNode } from "./message.js";
import { replySummary } from "./messagelist.js";
import { dateOf, dayKey, dayLabel } from "./time.js";

const quietGap = 5 * 60;

export class MessageList {
    #drawn = new Map();
    #days = new Map();
    #stick = true;

    /** `where`: "channel" or "thread". `before()` may give a node that stands above the first message. */
    constructor(scroller, { where, before = () => null }) {
        this.scroller = scroller;
        this.where = where;
        this.before = before;
        this.list = h("div", { class: "message-list" });
        scroller.append(this.list);
        scroller.addEventListener("scroll", () => {
            this.#stick = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
        });
        new ResizeObserver(() => this.#stick && this.toEnd()).observe(scroller);
        new ResizeObserver(() => this.#stick && this.toEnd()).observe(this.list);
    }

    /** Forgets what was drawn: another channel is shown. */
    clear() {
        this.#drawn.clear();
        this.#days.clear();
        this.list.replaceChildren();
        this.#stick = true;
    }

    toEnd() {
        this.scroller.scrollTop = this.scroller.scrollHeight;
    }

    update(channel, messages) {
        const wanted = [];
        const top = this.before(messages);
        if (top) wanted.push(top);
        let previous = null;
        const fresh = new Map();
        for (const message of messages) {
            const day = dayKey(dateOf(message.ts));
            const isNewDay = !previous || dayKey(dateOf(previous.ts)) !== day;
            if (isNewDay && this.where === "channel") wanted.push(this.#divider(day, message.ts));
            const compact = !isNewDay && continues(previous, message);
            const stamp = `${JSON.stringify(message)}${compact}${this.#replies(channel, message)}`;
            const held = this.#drawn.get(message.ts);
            const node = held?.stamp === stamp
                ? held.node : this.#redraw(held, messageNode(channel, message, { where: this.where, compact }));
            fresh.set(message.ts, { stamp, node });
            wanted.push(node);
            previous = message;
        }
        this.#drawn = fresh;
        this.#place(wanted);
        if (this.#stick) this.toEnd();
    }

    /** Replies change the line below a message without being in its JSON. */
    #replies(channel, message) {
        if (this.where !== "channel") return "";
        const { count, last } = replySummary(channel, message);
        return `${count}/${last}`;
    }

    /** Keeps the keyboard focus on the same control of a message that is redrawn. */
    #redraw(held, node) {
        const active = document.activeElement;
        if (!held?.node.contains(active)) return node;
        const id = active.dataset.actionId;
        queueMicrotask(() => {
            const same = id && node.querySelector(`[data-action-id="${CSS.escape(id)}"]`);
            (same || node).focus({ preventScroll: true });
        });
        return node;
    }

    #divider(key, ts) {
        if (!this.#days.has(key)) {
            const label = h("span", {}, dayLabel(dateOf(ts)));
            this.#days.set(key, h("div", { class: "day", role: "separator" }, label));
        }
        return this.#days.get(key);
    }

    #place(wanted) {
        const keep = new Set(wanted);
        for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
        wanted.forEach((node, index) => {
            if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
        });
    }
}

function continues(previous, message) {
    return previous !== null && previous.user === message.user && previous.username === message.username
        && !previous.ephemeral && !message.ephemeral && Number(message.ts) - Number(previous.ts) < quietGap;
}
