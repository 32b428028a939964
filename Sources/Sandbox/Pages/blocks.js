/*
 * Block Kit's layout blocks as DOM: https://docs.slack.dev/reference/block-kit/blocks
 */

import { h, safeURL, uniqueID } from "./dom.js";
import { element } from "./elements.js";
import { isStateful } from "./elementstate.js";
import { image } from "./images.js";
import { markdown } from "./markdown.js";
import { plain, plainString, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/** Draws a list of blocks that belong to a surface. */
export function blocks(list, surface, { onEdit } = {}) {
    return h("div", { class: "blocks" }, (list ?? []).map((block, index) => {
        const drawn = draw(block, { surface, blockID: block?.block_id ?? `block-${index}`, onEdit });
        drawn.dataset.blockId = block?.block_id ?? `block-${index}`;
        drawn.dataset.testid ??= "block";
        return drawn;
    }));
}

function draw(block, place) {
    const render = renderers[block?.type];
    if (render) return render(block, place);
    return h("div", { class: "block unknown" }, `The block type “${block?.type}” is not drawn here.`);
}

const renderers = {
    header: (block) => h("div", { class: "block block-header", role: "heading", "aria-level": "3" },
        textObject(block.text)),
    divider: () => h("hr", { class: "block block-divider" }),
    section, context, actions, context_actions: actions, input, table,
    image: (block) => h("figure", { class: "block block-image" },
        block.title ? h("figcaption", {}, textObject(block.title)) : null, image(block, "block")),
    rich_text: (block) => h("div", { class: "block" }, richText(block)),
    markdown: (block) => h("div", { class: "block" }, markdown(block.text ?? "")),
    video: (block) => h("div", { class: "block" }, h("strong", {}, textObject(block.title)), " ", videoLink(block)),
};

function videoLink(block) {
    const href = safeURL(block.title_url ?? block.video_url ?? "");
    return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, "Watch the video") : null;
}

function section(block, place) {
    const accessory = block.accessory;
    const body = h("div", { class: "section-body" },
        block.text ? h("div", { class: "block-text" }, textObject(block.text)) : null,
        block.fields ? h("div", { class: "section-fields" },
            block.fields.map((field) => h("div", { class: "block-text" }, textObject(field)))) : null);
    const wide = accessory && ["radio_buttons", "checkboxes"].includes(accessory.type);
    return h("div", { class: wide ? "block block-section is-wide" : "block block-section" }, body,
        accessory ? h("div", { class: "section-accessory" }, element(accessory, {
            ...place, dispatches: true, label: nameFor(accessory, block.text),
        })) : null);
}

/** What a screen reader calls an element that has no label of its own. */
function nameFor(item, text) {
    if (!isStateful(item)) return null;
    const words = item.placeholder ?? text;
    return words ? plainString(words).replace(/[*_~`]/g, "").slice(0, 100) : "Options";
}

function context(block) {
    return h("div", { class: "block block-context" }, (block.elements ?? []).map((item) =>
        item.type === "image" ? image(item, "context") : h("span", { class: "block-text" }, textObject(item))));
}

function actions(block, place) {
    return h("div", { class: "block block-actions" }, (block.elements ?? []).map((item) =>
        element(item, { ...place, dispatches: true, label: nameFor(item, null) })));
}

/** A labelled field; modal.js finds it by data-block-id to show an error. */
function input(block, place) {
    const item = block.element ?? {};
    const id = uniqueID("field");
    const labelID = `${id}-label`;
    const hintID = `${id}-hint`;
    const isGroup = ["radio_buttons", "checkboxes"].includes(item.type);
    const optional = block.optional === true;
    const label = plainString(block.label ?? "");
    const drawn = element(item, {
        ...place, inInput: true, dispatches: block.dispatch_action === true, optional, id, label, labelledBy: labelID,
    });
    const control = drawn.id === id ? drawn : drawn.querySelector(`#${id}`) ?? drawn;
    if (block.hint) control.setAttribute("aria-describedby", hintID);
    if (!optional) control.setAttribute("aria-required", "true");
    return h("div", {
        class: "block field block-input",
        data: { testid: "field", label, actionId: item.action_id, required: String(!optional) },
    },
    h(isGroup ? "span" : "label", { id: labelID, class: "label", for: isGroup ? null : id }, plain(label, false),
        optional ? h("span", { class: "field-optional" }, " (optional)") : null),
    drawn,
    h("div", { id: `${id}-error`, class: "field-error", role: "alert", data: { testid: "field-error" }, hidden: true }),
    block.hint ? h("div", { id: hintID, class: "field-hint" }, textObject(block.hint)) : null);
}

function table(block) {
    const cell = (item) => (item.type === "rich_text" ? richText(item) : plain(item.text ?? ""));
    const [head, ...rest] = block.rows ?? [];
    const align = (index) => block.column_settings?.[index]?.align ?? "left";
    const row = (cells, tag) => h("tr", {}, cells.map((item, index) =>
        h(tag, { class: `align-${align(index)}` }, cell(item))));
    return h("div", { class: "block table-wrap" }, h("table", { class: "md-table" },
        head ? h("thead", {}, row(head, "th")) : null, h("tbody", {}, rest.map((cells) => row(cells, "td")))));
}
