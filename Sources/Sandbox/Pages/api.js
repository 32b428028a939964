/*
 * The page's line to the simulated Slack: JSON requests and one stream of events.
 */

/** Who the page is at the moment; sent with every request. */
export const session = { team: null, user: null };

function query(values) {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) if (value) search.set(name, value);
    return search.size ? `?${search}` : "";
}

/** GET as the current person. Throws when there is no answer that can be read. */
export async function get(path, values = {}) {
    const response = await fetch(`${path}${query({ ...session, ...values })}`, { cache: "no-store" });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
}

/** POST as the current person. Never throws: what goes wrong is {ok: false, error}. */
export async function post(path, body = {}) {
    try {
        const response = await fetch(path, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ ...session, ...body }),
        });
        const answer = await response.json().catch(() => ({}));
        if (response.ok) return { ok: true, ...answer };
        return { ...answer, ok: false, error: answer.error ?? `http_${response.status}` };
    } catch {
        return { ok: false, error: "no_connection" };
    }
}

/**
 * Follows a stream of events until closed. After a gap `onReturn` is called, so that the page can reload what it
 * may have missed.
 */
export function follow(path, values, { onEvent, onReturn, onState }) {
    let source = null;
    let timer = null;
    let wait = 500;
    let dropped = false;
    let stopped = false;

    function connect() {
        source = new EventSource(`${path}${query(values)}`);
        source.onopen = () => {
            wait = 500;
            onState?.(true);
            if (dropped) onReturn?.();
            dropped = false;
        };
        source.onmessage = ({ data }) => {
            let event = null;
            try {
                event = JSON.parse(data);
            } catch {
                console.warn("An event that is not JSON", data);
            }
            if (event) onEvent(event);
        };
        source.onerror = () => {
            dropped = true;
            onState?.(false);
            source.close();
            if (stopped) return;
            timer = setTimeout(connect, wait);
            wait = Math.min(wait * 2, 8_000);
        };
    }

    connect();
    return () => {
        stopped = true;
        clearTimeout(timer);
        source?.close();
    };
}
