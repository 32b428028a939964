"""Slack's own framework in Socket Mode against the simulated Slack: what satisfies it speaks the protocol."""

import time

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from conftest import ACME, ADA, GENERAL


@pytest.fixture()
def bolt(own_sandbox):
    """An app of Bolt's that is the only one with sockets: the host is called over HTTP and has none."""
    token = own_sandbox.bot_tokens[ACME]
    client = WebClient(token=token, base_url=f"{own_sandbox.url}/api/")
    app = App(client=client, token=token)
    seen = []

    @app.command("/pd")
    def command(ack, command):
        seen.append(("command", command["text"], command["user_id"]))
        ack(f"Bolt heard: {command['text']}")

    @app.event("app_mention")
    def mention(event):
        seen.append(("mention", event["text"]))

    handler = SocketModeHandler(app, own_sandbox.app_token, web_client=client)
    handler.connect()
    _eventually(lambda: own_sandbox.control("slack/sockets")["sockets"])
    yield own_sandbox, handler, seen
    handler.close()


def _eventually(look, patience=90):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it never came about")


def _type(sandbox, text):
    return sandbox.control("slack/command", {"team": ACME, "channel": GENERAL, "user": ADA, "text": text})


def test_bolt_answers_a_command_over_a_socket(bolt):
    sandbox, _, seen = bolt
    answer = _type(sandbox, "/pd hello")
    assert answer["ok"], answer
    assert ("command", "hello", ADA) in seen
    messages = sandbox.control(f"slack/channels/{GENERAL}/messages?team={ACME}&user={ADA}")["messages"]
    assert any("Bolt heard: hello" in message["text"] for message in messages)


@pytest.mark.parametrize("deed", ["drop", "refresh_requested", "warning"])
def test_bolt_comes_back_when_slack_ends_its_socket(bolt, deed):
    sandbox, _, _ = bolt
    before = {entry["socket"] for entry in sandbox.control("slack/sockets")["sockets"]}
    sandbox.control("slack/sockets", {"do": deed})
    _eventually(lambda: {e["socket"] for e in sandbox.control("slack/sockets")["sockets"]} - before)
    _eventually(lambda: _type(sandbox, "/pd again")["ok"])


def test_an_app_token_opens_sockets_and_a_bot_token_does_not(own_sandbox):
    client = WebClient(base_url=f"{own_sandbox.url}/api/")
    assert client.apps_connections_open(app_token=own_sandbox.app_token)["url"].startswith("ws://127.0.0.1:")
    with pytest.raises(SlackApiError) as refused:
        client.apps_connections_open(app_token=own_sandbox.bot_tokens[ACME])
    assert refused.value.response["error"] == "not_allowed_token_type"


def test_the_host_answers_over_sockets_too(socket_sandbox):
    _eventually(lambda: len(socket_sandbox.control("slack/sockets")["sockets"]) == 3)
    answer = _type(socket_sandbox, "/pd help")
    assert answer["ok"], answer
    kinds = {(entry["kind"], entry["method"]) for entry in socket_sandbox.control("journal")["entries"]}
    assert ("slash_command", "WSS") in kinds
