/*
 * A message or a view with its interactive elements: where their values are kept and where actions are sent from.
 */

import { post } from "./api.js";
import { confirmDialog } from "./confirm.js";
import { initialState, isStateful, valueField } from "./elementstate.js";

export class Surface {
    #values = new Map();
    #touched = new Set();
    #seen = null;

    /**
     * @param address {view_id} or {channel, message_ts}
     * @param keepsUntouched a view keeps what an element held over an update wherever block_id and action_id stay,
     *     even if nobody touched it: Slack takes an initial value only the first time. A message only keeps what was
     *     chosen by hand.
     */
    constructor(address, { keepsUntouched = false, onTrouble = () => {} } = {}) {
        this.address = address;
        this.keepsUntouched = keepsUntouched;
        this.onTrouble = onTrouble;
    }

    get isView() {
        return "view_id" in this.address;
    }

    /** Draws through `draw`; elements that are gone afterwards lose their value. */
    render(draw) {
        this.#seen = new Set();
        const node = draw();
        for (const key of this.#values.keys()) {
            if (this.#seen.has(key)) continue;
            this.#values.delete(key);
            this.#touched.delete(key);
        }
        this.#seen = null;
        return node;
    }

    /** The state that an element is drawn with. */
    register(blockID, element) {
        if (!isStateful(element)) return null;
        const key = keyOf(blockID, element.action_id);
        this.#seen?.add(key);
        const held = this.#values.get(key);
        const keeps = held?.type === element.type && (this.keepsUntouched || this.#touched.has(key));
        const state = keeps ? held : initialState(element);
        this.#values.set(key, state);
        return state;
    }

    /** The value in an element's state. */
    value(blockID, element) {
        return this.#values.get(keyOf(blockID, element.action_id))?.[valueField(element)] ?? null;
    }

    stateOf(blockID, element) {
        return this.#values.get(keyOf(blockID, element.action_id)) ?? null;
    }

    set(blockID, element, value) {
        const key = keyOf(blockID, element.action_id);
        const before = this.#values.get(key) ?? initialState(element);
        this.#values.set(key, { ...before, [valueField(element)]: value });
        this.#touched.add(key);
    }

    /** Slack's `state`: {values: {block_id: {action_id: {type, …}}}}. */
    state() {
        const values = {};
        for (const [key, state] of this.#values) {
            const [blockID, actionID] = JSON.parse(key);
            values[blockID] ??= {};
            values[blockID][actionID] = state;
        }
        return { values };
    }

    /** Tells the app what was done; asks first where the element wants that. Answers whether it was sent. */
    async act(blockID, element, fields, node) {
        if (element.confirm && !(await confirmDialog(element.confirm))) return false;
        if (node?.getAttribute("aria-busy") === "true") return false;
        node?.setAttribute("aria-busy", "true");
        const action = { type: element.type, action_id: element.action_id, block_id: blockID, ...fields };
        const answer = await post("/client/action", {
            ...this.address, block_id: blockID, action_id: element.action_id, action, state: this.state(),
        });
        node?.removeAttribute("aria-busy");
        if (!answer.ok) this.onTrouble(answer.error);
        return true;
    }
}

const keyOf = (blockID, actionID) => JSON.stringify([blockID ?? "", actionID ?? ""]);
