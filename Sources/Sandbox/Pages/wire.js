/*
 * From what a person types to what is sent: names become <@U…|name> and <#C…|name>, so that two people of one name
 * are never mixed up. The three escapes of Slack's message texts are put in by the other side.
 */

import { allChannels, allPeople } from "./directory.js";

/** Every name that can be mentioned, longest first, so that “@Ada Martin” wins over “@Ada”. */
function names() {
    const found = [];
    for (const person of allPeople()) {
        const token = `<@${person.id}|${person.name}>`;
        if (person.real_name) found.push([`@${person.real_name}`.toLowerCase(), token]);
        if (person.name) found.push([`@${person.name}`.toLowerCase(), token]);
    }
    for (const channel of allChannels()) {
        if (channel.kind !== "im") found.push([`#${channel.name}`, `<#${channel.id}|${channel.name}>`]);
    }
    return found.sort((a, b) => b[0].length - a[0].length);
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

export function toWire(text) {
    const known = names();
    let result = "";
    let at = 0;
    while (at < text.length) {
        const starts = (text[at] === "@" || text[at] === "#") && !isWord(text[at - 1]);
        const hit = starts && known.find(([name]) =>
            text.slice(at, at + name.length).toLowerCase() === name && !isWord(text[at + name.length]));
        result += hit ? hit[1] : text[at];
        at += hit ? hit[0].length : 1;
    }
    return result;
}
