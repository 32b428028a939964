/*
 * Where one writes: a growing text field with completion and history. Enter sends, Shift+Enter makes a new line.
 */

import { post } from "./api.js";
import { completionAt } from "./completion.js";
import { h, icon, uniqueID } from "./dom.js";
import { runShortcut, troubleText } from "./message.js";
import { workflowDialog } from "./workflow.js";
import { addNotice } from "./messagelist.js";
import { openMenu, showPopover } from "./popover.js";
import { emit, memory, state } from "./state.js";
import { toWire } from "./wire.js";

const historyLimit = 50;

/** Slack's own commands, as far as the sandbox knows them. */
const ownCommands = new Set(["/invite", "/remove", "/kick", "/leave"]);

export class Composer {
    #offered = null;
    #active = 0;
    #closeList = null;
    #listID = uniqueID("completion");
    #historyAt = -1;
    #drafts = new Map();
    #place = null;

    /** `thread()` answers the thread that is written to, or null for the channel. */
    constructor({ testid, thread = () => null }) {
        this.thread = thread;
        this.field = h("textarea", {
            class: "composer-field", rows: "1", "aria-autocomplete": "list", "aria-haspopup": "listbox",
            autocomplete: "off", spellcheck: "true",
            data: { testid },
            oninput: () => this.#changed(),
            onkeydown: (event) => this.#key(event),
            onclick: () => this.#complete(),
            onblur: () => this.#hide(),
        });
        this.send = h("button", {
            type: "button", class: "icon-button composer-send", "aria-label": "Send", title: "Send (Enter)",
            disabled: true, data: { testid: `${testid}-send` }, onclick: () => this.#send(),
        }, icon("send"));
        const insert = (mark, label, name) => h("button", {
            type: "button", class: "icon-button", "aria-label": label, title: label,
            onmousedown: (event) => event.preventDefault(), onclick: () => this.#insertMark(mark),
        }, icon(name));
        const shortcuts = h("button", {
            type: "button", class: "icon-button", "aria-label": "Shortcuts", title: "Shortcuts",
            "aria-haspopup": "menu", "aria-expanded": "false", data: { testid: `${testid}-shortcuts` },
            onclick: () => this.#shortcuts(shortcuts),
        }, icon("bolt"));
        this.usage = h("div", { class: "composer-usage", data: { testid: `${testid}-usage` }, hidden: true });
        this.box = h("div", { class: "composer-box" }, this.field,
            h("div", { class: "composer-bar" },
                thread() === null && testid === "composer" ? shortcuts : null,
                insert("/", "Run a command", "slash"), insert("@", "Mention somebody", "at"),
                h("span", { class: "composer-keys muted" }, h("kbd", {}, "Enter"), " to send"), this.send));
        this.node = h("div", { class: "composer" }, this.usage, this.box);
    }

    /** Switches to another channel or thread; what was begun there comes back. */
    show(place, placeholder) {
        if (this.#place !== null) this.#drafts.set(this.#place, this.field.value);
        this.#place = place;
        this.field.placeholder = placeholder;
        this.field.setAttribute("aria-label", placeholder);
        this.setText(this.#drafts.get(place) ?? "");
        this.#historyAt = -1;
    }

    focus() {
        this.field.focus({ preventScroll: true });
    }

    setText(text) {
        this.field.value = text;
        this.#grow();
        this.#hide();
        this.#showUsage();
    }

    /** Puts a text in and offers what may follow, as if it had been typed. */
    suggest(text) {
        this.setText(text);
        this.focus();
        this.field.setSelectionRange(text.length, text.length);
        this.#complete();
    }

    #changed() {
        this.#grow();
        this.#showUsage();
        this.#complete();
    }

    #grow() {
        this.field.style.setProperty("height", "auto");
        this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, 260)}px`);
        this.send.disabled = this.field.value.trim() === "";
    }

    /** While a command is typed its hint stands above, as Slack shows it. */
    #showUsage() {
        const word = /^(\/\S+) /.exec(this.field.value)?.[1];
        const known = word && state.commands.find((each) => each.command === word);
        this.usage.hidden = !known;
        if (known) {
            this.usage.replaceChildren(h("strong", {}, known.command), " ", h("span", {}, known.usage_hint ?? ""),
                h("span", { class: "muted" }, known.description ? `  ${known.description}` : ""));
        }
    }

    #insertMark(mark) {
        this.focus();
        const { selectionStart: at, value } = this.field;
        if (mark === "/" && value.trim() !== "") return;
        const space = mark !== "/" && at > 0 && !/\s/.test(value[at - 1]) ? " " : "";
        this.field.setRangeText(`${space}${mark}`, at, this.field.selectionEnd, "end");
        this.#changed();
    }

    #shortcuts(anchor) {
        const global = state.shortcuts.filter((each) => each.type === "global");
        const entries = global.map((each) => ({
            label: each.name, description: state.app?.name, leading: icon("bolt"),
            onSelect: () => runShortcut(each, state.channel),
        }));
        if (state.steps.length) entries.push({ heading: "Run a workflow with" });
        for (const each of state.steps) {
            entries.push({
                label: each.title, description: `Step of ${state.app?.name}`, leading: icon("bolt"),
                onSelect: () => workflowDialog(each, state.channel),
            });
        }
        openMenu(anchor, entries.length ? entries : [{ heading: "No app has a global shortcut or a workflow step." }], { label: "Shortcuts", above: true });
    }

    // Completion

    #complete() {
        const { selectionStart, selectionEnd, value } = this.field;
        this.#offered = selectionStart === selectionEnd ? completionAt(value, selectionStart) : null;
        if (!this.#offered) {
            this.#hide();
            return;
        }
        if (!this.#closeList) this.#openList();
        this.#active = 0;
        this.#drawList();
    }

    #openList() {
        this.list = h("div", {
            id: this.#listID, class: "listbox completion", role: "listbox", "aria-label": "Suggestions",
            data: { testid: "completion" },
        });
        this.list.addEventListener("mousedown", (event) => event.preventDefault());
        this.#closeList = showPopover(this.box, this.list, {
            above: true, matchWidth: true,
            onClose: () => {
                this.#closeList = null;
                this.field.removeAttribute("aria-controls");
                this.field.removeAttribute("aria-activedescendant");
            },
        });
        this.field.setAttribute("aria-controls", this.#listID);
    }

    #drawList() {
        const { title, items } = this.#offered;
        this.list.replaceChildren(h("div", { class: "listbox-heading", role: "presentation" }, title,
            h("span", { class: "completion-keys" }, h("kbd", {}, "↑"), h("kbd", {}, "↓"), " to move ",
                h("kbd", {}, "Tab"), " to take")),
        ...items.map((item, index) => h("div", {
            id: `${this.#listID}-${index}`, class: "listbox-option", role: "option",
            data: { testid: "completion-option" },
            "aria-selected": String(index === this.#active),
            onclick: () => this.#take(index),
        }, item.leading, h("span", { class: "completion-label" }, item.label),
        item.hint ? h("span", { class: "completion-hint" }, item.hint) : null,
        item.detail ? h("span", { class: "completion-detail" }, item.detail) : null)));
        this.#mark();
    }

    #mark() {
        [...this.list.querySelectorAll("[role=option]")].forEach((node, index) => {
            node.classList.toggle("is-active", index === this.#active);
            node.setAttribute("aria-selected", String(index === this.#active));
            if (index === this.#active) node.scrollIntoView({ block: "nearest" });
        });
        this.field.setAttribute("aria-activedescendant", `${this.#listID}-${this.#active}`);
    }

    #hide() {
        this.#offered = null;
        this.#closeList?.();
    }

    #take(index) {
        const { start, end, items } = this.#offered;
        this.field.setRangeText(items[index].insert, start, end, "end");
        this.#changed();
    }

    // Keys

    #key(event) {
        if (event.isComposing) return;
        if (this.#offered && this.#listKey(event)) return;
        if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            this.#send();
        } else if (event.key === "ArrowUp" && this.#canWalk(true)) {
            event.preventDefault();
            this.#walk(1);
        } else if (event.key === "ArrowDown" && this.#canWalk(false)) {
            event.preventDefault();
            this.#walk(-1);
        }
    }

    #listKey(event) {
        const count = this.#offered.items.length;
        const isWhole = event.key === "Enter" && this.#isWhole();
        if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.#historyAt < 0) {
            this.#active = (this.#active + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
            this.#mark();
        } else if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && !event.shiftKey && !isWhole)) {
            this.#take(this.#active);
        } else if (event.key === "Escape") {
            event.stopPropagation();
            this.#hide();
        } else {
            return false;
        }
        event.preventDefault();
        return true;
    }

    /** Whether Enter should send what stands there: “/pd ” is a whole command although more could follow. */
    #isWhole() {
        const { start, end, items } = this.#offered;
        const typed = this.field.value.slice(start, end);
        return this.#active === 0 && (typed === "" || items[0].insert.trim() === typed.trim());
    }

    #canWalk(up) {
        if (this.#historyAt >= 0) return true;
        return up && this.field.value === "";
    }

    #walk(step) {
        const past = memory.get("history") ?? [];
        const next = Math.min(this.#historyAt + step, past.length - 1);
        if (past.length === 0 || next < -1) return;
        this.#historyAt = next;
        this.setText(next < 0 ? "" : past[next]);
        this.field.setSelectionRange(this.field.value.length, this.field.value.length);
    }

    // Sending

    async #send() {
        // A space before the slash makes it an ordinary message.
        const isCommand = /^\/\S/.test(this.field.value);
        const text = this.field.value.trim();
        if (text === "" || !state.channel) return;
        const past = (memory.get("history") ?? []).filter((each) => each !== text);
        memory.set("history", [text, ...past].slice(0, historyLimit));
        this.#historyAt = -1;
        this.setText("");
        const channel = state.channel;
        const thread = this.thread();
        if (isCommand) await this.#sendCommand(text, channel, thread);
        else await this.#sendMessage(text, channel, thread);
    }

    async #sendCommand(text, channel, thread) {
        const word = text.split(/\s/)[0];
        if (!state.commands.some((each) => each.command === word) && !ownCommands.has(word)) {
            addNotice(channel, `\`${word}\` is not a valid command. In Slack, all messages that start with the “/” `
                + "character are interpreted as commands.\n\nIf you are trying to send a message and not run a "
                + "command, try preceding the “/” with an empty space.", thread);
            return;
        }
        if (thread) {
            addNotice(channel, `\`${word}\` is not supported in threads. Sorry!`, thread);
            return;
        }
        emit("command", text);
        const answer = await post("/client/command", { channel, text: toWire(text) });
        if (answer.error) addNotice(channel, `\`${word}\` failed: ${troubleText(answer.error)}`);
    }

    async #sendMessage(text, channel, thread) {
        const body = { channel, text: toWire(text) };
        const answer = await post("/client/message", thread ? { ...body, thread_ts: thread } : body);
        if (!answer.ok) addNotice(channel, `Your message was not sent: ${troubleText(answer.error)}`, thread);
    }
}
