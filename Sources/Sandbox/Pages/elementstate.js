/*
 * What an interactive element holds, in the shape that Slack puts into `state.values` and `actions`.
 * https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
 */

const shapes = {
    plain_text_input: ["value", (e) => e.initial_value ?? null],
    email_text_input: ["value", (e) => e.initial_value ?? null],
    url_text_input: ["value", (e) => e.initial_value ?? null],
    number_input: ["value", (e) => e.initial_value ?? null],
    rich_text_input: ["rich_text_value", (e) => e.initial_value ?? null],
    static_select: ["selected_option", (e) => e.initial_option ?? null],
    external_select: ["selected_option", (e) => e.initial_option ?? null],
    users_select: ["selected_user", (e) => e.initial_user ?? null],
    conversations_select: ["selected_conversation", (e) => e.initial_conversation ?? null],
    channels_select: ["selected_channel", (e) => e.initial_channel ?? null],
    multi_static_select: ["selected_options", (e) => e.initial_options ?? []],
    multi_external_select: ["selected_options", (e) => e.initial_options ?? []],
    multi_users_select: ["selected_users", (e) => e.initial_users ?? []],
    multi_conversations_select: ["selected_conversations", (e) => e.initial_conversations ?? []],
    multi_channels_select: ["selected_channels", (e) => e.initial_channels ?? []],
    radio_buttons: ["selected_option", (e) => e.initial_option ?? null],
    checkboxes: ["selected_options", (e) => e.initial_options ?? []],
    datepicker: ["selected_date", (e) => e.initial_date ?? null],
    timepicker: ["selected_time", (e) => e.initial_time ?? null],
    datetimepicker: ["selected_date_time", (e) => e.initial_date_time ?? null],
};

/** Whether the element has a value that `state` reports (a button has not). */
export const isStateful = (element) => element.type in shapes;

/** The name of the field that holds the element's value. */
export const valueField = (element) => shapes[element.type]?.[0] ?? null;

/** The element's state before anybody touched it. */
export function initialState(element) {
    const [field, initial] = shapes[element.type];
    const state = { type: element.type, [field]: initial(element) };
    if (element.type === "timepicker" && element.timezone) state.timezone = element.timezone;
    return state;
}

/** Whether nothing was entered or chosen. */
export function isEmpty(state) {
    if (!state) return true;
    return Object.entries(state).every(([name, value]) => {
        if (name === "type" || name === "timezone") return true;
        if (Array.isArray(value)) return value.length === 0;
        return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
    });
}
