/*
 * Who is on call, the services, the people.
 */

import { h } from "./dom.js";
import { copy, giveRole, moment, now, policy, schedule, service, setMe, state, user } from "./pagerdutyapi.js";
import { triggerDialog } from "./pagerdutydialogs.js";
import { colorOf, face, initials, redraw } from "./pagerdutyparts.js";

const target = (id, wanted, rest = "") => `${rest}${id === wanted ? " pd-target" : ""}`;
const person = (id) => h("a", { class: "pd-person", href: `#/users/${id}` }, face(user(id)), user(id)?.name);

export function onCallView(id) {
    return h("div", { class: "pd-page", data: { scroll: "page" } },
        h("div", { class: "pd-cards" }, state.board.policies.map((one) => policyCard(one, id))),
        h("h2", {}, "The next seven days"),
        h("div", { class: "card pd-weeks" }, days(), state.board.schedules.map((one) => week(one, id))));
}

function policyCard(one, id) {
    return h("section", { class: target(one.id, id, "card pd-policy"), data: { testid: "policy", id: one.id } },
        h("h3", {}, one.name),
        h("p", { class: "muted" }, one.services.map((each) => service(each)?.name).join(", ") || "No service"),
        h("ol", { class: "pd-levels" }, one.levels.map((level) => h("li", {},
            h("span", { class: "pd-level" }, level.level),
            h("div", {}, level.targets.map(duty),
                level.level < one.levels.length ? h("div", { class: "pd-delay muted" }, `If nobody answers within ${level.delay} min:`) : null)))),
        one.loops > 0 ? h("p", { class: "muted pd-loops" }, `Starts again ${one.loops === 1 ? "once" : `${one.loops} times`}`) : null);
}

function duty(one) {
    if (!one.schedule) return h("div", { class: "pd-duty" }, person(one.user), h("span", { class: "muted" }, "always"));
    const next = one.next ? `${one.user ? "Then" : "Next"} ${user(one.next)?.name}${one.user ? "" : `, from ${moment(one.next_at)}`}` : "";
    return h("div", { class: "pd-duty" },
        one.user ? person(one.user) : h("span", { class: "pd-person muted" }, h("span", { class: "pd-face pd-nobody", "aria-hidden": "true" }, "–"), "Nobody at the moment"),
        h("span", { class: "muted" }, [schedule(one.schedule)?.name, one.until ? `until ${moment(one.until)}` : ""].filter(Boolean).join(", ")),
        h("span", { class: "muted" }, next));
}

const dayName = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });
const weekLength = 7 * 86_400_000;

function days() {
    const first = new Date(now());
    first.setHours(24, 0, 0, 0);
    const marks = Array.from({ length: 7 }, (_, index) => new Date(first.getTime() + index * 86_400_000));
    return h("div", { class: "pd-days", "aria-hidden": "true" }, marks.map((day) => h("span", {
        style: { "--at": `${((day.getTime() - now()) / weekLength) * 100}%` },
    }, dayName.format(day))));
}

function week(one, id) {
    const share = (text) => Math.min(100, Math.max(0, ((Date.parse(text) - now()) / weekLength) * 100));
    return h("div", { class: target(one.id, id, "pd-week"), data: { testid: "schedule", id: one.id } },
        h("div", { class: "pd-week-name" }, h("strong", {}, one.name), h("span", { class: "muted" }, one.time_zone)),
        h("div", { class: "pd-strip" }, one.week.map((shift) => {
            const who = user(shift.user);
            const [from, to] = [share(shift.start), share(shift.end)];
            return h("span", {
                class: "pd-shift", title: `${who?.name}: ${moment(shift.start)} – ${moment(shift.end)}`,
                style: { "--from": `${from}%`, "--width": `${to - from}%`, "--face": colorOf(who) },
            }, h("span", {}, to - from > 9 ? who?.name : to - from > 5.5 ? who?.name.split(" ")[0] : to - from > 2.5 ? initials(who) : ""));
        })));
}

const services = { critical: ["dot-bad", "Triggered"], warning: ["dot-warn", "Acknowledged"], active: ["dot-ok", "Fine"], disabled: ["", "Disabled"] };

export function servicesView(id) {
    return h("div", { class: "pd-page", data: { scroll: "page" } },
        h("div", { class: "table-wrap card pd-table" }, h("table", { class: "table" },
            h("thead", {}, h("tr", {}, ["Service", "On call now", "Escalation policy", "Team", "Open", ""].map((name) => h("th", { scope: "col" }, name)))),
            h("tbody", {}, state.board.services.map((one) => {
                const [dot, word] = services[one.status] ?? services.active;
                const first = policy(one.policy)?.levels.flatMap((level) => level.targets).find((each) => each.user);
                return h("tr", { class: target(one.id, id), data: { testid: "service", id: one.id } },
                    h("td", {}, h("div", { class: "pd-name" }, h("span", { class: `dot ${dot}`, role: "img", "aria-label": word }), h("strong", {}, one.name)),
                        h("div", { class: "muted" }, one.description)),
                    h("td", {}, first ? person(first.user) : "Nobody"),
                    h("td", {}, h("a", { href: `#/escalation_policies/${one.policy}` }, policy(one.policy)?.name)),
                    h("td", {}, one.teams.join(", ")),
                    h("td", {}, one.open > 0 ? h("span", { class: `badge ${one.triggered ? "badge-bad" : "badge-warn"}` }, one.open) : "–"),
                    h("td", { class: "pd-right" }, h("button", {
                        type: "button", class: "button button-small", data: { key: `trigger-${one.id}` }, onclick: () => triggerDialog(one.id),
                    }, "Trigger")));
            })))));
}

export function peopleView(id) {
    const { account, users, roles } = state.board;
    return h("div", { class: "pd-page", data: { scroll: "page" } },
        h("div", { class: "card pd-account" },
            h("div", {}, h("h2", {}, account.name), h("p", { class: "muted" }, `${account.taken} of ${account.seats} seats are taken`)),
            secret("REST API key of the account", account.key, "account-key", "copy-key"),
            secret("Address of the REST API", account.api, "api", "copy-api")),
        h("p", { class: "pd-hint" }, "To act as somebody from Slack, link the account there with the person’s ", h("strong", {}, "user API token"),
            ". In PagerDuty people make one under My Profile › User Settings."),
        h("div", { class: "table-wrap card pd-table" }, h("table", { class: "table" },
            h("thead", {}, h("tr", {}, ["Person", "Role", "On call for", "User API token", ""].map((name) => h("th", { scope: "col" }, name)))),
            h("tbody", {}, users.map((one) => h("tr", { class: target(one.id, id), data: { testid: "person", id: one.id } },
                h("td", {}, h("div", { class: "pd-name" }, face(one), h("div", {}, h("strong", {}, one.name),
                    one.id === state.me ? h("span", { class: "badge badge-info" }, "you") : null,
                    one.invited ? h("span", { class: "badge" }, "invited") : null,
                    h("div", { class: "muted" }, one.email)))),
                h("td", {}, h("select", {
                    class: "input input-small pd-role", "aria-label": `Role of ${one.name}`, data: { testid: "role", key: `role-${one.id}` },
                    onchange: (event) => giveRole(one.id, event.target.value),
                }, roles.map((role) => h("option", { value: role.id, selected: role.id === one.role }, role.name)))),
                h("td", {}, one.on_call.length ? one.on_call.join(", ") : h("span", { class: "muted" }, "–")),
                h("td", {}, h("div", { class: "pd-token" }, h("code", { data: { testid: "token" } }, one.token), h("button", {
                    type: "button", class: "button button-small", data: { testid: "copy", key: `copy-${one.id}` },
                    "aria-label": `Copy the token of ${one.name}`, onclick: (event) => copy(one.token, event.currentTarget),
                }, "Copy"))),
                h("td", { class: "pd-right" }, one.id === state.me ? null : h("button", {
                    type: "button", class: "button button-small button-quiet", data: { testid: "be", key: `be-${one.id}` },
                    onclick: () => { setMe(one.id); redraw(); },
                }, `Be ${one.name.split(" ")[0]}`))))))),
        webhooks());
}

/** Where the account sends its events. */
function webhooks() {
    const { webhooks: all } = state.board;
    if (all.length === 0) return null;
    return [h("h2", {}, "Webhook subscriptions"), h("div", { class: "table-wrap card pd-table" }, h("table", { class: "table" },
        h("thead", {}, h("tr", {}, ["Address", "Description", "Events", "State"].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, all.map((one) => h("tr", { data: { testid: "webhook", id: one.id } },
            h("td", {}, h("code", {}, one.url)), h("td", {}, one.description ?? ""), h("td", {}, one.events),
            h("td", {}, one.disabled_until && Date.parse(one.disabled_until) > now()
                ? h("span", { class: "badge badge-bad" }, `Switched off until ${moment(one.disabled_until)}`)
                : one.active ? h("span", { class: "badge badge-ok" }, "Active") : h("span", { class: "badge" }, "Inactive")))))))];
}

function secret(label, value, name, copyName) {
    return h("div", { class: "pd-secret" }, h("span", { class: "muted" }, label), h("div", { class: "pd-token" },
        h("code", { data: { testid: name } }, value),
        h("button", {
            type: "button", class: "button button-small", data: { testid: copyName }, "aria-label": `Copy: ${label}`,
            onclick: (event) => copy(value, event.currentTarget),
        }, "Copy")));
}
