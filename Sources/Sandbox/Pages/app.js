/*
 * The simulated Slack client: starts its parts and goes to where the address or the last visit says.
 */

import { composer, startChannel } from "./channel.js";
import { startHome } from "./home.js";
import { startModals } from "./modal.js";
import { emit, on, state } from "./state.js";
import { enter, openChannel, openThread, readAddress } from "./store.js";
import { rememberedPlace, setDrawer, startSidebar } from "./sidebar.js";
import { startSwitcher } from "./switcher.js";
import { startThread } from "./thread.js";

startSidebar();
startHome();
startChannel();
startThread();
startModals();
startSwitcher();

on("channel", () => setDrawer(false));

on("connection", () => {
    document.querySelector("#offline").hidden = state.connected;
});

document.addEventListener("click", (event) => {
    const channel = event.target.closest?.("[data-open-channel]");
    if (channel) openChannel(channel.dataset.openChannel);
});

// Typing anywhere writes, as in Slack: a letter that no field or button wants goes to the composer.
document.addEventListener("keydown", (event) => {
    const isLetter = event.key.length === 1 && !event.metaKey && !event.ctrlKey && !event.altKey && event.key !== " ";
    const inField = event.target.closest?.("input, textarea, select, dialog, [popover]");
    if (isLetter && !inField && !document.querySelector("dialog[open]")) composer.focus();
});

addEventListener("hashchange", () => {
    const place = readAddress();
    if (!place.team) return;
    if (place.team !== state.team || (place.user && place.user !== state.me)) enter(place);
    else if (place.channel && place.channel !== state.channel) openChannel(place.channel, place.thread ?? null);
    else if ((place.thread ?? null) !== state.thread) openThread(place.thread ?? null);
});

// The person's clock and “3 minutes ago” move on.
setInterval(() => {
    if (!document.hidden && !document.querySelector("[popover]")) emit("clock");
}, 60_000);

const place = readAddress();
await enter(place.team ? place : rememberedPlace());
setDrawer(false);
composer.focus();
