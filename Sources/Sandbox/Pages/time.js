/*
 * Times as the person one is reads them: everything is shown in that person's time zone, as Slack does.
 */

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Sets the reader's time zone; an unknown name keeps the one before. */
export function setTimeZone(name) {
    if (!name) return;
    try {
        new Intl.DateTimeFormat("en", { timeZone: name });
        zone = name;
    } catch {
        console.warn(`Unknown time zone ${name}`);
    }
}

/** A Slack timestamp ("1700000000.000100") as a Date. */
export function dateOf(ts) {
    return new Date(Number.parseFloat(ts) * 1000);
}

function format(date, options, timeZone = zone) {
    return new Intl.DateTimeFormat("en-US", { timeZone, ...options }).format(date);
}

export function clock(date, timeZone = zone) {
    return format(date, { hour: "numeric", minute: "2-digit" }, timeZone);
}

export function fullTime(date) {
    return format(date, {
        weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit",
        second: "2-digit", timeZoneName: "short",
    });
}

/** The calendar day in the reader's zone, as YYYY-MM-DD. */
export function dayKey(date) {
    return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" })
        .format(date);
}

function relativeDay(date) {
    const distance = Math.round((Date.parse(dayKey(date)) - Date.parse(dayKey(new Date()))) / 86_400_000);
    return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[distance] ?? null;
}

/** What stands on the line between two days. */
export function dayLabel(date) {
    const sameYear = dayKey(date).slice(0, 4) === dayKey(new Date()).slice(0, 4);
    return relativeDay(date)
        ?? format(date, { weekday: "long", month: "long", day: "numeric", year: sameYear ? undefined : "numeric" });
}

/** "3 minutes ago", "in 2 days". */
export function ago(date) {
    const seconds = (date.getTime() - Date.now()) / 1000;
    const units = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60]];
    const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
    for (const [unit, size] of units) {
        if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
    }
    return Math.abs(seconds) < 10 ? "just now" : relative.format(Math.trunc(seconds), "second");
}

function ordinal(day) {
    if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
    return `${day}${{ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th"}`;
}

function longDate(date) {
    const day = Number(format(date, { day: "numeric" }));
    return `${format(date, { month: "long" })} ${ordinal(day)}, ${format(date, { year: "numeric" })}`;
}

/**
 * Slack's date format string, as in <!date^1392734382^{date_short} at {time}|fallback>. “today” is “Today” where the
 * date begins a line.
 */
export function slackDate(unix, pattern, isFirst) {
    const date = new Date(unix * 1000);
    const short = () => format(date, { month: "short", day: "numeric", year: "numeric" });
    const long = () => `${format(date, { weekday: "long" })}, ${longDate(date)}`;
    const pretty = (plain) => relativeDay(date)?.toLowerCase() ?? plain();
    const tokens = {
        date_num: () => dayKey(date),
        date_slash: () => format(date, { month: "2-digit", day: "2-digit", year: "numeric" }),
        date: () => longDate(date),
        date_short: short,
        date_long: long,
        date_pretty: () => pretty(() => longDate(date)),
        date_short_pretty: () => pretty(short),
        date_long_pretty: () => pretty(long),
        day_divider_pretty: () => dayLabel(date),
        date_long_full: long,
        time: () => clock(date),
        time_secs: () => format(date, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
        ago: () => ago(date),
    };
    let text = pattern.replace(/\{([a-z_]+)\}/g, (whole, name) => tokens[name]?.() ?? whole);
    const startsPretty = /^\{(date|date_short|date_long)_pretty\}/.test(pattern);
    if (isFirst && startsPretty) text = text.charAt(0).toUpperCase() + text.slice(1);
    return text;
}

function offset(milliseconds) {
    const parts = Object.fromEntries(
        new Intl.DateTimeFormat("en-US", {
            timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit",
            minute: "2-digit", second: "2-digit",
        }).formatToParts(new Date(milliseconds)).map((part) => [part.type, Number(part.value)]));
    const asUTC = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
    return asUTC - Math.floor(milliseconds / 1000) * 1000;
}

/** Unix seconds as the value of a datetime-local input in the reader's zone. */
export function localInputValue(unix) {
    const milliseconds = unix * 1000;
    return new Date(milliseconds + offset(milliseconds)).toISOString().slice(0, 16);
}

/** The unix seconds of a datetime-local input's value in the reader's zone, or null. */
export function unixOfLocalInput(value) {
    const wall = Date.parse(`${value}:00Z`);
    if (Number.isNaN(wall)) return null;
    const first = wall - offset(wall);
    return Math.floor((wall - offset(first)) / 1000);
}

/** "Berlin" and what the clock says there. */
export function zoneNow(name) {
    if (!name) return null;
    try {
        return { place: name.split("/").pop().replaceAll("_", " "), time: clock(new Date(), name) };
    } catch {
        return null;
    }
}
