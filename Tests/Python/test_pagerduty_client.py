"""PagerDuty's own Python client against the simulated account."""

import uuid

import pagerduty
import pytest


class LoopbackClient(pagerduty.RestApiV2Client):
    """The client as it is, but for its insistence on https, which a simulator on loopback has no use for."""

    url = None

    def __init__(self, sandbox, api_key, default_from=None):
        super().__init__(api_key, default_from=default_from, base_url=None)
        self.url = f"{sandbox.url}/pd"
        self.max_http_attempts = 1


@pytest.fixture
def client(sandbox):
    return LoopbackClient(sandbox, sandbox.pagerduty["account_key"], default_from="ada.martin@acme.example")


def refusal_of(call, *arguments, **keywords):
    with pytest.raises(pagerduty.HttpError) as raised:
        call(*arguments, **keywords)
    return raised.value.response


def test_the_account_is_known_by_its_subdomain(client):
    assert client.subdomain == "acme"


def test_a_wrong_key_is_refused(sandbox):
    client = LoopbackClient(sandbox, "no-such-key")
    assert refusal_of(client.get, "/users").status_code == 401


def test_lists_are_read_page_by_page(client):
    all_at_once = [service["id"] for service in client.list_all("services")]
    paged = [service["id"] for service in client.iter_all("services", page_size=3)]
    assert len(paged) >= 8
    assert paged == all_at_once
    assert client.rget("services", params={"limit": 2, "total": True})


def test_a_service_is_found_by_its_name(client):
    checkout = client.find("services", "Checkout")
    assert checkout["type"] == "service"
    assert client.rget(f"services/{checkout['id']}")["name"] == "Checkout"
    policy = client.rget(f"escalation_policies/{checkout['escalation_policy']['id']}")
    assert policy["escalation_rules"]


def test_somebody_is_on_call_for_checkout(client):
    policy = client.find("services", "Checkout")["escalation_policy"]["id"]
    on_call = client.list_all("oncalls", params={"escalation_policy_ids[]": [policy]})
    levels = {entry["escalation_level"] for entry in on_call}
    assert 1 in levels and len(levels) >= 2
    assert all(entry["user"]["id"] for entry in on_call)


def test_an_incident_lives_its_life(client):
    service = client.find("services", "Search")
    created = client.rpost(
        "incidents",
        json={
            "type": "incident",
            "title": f"Search is slow {uuid.uuid4().hex}",
            "service": {"id": service["id"], "type": "service_reference"},
            "urgency": "high",
            "body": {"type": "incident_body", "details": "Every query takes a minute."},
        },
    )
    assert created["status"] == "triggered"
    assert created["incident_number"] > 0

    for status in ["acknowledged", "resolved"]:
        changed = client.rput(f"incidents/{created['id']}", json={"type": "incident_reference", "status": status})
        assert changed["status"] == status

    client.rpost(f"incidents/{created['id']}/notes", json={"content": "It was the index."})
    notes = client.rget(f"incidents/{created['id']}/notes")
    assert [note["content"] for note in notes] == ["It was the index."]
    entries = [entry["type"] for entry in client.list_all(f"incidents/{created['id']}/log_entries")]
    assert {"trigger_log_entry", "acknowledge_log_entry", "resolve_log_entry", "annotate_log_entry"} <= set(entries)


def test_the_same_incident_key_opens_one_incident(client):
    service = client.find("services", "Search")
    incident = {
        "type": "incident",
        "title": "Only once",
        "service": {"id": service["id"], "type": "service_reference"},
        "incident_key": uuid.uuid4().hex,
    }
    client.rpost("incidents", json=incident)
    refused = client.post("/incidents", json={"incident": incident})
    assert refused.status_code == 400
    assert "incident_key" in refused.text or "matching dedup key" in refused.text


def test_what_is_not_there_is_a_404(client):
    assert refusal_of(client.rget, "incidents/PNOTHING1").status_code == 404


def test_a_write_says_from_whom(sandbox, client):
    service = client.find("services", "Search")
    nobody = LoopbackClient(sandbox, sandbox.pagerduty["account_key"])
    refused = nobody.post(
        "/incidents",
        json={"incident": {"type": "incident", "title": "x", "service": {"id": service["id"], "type": "service_reference"}}},
    )
    assert refused.status_code == 400


def test_a_quota_that_is_used_up_is_a_429_that_the_client_waits_for(sandbox, client):
    sandbox.control("faults", {"target": "pagerduty", "kind": "rate_limited", "retry_after": 1, "count": 1})
    before = sandbox.control("journal")["entries"][-1]["id"]
    client.sleep_timer = 0.1
    assert client.get("/abilities").status_code == 200
    entries = sandbox.control(f"journal?after={before}")["entries"]
    assert [entry["status"] for entry in entries if entry["path"].startswith("/pd/abilities")] == [429, 200]
