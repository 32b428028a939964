"""PagerDuty's own Python client manages connections here, with a token from the command line."""

import json
import subprocess
import urllib.error
import urllib.request

import pagerduty
import pytest

from conftest import ACME, BOTHOST, CHECKOUT, INCIDENTS, ROOT

EVENTS = ["incident.triggered", "incident.acknowledged", "incident.resolved"]


def bothost(sandbox, *arguments):
    """A command on the database of the running sandbox, as an administrator gives it in another terminal."""
    environment = {"PATH": "/usr/bin", "DATABASE_URL": f"sqlite:{sandbox.data}/bothost.sqlite"}
    return subprocess.run([BOTHOST, *arguments], capture_output=True, text=True, timeout=60, cwd=ROOT, env=environment)


class OnLoopback:
    """A client as it is, but for its insistence on https, which loopback has no use for."""

    url = None

    def __init__(self, sandbox, token, auth_type="token"):
        super().__init__(token, auth_type=auth_type)
        self.url = f"{sandbox.host_url}/integration-slack"
        self.max_http_attempts = 1


class LoopbackClient(OnLoopback, pagerduty.SlackIntegrationConnectionsApiClient):
    """Connections."""


class ChannelsClient(OnLoopback, pagerduty.SlackIntegrationApiClient):
    """Channels of incidents."""


@pytest.fixture(scope="module")
def token(sandbox):
    made = bothost(sandbox, "token", "create", "python")
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    identifier = token.split("_")[1]
    yield token
    assert bothost(sandbox, "token", "revoke", identifier).returncode == 0
    with pytest.raises(pagerduty.HttpError) as refused:
        LoopbackClient(sandbox, token).get(f"/workspaces/{ACME}/connections")
    assert refused.value.response.status_code == 401


@pytest.fixture
def client(sandbox, token):
    return LoopbackClient(sandbox, token)


def connection(**changes):
    body = {
        "source_id": "PSVCHK1",
        "source_type": "service_reference",
        "channel_id": INCIDENTS,
        "notification_type": "responder",
        "config": {"events": EVENTS, "priorities": None, "urgency": None},
    }
    return {**body, **changes}


def test_a_connection_lives_its_life(client):
    path = f"/workspaces/{ACME}/connections"
    made = client.rpost(path, json=connection())
    assert made["source_name"] == "Checkout" and made["channel_id"] == INCIDENTS
    assert made["config"]["priorities"] is None
    assert [each["id"] for each in client.iter_all(path)] == [made["id"]]
    changed = client.rput(
        f"{path}/{made['id']}", json=connection(notification_type="stakeholder", config={"events": EVENTS, "priorities": []})
    )
    assert changed["id"] == made["id"] and changed["notification_type"] == "stakeholder"
    assert changed["config"]["priorities"] == []
    assert client.get(f"{path}/{made['id']}").json()["slack_connection"] == changed
    assert client.delete(f"{path}/{made['id']}").status_code == 204
    assert client.get(f"{path}/{made['id']}").status_code == 404


def test_lists_are_read_page_by_page(client):
    path = f"/workspaces/{ACME}/connections"
    services = ["PSVCHK1", "PSVSEA1"]
    made = [client.rpost(path, json=connection(source_id=each)) for each in services]
    assert {each["id"] for each in client.iter_all(path, page_size=1)} == {each["id"] for each in made}
    first = client.get(path, params={"limit": 1, "offset": 0}).json()
    assert first["more"] is True and first["total"] == 2 and first["limit"] == 1
    for each in made:
        assert client.delete(f"{path}/{each['id']}").status_code == 204


def test_what_is_wrong_is_said_as_pagerduty_says_it(client):
    path = f"/workspaces/{ACME}/connections"
    refused = client.post(path, json={"slack_connection": connection(source_id="")})
    assert refused.status_code == 400
    assert refused.json()["error"]["message"] == "Invalid Input Provided"
    assert "Source can't be blank" in refused.json()["error"]["errors"]
    assert client.post(path, data="{").json()["error"]["message"] == "Malformed JSON"
    other = client.get("/workspaces/T0NOWHERE/connections")
    assert other.status_code == 404
    assert "has not been connected to this workspace" in other.json()["error"]["message"]


def test_an_incident_gets_channels_of_its_own(sandbox, token):
    incident = sandbox.control("pagerduty/incidents", {"service": "Checkout", "title": "Carts are slow", "urgency": "high"})
    client = ChannelsClient(sandbox, token)
    path = f"/incidents/{incident['id']}"
    assert client.get(f"{path}/dedicated_channel").status_code == 404
    wanted = {"name": f"war-room-{incident['id'].lower()}", "privacy": "private", "slack_team_id": ACME}
    made = client.post(f"{path}/dedicated_channel", json={"channel": wanted})
    assert made.status_code == 201, made.text
    channel = made.json()["channel"]
    assert channel["name"] == wanted["name"] and channel["slack_team_id"] == ACME and made.json()["warnings"] == []
    assert client.rget(f"{path}/dedicated_channel") == channel
    assert client.post(f"{path}/dedicated_channel", json={"channel": wanted}).status_code == 422
    told = client.put(f"{path}/notification_channels", json={"channels": [{"id": CHECKOUT, "slack_team_id": ACME}]})
    assert [each["id"] for each in told.json()["channels"]] == [CHECKOUT]
    assert client.delete(f"{path}/notification_channels/{CHECKOUT}").status_code == 204
    assert client.rget(f"{path}/notification_channels") == []
    assert client.delete(f"{path}/dedicated_channel").status_code == 204
    refused = client.post(f"{path}/dedicated_channel", json={"channel": {**wanted, "name": "general"}})
    assert refused.status_code == 422 and "#general exists already" in refused.json()["error"]["message"]


def test_both_forms_of_authorization_are_taken(sandbox, token):
    assert LoopbackClient(sandbox, token, auth_type="bearer").get(f"/workspaces/{ACME}/connections").status_code == 200


def test_without_a_token_nobody_gets_in(sandbox):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{sandbox.host_url}/integration-slack/workspaces/{ACME}/connections", timeout=10)
    assert refused.value.code == 401
    assert json.load(refused.value) == {"error": {"message": "Unauthorized"}}


def test_tokens_are_listed_without_their_secrets(sandbox, token):
    listed = bothost(sandbox, "token", "list", "--json")
    assert listed.returncode == 0
    assert "python" in [each["name"] for each in json.loads(listed.stdout)]
    assert token not in listed.stdout
    again = bothost(sandbox, "token", "create", "python")
    assert again.returncode == 1 and "already" in again.stderr
