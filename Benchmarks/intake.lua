-- Sends webhooks that were signed beforehand, each of them once, and prints the figures as one line of JSON.
-- The file named by REQUESTS has, a line each: signature and body, separated by a tab. Threads share it out by lines.

local requests, position, threads, count = {}, 0, 0, 0

function setup(thread)
    thread:set("place", threads)
    threads = threads + 1
end

function init(arguments)
    local number = 0
    for line in io.lines(os.getenv("REQUESTS")) do
        if number % tonumber(os.getenv("THREADS")) == place then
            local signature, body = line:match("^(.-)\t(.*)$")
            requests[#requests + 1] = wrk.format("POST", "/pagerduty/webhooks/v3", {
                ["Content-Type"] = "application/json",
                ["User-Agent"] = "PagerDuty-Webhook/V3.0",
                ["X-PagerDuty-Signature"] = signature,
            }, body)
        end
        number = number + 1
    end
end

function request()
    position = position % #requests + 1
    return requests[position]
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format(
        'RESULT {"requests": %d, "seconds": %f, "p50_ms": %f, "p99_ms": %f, "max_ms": %f, "failed": %d}',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        latency.max / 1e3, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
