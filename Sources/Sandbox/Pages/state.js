/*
 * What the page knows, and the topics on which its parts listen for changes:
 * world, channel, messages, thread, unread, views, connection, home (was published), command (was sent),
 * clock.
 */

export const state = {
    teams: [],
    team: null,
    me: null,
    commands: [],
    shortcuts: [],
    /** What the app offers to workflows. */
    steps: [],
    app: null,
    channel: null,
    thread: null,
    /** "messages" or, in the app's direct message, "home". */
    tab: "messages",
    /** channel id → {list: [message, oldest first], loaded} */
    messages: new Map(),
    /** channel id → {count, mentions} */
    unread: new Map(),
    connected: true,
};

const bus = new EventTarget();

export function on(topics, listener) {
    for (const topic of topics.split(" ")) bus.addEventListener(topic, (event) => listener(event.detail));
}

export function emit(topic, detail) {
    bus.dispatchEvent(new CustomEvent(topic, { detail }));
}

/** What the browser remembers between visits; a browser that refuses storage just forgets. */
export const memory = {
    get(key) {
        try {
            return JSON.parse(localStorage.getItem(`sandbox.${key}`));
        } catch {
            return null;
        }
    },
    set(key, value) {
        try {
            localStorage.setItem(`sandbox.${key}`, JSON.stringify(value));
        } catch {
            // Nothing depends on it.
        }
    },
};
