/*
 * A text field that chooses from a list (the ARIA combobox pattern), for one or for several values.
 *
 * `load(query)` answers {groups: [{label?, items: [{key, label, description?, leading?, option}]}], note?} at once or
 * later; a late answer to an earlier query is dropped.
 */

import { h, icon, uniqueID } from "./dom.js";
import { showPopover } from "./popover.js";

export class Combobox {
    #items = [];
    #active = -1;
    #close = null;
    #round = 0;
    #timer = null;

    constructor({ id, placeholder, label, labelledBy, multiple = false, maxSelected = Infinity, selected = [],
        clearable = false, delay = 0, disabled = false, testid = "select", load, onChange }) {
        Object.assign(this, { multiple, maxSelected, delay, load, onChange, placeholder: placeholder ?? "" });
        this.selected = [...selected];
        this.listID = uniqueID("list");
        this.input = h("input", {
            id, type: "text", class: "input", role: "combobox", autocomplete: "off", spellcheck: "false",
            "aria-expanded": "false", "aria-autocomplete": "list", "aria-haspopup": "listbox",
            "aria-label": label, "aria-labelledby": labelledBy, disabled,
            onfocus: () => this.input.select(),
            onclick: () => this.open(),
            oninput: () => this.#typed(),
            onkeydown: (event) => this.#key(event),
            onblur: () => this.#left(),
        });
        this.tokens = h("span", { class: "select-tokens" });
        this.clear = clearable && !multiple
            ? h("button", {
                type: "button", class: "icon-button select-clear", "aria-label": "Clear", tabindex: "-1",
                onclick: () => this.#commit([]),
            }, icon("close"))
            : null;
        this.node = h("div", { class: multiple ? "select select-multi" : "select", data: { testid } },
            multiple ? this.tokens : null, this.input, this.clear, multiple ? null : icon("down"));
        this.node.addEventListener("mousedown", (event) => {
            if (event.target !== this.node && event.target !== this.tokens) return;
            event.preventDefault();
            this.input.focus();
            this.open();
        });
        this.#show();
    }

    open() {
        if (this.#close || this.input.disabled) return;
        this.list = h("div", {
            id: this.listID, class: "listbox", role: "listbox", "aria-multiselectable": this.multiple ? "true" : null,
            "aria-label": "Options", data: { testid: "option-list" },
        });
        this.list.addEventListener("mousedown", (event) => event.preventDefault());
        this.#close = showPopover(this.node, this.list, {
            matchWidth: true,
            onClose: () => {
                this.#close = null;
                this.#round += 1;
                clearTimeout(this.#timer);
                this.input.setAttribute("aria-expanded", "false");
                this.input.removeAttribute("aria-controls");
                this.input.removeAttribute("aria-activedescendant");
            },
        });
        this.input.setAttribute("aria-expanded", "true");
        this.input.setAttribute("aria-controls", this.listID);
        this.#refresh(this.#query());
    }

    close() {
        this.#close?.();
    }

    /** What was typed; the label of the chosen option is not a query. */
    #query() {
        const text = this.input.value.trim();
        return !this.multiple && text === (this.selected[0]?.label ?? "") ? "" : text;
    }

    #typed() {
        this.open();
        clearTimeout(this.#timer);
        const query = this.#query();
        if (this.delay && query) this.#timer = setTimeout(() => this.#refresh(query), this.delay);
        else this.#refresh(query);
    }

    async #refresh(query) {
        this.#round += 1;
        const round = this.#round;
        const answer = this.load(query);
        if (answer instanceof Promise) this.#draw({ groups: [], note: "Loading…", busy: true });
        const result = await answer;
        if (round === this.#round && this.#close) this.#draw(result);
    }

    #draw({ groups, note, busy }) {
        this.#items = [];
        this.list.replaceChildren();
        this.list.setAttribute("aria-busy", busy ? "true" : "false");
        for (const group of groups) {
            const target = group.label
                ? h("div", { role: "group", "aria-label": group.label },
                    h("div", { class: "listbox-heading", role: "presentation" }, group.label))
                : this.list;
            for (const item of group.items) target.append(this.#row(item));
            if (target !== this.list && group.items.length) this.list.append(target);
        }
        const empty = this.#items.length === 0 ? note ?? "No results" : null;
        if (empty) this.list.append(h("div", { class: "listbox-note", role: "status" }, empty));
        const chosen = this.#items.findIndex((item) => this.#isChosen(item));
        this.#activate(chosen >= 0 && !this.multiple ? chosen : this.#items.length ? 0 : -1);
    }

    #row(item) {
        const index = this.#items.push(item) - 1;
        item.node = h("div", {
            id: `${this.listID}-${index}`, class: "listbox-option", role: "option",
            "aria-selected": String(this.#isChosen(item)), data: { testid: "option", value: item.key },
            onmousemove: () => this.#activate(index, false),
            onclick: () => this.#choose(item),
        }, item.leading ?? null,
        h("span", { class: "listbox-text" }, h("span", {}, item.label),
            item.description ? h("span", { class: "listbox-description" }, item.description) : null),
        this.#isChosen(item) ? icon("check") : null);
        return item.node;
    }

    #isChosen(item) {
        return this.selected.some((each) => each.key === item.key);
    }

    #activate(index, scroll = true) {
        this.#items[this.#active]?.node.classList.remove("is-active");
        this.#active = index;
        const node = this.#items[index]?.node;
        if (!node) {
            this.input.removeAttribute("aria-activedescendant");
            return;
        }
        node.classList.add("is-active");
        this.input.setAttribute("aria-activedescendant", node.id);
        if (scroll) node.scrollIntoView({ block: "nearest" });
    }

    #key(event) {
        const count = this.#items.length;
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (!this.#close) this.open();
            else if (count) this.#activate((this.#active + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
        } else if (event.key === "Enter") {
            event.preventDefault();
            if (this.#close && this.#items[this.#active]) this.#choose(this.#items[this.#active]);
            else this.open();
        } else if (event.key === "Escape" && this.#close) {
            event.preventDefault();
            event.stopPropagation();
            this.close();
            this.#show();
        } else if (event.key === "Tab") {
            this.close();
        } else if (event.key === "Backspace" && this.multiple && this.input.value === "" && this.selected.length) {
            this.#commit(this.selected.slice(0, -1));
        }
    }

    #choose(item) {
        if (!this.multiple) {
            this.close();
            this.#commit([item]);
            return;
        }
        const without = this.selected.filter((each) => each.key !== item.key);
        const removing = without.length < this.selected.length;
        if (!removing && this.selected.length >= this.maxSelected) return;
        this.input.value = "";
        this.#commit(removing ? without : [...this.selected, item]);
        if (this.#close) this.#refresh("");
    }

    async #commit(selected) {
        const before = this.selected;
        this.selected = selected;
        this.#show();
        const kept = await this.onChange(selected.map((item) => item.option));
        if (kept === false) {
            this.selected = before;
            this.#show();
        }
    }

    #left() {
        // A press on an option keeps the focus here, so losing it means that the person is done.
        setTimeout(() => {
            if (document.activeElement === this.input) return;
            this.close();
            if (!this.multiple && this.input.value === "" && this.clear && this.selected.length) this.#commit([]);
            else this.#show();
        }, 0);
    }

    #show() {
        if (this.multiple) {
            this.input.value = "";
            this.input.placeholder = this.selected.length ? "" : this.placeholder;
            this.tokens.replaceChildren(...this.selected.map((item) => this.#token(item)));
        } else {
            this.input.value = this.selected[0]?.label ?? "";
            this.input.placeholder = this.placeholder;
        }
        if (this.clear) this.clear.hidden = this.selected.length === 0;
    }

    #token(item) {
        return h("span", { class: "select-token" }, item.label, h("button", {
            type: "button", "aria-label": `Remove ${item.label}`,
            onclick: (event) => {
                event.stopPropagation();
                this.#commit(this.selected.filter((each) => each.key !== item.key));
                this.input.focus();
            },
        }, icon("close")));
    }
}
