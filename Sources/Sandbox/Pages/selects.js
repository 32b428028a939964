/*
 * Every select menu of Block Kit, single and multi:
 * https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
 */

import { post } from "./api.js";
import { Combobox } from "./combobox.js";
import { allChannels, allPeople, channelTitle } from "./directory.js";
import { avatar } from "./avatar.js";
import { plainString } from "./mrkdwn.js";
import { state } from "./state.js";

export function selectElement(element, place) {
    const wanted = withDefault(element);
    const held = place.surface.register(place.blockID, wanted);
    const multiple = element.type.startsWith("multi_");
    const kind = element.type.replace(/^multi_/, "");
    const source = sources[kind](element, place);
    const value = place.surface.value(place.blockID, wanted);
    const chosen = held === null || value === null ? [] : [value].flat();
    const box = new Combobox({
        id: place.id, label: place.label, labelledBy: place.labelledBy, multiple,
        placeholder: plainString(element.placeholder ?? "Choose an option"),
        maxSelected: element.max_selected_items ?? Infinity,
        clearable: place.inInput && place.optional,
        delay: kind === "external_select" ? 200 : 0,
        selected: chosen.map((each) => source.item(each)),
        load: source.load,
        onChange: (options) => changed(element, wanted, place, multiple ? options : options[0] ?? null, box.node),
    });
    return box.node;
}

async function changed(element, wanted, place, value, node) {
    const before = place.surface.value(place.blockID, wanted);
    place.surface.set(place.blockID, wanted, value);
    place.onEdit?.();
    if (!place.dispatches) return true;
    const { type, ...fields } = place.surface.stateOf(place.blockID, wanted);
    const sent = await place.surface.act(place.blockID, element, fields, node);
    if (!sent) place.surface.set(place.blockID, wanted, before);
    return sent;
}

function withDefault(element) {
    if (!element.default_to_current_conversation || !state.channel) return element;
    if (element.type === "conversations_select") {
        return { ...element, initial_conversation: element.initial_conversation ?? state.channel };
    }
    if (element.type === "multi_conversations_select") {
        return { ...element, initial_conversations: element.initial_conversations ?? [state.channel] };
    }
    return element;
}

const optionItem = (option) => ({
    key: option.value,
    label: plainString(option.text),
    description: option.description ? plainString(option.description) : null,
    option,
});

function grouped(answer) {
    if (answer.option_groups) {
        return answer.option_groups.map((group) => ({
            label: plainString(group.label), items: (group.options ?? []).map(optionItem),
        }));
    }
    return [{ items: (answer.options ?? []).map(optionItem) }];
}

function filtered(groups, query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (item) => {
        const text = `${item.label} ${item.search ?? ""}`.toLowerCase();
        return words.every((word) => text.includes(word));
    };
    return groups.map((group) => ({ ...group, items: group.items.filter(matches) }));
}

function fixed(items, find) {
    return { item: find, load: (query) => ({ groups: filtered([{ items: items() }], query) }) };
}

const personItem = (person) => ({
    key: person.id,
    label: person.real_name || person.name,
    search: person.name,
    description: person.is_bot ? "App" : person.is_guest ? "Guest" : null,
    leading: avatar(person, "small"),
    option: person.id,
});

const channelItem = (channel) => ({
    key: channel.id,
    label: channel.kind === "im" ? channelTitle(channel) : `#${channelTitle(channel)}`,
    description: channel.kind === "private" ? "Private channel" : channel.kind === "im" ? "Direct message" : null,
    option: channel.id,
});

function oneOf(all, build) {
    const list = () => all().map(build);
    return fixed(list, (id) => list().find((item) => item.key === id) ?? { key: id, label: id, option: id });
}

const kindOf = { public: "public", private: "private", im: "im" };

function conversations(element) {
    const filter = element.filter ?? {};
    return oneOf(() => allChannels().filter((channel) => {
        const kinds = filter.include;
        if (kinds && !kinds.includes(kindOf[channel.kind])) return false;
        const withBot = channel.kind === "im" && allPeople().some((p) => p.is_bot && p.id === channel.im_user);
        return !(filter.exclude_bot_users && withBot);
    }), channelItem);
}

function external(element, place) {
    const minimum = element.min_query_length ?? 3;
    return {
        item: optionItem,
        load: (query) => {
            if (query.length < minimum) {
                const more = minimum === 1 ? "Start typing to search" : `Type at least ${minimum} characters`;
                return { groups: [], note: more };
            }
            return post("/client/options", {
                ...place.surface.address, block_id: place.blockID, action_id: element.action_id, value: query,
            }).then((answer) => (answer.ok
                ? { groups: grouped(answer), note: query ? `No results for “${query}”` : "No results" }
                : { groups: [], note: "Couldn’t load the options. Try again?" }));
        },
    };
}

const sources = {
    static_select: (element) => ({
        item: optionItem,
        load: (query) => ({ groups: filtered(grouped(element), query) }),
    }),
    external_select: external,
    users_select: () => oneOf(allPeople, personItem),
    conversations_select: conversations,
    channels_select: () => oneOf(() => allChannels().filter((channel) => channel.kind === "public"), channelItem),
};
