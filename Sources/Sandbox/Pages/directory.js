/*
 * Who and what the ids in messages stand for, in the workspace one is in.
 */

const people = new Map();
const channels = new Map();
const usergroups = new Map();
let me = null;

export const slackbot = { id: "USLACKBOT", name: "slackbot", real_name: "Slackbot", is_bot: true, color: "#5b3b8c" };

/** Takes over what /client/state told. */
export function fillDirectory(state, myID) {
    people.clear();
    channels.clear();
    usergroups.clear();
    for (const person of state.people ?? []) people.set(person.id, person);
    for (const channel of state.channels ?? []) channels.set(channel.id, channel);
    for (const group of state.usergroups ?? []) usergroups.set(group.id, group);
    me = myID;
}

export const personByID = (id) => (id === slackbot.id ? slackbot : people.get(id));
export const channelByID = (id) => channels.get(id);
export const usergroupByID = (id) => usergroups.get(id);
export const allPeople = () => [...people.values()];
export const allChannels = () => [...channels.values()];
export const allUsergroups = () => [...usergroups.values()];
export const isMe = (id) => id === me;

export function personName(id) {
    const person = personByID(id);
    return person?.real_name || person?.name || id;
}

/** A channel as a person calls it: its name, or who is on the other side of a direct message. */
export function channelTitle(channel) {
    if (!channel) return "";
    if (channel.kind !== "im") return channel.name;
    return channel.im_user ? personName(channel.im_user) : channel.name;
}

export function initials(name) {
    const words = name.trim().split(/[\s._-]+/).filter(Boolean);
    const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
    return letters.map((word) => [...word][0] ?? "").join("").toUpperCase() || "?";
}
