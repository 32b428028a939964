/*
 * Being somebody else: the people of this workspace.
 */

import { avatar } from "./avatar.js";
import { allPeople } from "./directory.js";
import { openMenu } from "./popover.js";
import { state } from "./state.js";
import { enter } from "./store.js";
import { zoneNow } from "./time.js";

function about(person) {
    const there = zoneNow(person.tz);
    return [
        person.is_guest ? "Guest" : null,
        person.email ? null : "No e-mail address",
        there ? `${there.place}, ${there.time}` : null,
    ].filter(Boolean).join(" · ");
}

export function openPeople(anchor, { above = false } = {}) {
    const people = allPeople().filter((person) => !person.is_bot);
    openMenu(anchor, [
        { heading: "Be somebody else" },
        ...people.map((person) => ({
            label: person.real_name || person.name, description: about(person), leading: avatar(person, "medium"),
            current: person.id === state.me, data: { testid: "person", user: person.id },
            onSelect: () => person.id !== state.me
                && enter({ team: state.team, user: person.id, channel: state.channel }),
        })),
    ], { label: "Be somebody else", above, testid: "person-menu" });
}
