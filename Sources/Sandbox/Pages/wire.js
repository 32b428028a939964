/*
 * From what a person types to what Slack sends: the three escapes, and names turned into <@U…|name> and <#C…|name>.
 */

import { allChannels, allPeople, allUsergroups } from "./directory.js";
import { escape } from "./mrkdwn.js";

/** Every name that can be mentioned, longest first, so that “@Ada Martin” wins over “@Ada”. */
function names() {
    const found = [];
    for (const person of allPeople()) {
        const token = `<@${person.id}|${person.name}>`;
        if (person.real_name) found.push([`@${person.real_name}`, token]);
        if (person.name) found.push([`@${person.name}`, token]);
    }
    for (const channel of allChannels()) {
        if (channel.kind !== "im") found.push([`#${channel.name}`, `<#${channel.id}|${channel.name}>`]);
    }
    for (const group of allUsergroups()) found.push([`@${group.handle}`, `<!subteam^${group.id}|@${group.handle}>`]);
    for (const range of ["here", "channel", "everyone"]) found.push([`@${range}`, `<!${range}>`]);
    return found.map(([name, token]) => [escape(name), token]).sort((a, b) => b[0].length - a[0].length);
}

const wordEnd = /[\p{L}\p{N}_]/u;

export function toWire(text) {
    const typed = escape(text);
    const known = names();
    let result = "";
    let at = 0;
    while (at < typed.length) {
        const starts = (typed[at] === "@" || typed[at] === "#") && !wordEnd.test(typed[at - 1] ?? " ");
        const hit = starts && known.find(([name]) => {
            const part = typed.slice(at, at + name.length);
            return part.toLowerCase() === name.toLowerCase() && !wordEnd.test(typed[at + name.length] ?? " ");
        });
        result += hit ? hit[1] : typed[at];
        at += hit ? hit[0].length : 1;
    }
    return result;
}
