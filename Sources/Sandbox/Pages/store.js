/*
 * Moving about: who one is, which channel and thread are open, and what the stream of events does to them.
 */

import { follow, get, session } from "./api.js";
import { allChannels, channelByID, fillDirectory, personByID } from "./directory.js";
import { addNotice, entryOf, remove, replaceAll, upsert } from "./messagelist.js";
import { emit, memory, state } from "./state.js";
import { setTimeZone } from "./time.js";
import { applyViewEvent, showViews } from "./viewstack.js";

let stopFollowing = null;
let entering = 0;

const idOf = (value) => (value && typeof value === "object" ? value.id : value ?? null);

/** Becomes a person in a workspace. Without one: whom the address names, the one before, or the server's choice. */
export async function enter({ team, user, channel, thread } = {}) {
    entering += 1;
    const round = entering;
    stopFollowing?.();
    const known = team ? user ?? memory.get(`user.${team}`) : null;
    session.team = team ?? null;
    session.user = known;
    let world = await get("/client/state").catch(() => null);
    if (!world && (team || known)) {
        session.team = null;
        session.user = null;
        world = await get("/client/state").catch(() => null);
    }
    if (round !== entering) return;
    if (!world) {
        setConnected(false);
        setTimeout(() => round === entering && enter({ team, user, channel, thread }), 1_500);
        return;
    }
    takeOver(world);
    showViews([]);
    state.messages.clear();
    state.unread.clear();
    memory.set("team", state.team);
    memory.set(`user.${state.team}`, state.me);
    const wanted = [channel, memory.get(`channel.${state.me}`)].find((id) => id && channelByID(id));
    state.channel = wanted ?? firstChannel();
    state.thread = wanted && wanted === channel ? thread ?? null : null;
    stopFollowing = follow("/client/events", { ...session }, {
        onEvent: apply, onReturn: reload, onState: setConnected,
    });
    state.tab = "messages";
    emit("world");
    opened();
    await Promise.all([loadViews(), loadMessages(state.channel)]);
}

function takeOver(world) {
    state.teams = world.teams ?? [];
    state.team = idOf(world.team) ?? state.teams[0]?.id;
    state.me = idOf(world.me);
    state.commands = world.commands ?? [];
    state.shortcuts = world.shortcuts ?? [];
    state.steps = world.steps ?? [];
    state.app = world.app ?? null;
    session.team = state.team;
    session.user = state.me;
    fillDirectory(world, state.me);
    setTimeZone(personByID(state.me)?.tz);
}

function firstChannel() {
    const channels = allChannels();
    return (channels.find((each) => each.name === "incidents") ?? channels.find((each) => each.name === "general")
        ?? channels[0])?.id ?? null;
}

function setConnected(connected) {
    if (state.connected === connected) return;
    state.connected = connected;
    emit("connection");
}

async function reload() {
    const world = await get("/client/state").catch(() => null);
    if (!world) return;
    takeOver(world);
    if (!channelByID(state.channel)) state.channel = firstChannel();
    emit("world");
    await Promise.all([loadViews(), loadMessages(state.channel)]);
}

/** The modals that are open for this person: a reload of the page doesn't close them. */
async function loadViews() {
    const user = session.user;
    const answer = await get("/client/views").catch(() => null);
    if (user === session.user && answer) showViews(answer.views ?? []);
}

export async function loadMessages(channel) {
    if (!channel) return;
    const user = session.user;
    const since = performance.now();
    const answer = await get("/client/messages", { channel }).catch(() => null);
    if (answer && user === session.user) replaceAll(channel, answer.messages ?? [], since);
}

export async function openChannel(id, thread = null) {
    if (!channelByID(id)) return;
    if (id !== state.channel) state.tab = "messages";
    state.channel = id;
    state.thread = thread;
    opened();
    await loadMessages(id);
}

function opened() {
    state.unread.delete(state.channel);
    memory.set(`channel.${state.me}`, state.channel);
    writeAddress();
    emit("channel");
    emit("thread");
    emit("unread");
}

export function openThread(ts) {
    state.thread = ts;
    writeAddress();
    emit("thread");
}

/** #/TEAM/USER/CHANNEL[/THREAD]: an address that can be sent to somebody or opened in a second tab. */
function writeAddress() {
    const parts = [state.team, state.me, state.channel, state.thread].filter(Boolean);
    const hash = `#/${parts.join("/")}`;
    if (location.hash !== hash) history.replaceState(null, "", hash);
}

export function readAddress() {
    const [team, user, channel, thread] = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean);
    return { team, user, channel, thread };
}

const handlers = {
    message: ({ channel, message }) => {
        const isNew = !entryOf(channel).list.some((each) => each.ts === message.ts);
        upsert(channel, message);
        if (isNew) countUnread(channel, message);
    },
    message_changed: ({ channel, message }) => upsert(channel, message),
    message_deleted: ({ channel, ts }) => remove(channel, ts),
    channels_changed: () => reload(),
    home_published: ({ view }) => emit("home", view),
    notice: ({ channel, text }) => addNotice(channel ?? state.channel, text),
    reset: () => {
        state.messages.clear();
        state.unread.clear();
        showViews([]);
        reload();
    },
};

function apply(event) {
    if (applyViewEvent(event)) return;
    handlers[event.type]?.(event);
}

function countUnread(channel, message) {
    if (message.user === state.me) return;
    if (channel === state.channel && !document.hidden) return;
    if (!channelByID(channel)) {
        reload();
        return;
    }
    const before = state.unread.get(channel) ?? { count: 0, mentions: 0 };
    const text = message.text ?? "";
    const forMe = channelByID(channel)?.kind === "im" || text.includes(`<@${state.me}`) || message.ephemeral === true;
    state.unread.set(channel, { count: before.count + 1, mentions: before.mentions + (forMe ? 1 : 0) });
    emit("unread");
}

document.addEventListener("visibilitychange", () => {
    if (document.hidden || !state.unread.has(state.channel)) return;
    state.unread.delete(state.channel);
    emit("unread");
});
