-- Sends requests that were signed beforehand, one after the other, and prints the figures as one line of JSON.
-- The file named by REQUESTS has, a line each: timestamp, signature and body, separated by tabs.

local requests, position, threads = {}, 0, 0

-- Threads begin at different places, so that no two of them go through the list in step.
function setup(thread)
    thread:set("place", threads)
    threads = threads + 1
end

function init(arguments)
    for line in io.lines(os.getenv("REQUESTS")) do
        local timestamp, signature, body = line:match("^(.-)\t(.-)\t(.*)$")
        requests[#requests + 1] = wrk.format("POST", "/slack/events", {
            ["Content-Type"] = "application/x-www-form-urlencoded",
            ["User-Agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)",
            ["X-Slack-Request-Timestamp"] = timestamp,
            ["X-Slack-Signature"] = signature,
        }, body)
    end
    position = place * 7919
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
