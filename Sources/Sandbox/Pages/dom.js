/*
 * Building DOM nodes. Text only ever becomes a text node, so nothing that an app or a person wrote is read as HTML.
 */

/**
 * Makes an element. Properties: `class`, `data: {testid: …}`, `style: {"--x": …}`, `on…` listeners; anything else is an
 * attribute (true writes it empty; null, undefined and false leave it out).
 */
export function h(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {})) {
        if (value === null || value === undefined || value === false) continue;
        if (name === "class") node.className = value;
        else if (name === "data") for (const [key, item] of Object.entries(value)) setData(node, key, item);
        else if (name === "style") for (const [key, item] of Object.entries(value)) node.style.setProperty(key, item);
        else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
        else node.setAttribute(name, value === true ? "" : String(value));
    }
    append(node, children);
    return node;
}

function setData(node, key, value) {
    if (value !== null && value !== undefined) node.dataset[key] = value;
}

/** Appends nodes and strings, skipping what is empty and opening lists. */
export function append(node, children) {
    for (const child of [children].flat(Infinity)) {
        if (child === null || child === undefined || child === false || child === "") continue;
        node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return node;
}

let counter = 0;

/** An id that no other element of the page has. */
export function uniqueID(prefix) {
    counter += 1;
    return `${prefix}-${counter}`;
}

const icons = {
    close: ["M6 6l12 12M18 6L6 18"],
    back: ["M14 6l-6 6 6 6"],
    down: ["M6 9l6 6 6-6"],
    more: ["M5 12h.01M12 12h.01M19 12h.01"],
    menu: ["M4 7h16M4 12h16M4 17h16"],
    search: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "M15.5 15.5L20 20"],
    send: ["M4 12l16-8-6 16-3-7z"],
    slash: ["M15 5L9 19"],
    at: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.6 7.2"],
    bolt: ["M13 3L5 13.5h6L10 21l8.5-11H12.5z"],
    reply: ["M20 12a8 8 0 1 0-3.2 6.4L20 19.5l-.9-3.4A8 8 0 0 0 20 12z"],
    hash: ["M10 4L8 20M16 4l-2 16M4.5 9h16M3.5 15h16"],
    lock: ["M7 11V8a5 5 0 0 1 10 0v3", "M5 11h14v9H5z"],
    eye: [
        "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z", "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    ],
    check: ["M5 12.5l4.5 4.5L19 7.5"],
    smile: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M8.5 14.5a4 4 0 0 0 7 0", "M9 9.5h.01M15 9.5h.01"],
    robot: ["M6 9h12v9H6z", "M12 9V5M12 4.5h.01", "M9.5 13h.01M14.5 13h.01", "M3.5 12v3M20.5 12v3"],
    warning: ["M12 4l9 16H3z", "M12 10v4.5M12 17.3h.01"],
    bulb: ["M9 17.5h6M10 20.5h4", "M12 3.5a6 6 0 0 0-3.5 10.9c.5.4.5 1 .5 1.6h6c0-.6 0-1.2.5-1.6A6 6 0 0 0 12 3.5z"],
    pause: ["M8 5v14M16 5v14"],
    play: ["M7 5l12 7-12 7z"],
    person: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.5 20a7.5 7.5 0 0 1 15 0"],
};

/** A line icon; decoration only, so the element around it needs a label. */
export function icon(name) {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", `icon icon-${name}`);
    svg.setAttribute("aria-hidden", "true");
    for (const d of icons[name] ?? []) {
        const path = document.createElementNS(ns, "path");
        path.setAttribute("d", d);
        svg.append(path);
    }
    return svg;
}

/** The address if a click on it is harmless (no javascript:, no data:), else null. */
export function safeURL(text) {
    try {
        const url = new URL(text, location.href);
        return ["http:", "https:", "mailto:", "tel:", "slack:"].includes(url.protocol) ? url.href : null;
    } catch {
        return null;
    }
}

/** A link that opens beside the page, or plain text where the address is not one to follow. */
export function link(address, ...children) {
    const href = safeURL(address);
    if (!href) return h("span", {}, children);
    return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, children);
}
