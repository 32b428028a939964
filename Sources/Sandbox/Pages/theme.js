/*
 * The reader's choice of light or dark, shared by every page. A classic script in <head>, so that the right theme
 * is there before the first paint. Any element with data-theme-toggle becomes the switch.
 */
(() => {
    const key = "sandbox.theme";
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)");

    function chosen() {
        try {
            const value = localStorage.getItem(key);
            return value === "light" || value === "dark" ? value : null;
        } catch {
            return null;
        }
    }

    function isDark() {
        return (chosen() ?? (system.matches ? "dark" : "light")) === "dark";
    }

    function svg(paths) {
        const ns = "http://www.w3.org/2000/svg";
        const icon = document.createElementNS(ns, "svg");
        icon.setAttribute("viewBox", "0 0 24 24");
        icon.setAttribute("aria-hidden", "true");
        for (const d of paths) {
            const path = document.createElementNS(ns, "path");
            path.setAttribute("d", d);
            icon.append(path);
        }
        return icon;
    }

    const moon = ["M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"];
    const sun = [
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
        "M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M4.9 4.9l1.8 1.8M17.3 17.3l1.8 1.8M4.9 19.1l1.8-1.8M17.3 6.7l1.8-1.8",
    ];

    function apply() {
        const theme = chosen();
        if (theme) root.dataset.theme = theme;
        else delete root.dataset.theme;
        for (const toggle of document.querySelectorAll("[data-theme-toggle]")) {
            const next = isDark() ? "light" : "dark";
            toggle.replaceChildren(svg(isDark() ? sun : moon));
            toggle.setAttribute("aria-label", `Switch to the ${next} theme`);
            toggle.title = `Switch to the ${next} theme`;
        }
    }

    apply();
    system.addEventListener("change", apply);
    addEventListener("storage", apply);
    document.addEventListener("DOMContentLoaded", apply);
    document.addEventListener("click", (event) => {
        if (!event.target.closest?.("[data-theme-toggle]")) return;
        try {
            localStorage.setItem(key, isDark() ? "light" : "dark");
        } catch {
            root.dataset.theme = isDark() ? "light" : "dark";
        }
        apply();
    });
})();
