"""Slack's own Python SDK against the simulated Web API: whoever writes a script for Slack can point it here."""

import uuid

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from conftest import ACME, ADA, BEN, FRANK, GENERAL, PRIVATE_WITHOUT_APP


@pytest.fixture
def client(sandbox):
    client = WebClient(token=sandbox.bot_tokens[ACME], base_url=f"{sandbox.url}/api/")
    # A channel takes a message a second, here as in Slack.
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=3))
    return client


def in_channel(sandbox, ts):
    """A message as the channel has it, or None."""
    messages = sandbox.control(f"slack/channels/{GENERAL}/messages")["messages"]
    return next((message for message in messages if message["ts"] == ts), None)


def error_of(call, *arguments, **keywords):
    with pytest.raises(SlackApiError) as raised:
        call(*arguments, **keywords)
    return raised.value.response["error"]


def test_auth_test_says_who_the_token_belongs_to(client):
    answer = client.auth_test()
    assert answer["team_id"] == ACME
    assert answer["user_id"] == "U0BOTHOST"
    assert answer["bot_id"].startswith("B")
    assert answer["url"].startswith("http")


def test_a_wrong_token_is_refused(sandbox):
    client = WebClient(token="xoxb-not-a-token", base_url=f"{sandbox.url}/api/")
    assert error_of(client.auth_test) == "invalid_auth"


def test_no_token_is_refused(sandbox):
    client = WebClient(base_url=f"{sandbox.url}/api/")
    assert error_of(client.auth_test) == "not_authed"


def test_a_message_with_blocks_is_posted_updated_and_deleted(sandbox, client):
    marker = f"marker {uuid.uuid4().hex}"
    blocks = [
        HeaderBlock(text=PlainTextObject(text="Checkout is down")),
        SectionBlock(text=MarkdownTextObject(text="*What:* everything <https://example.com|here>")),
        DividerBlock(),
        ActionsBlock(
            block_id="choices",
            elements=[
                ButtonElement(text="Acknowledge", action_id="ack", value="P1", style="primary"),
                StaticSelectElement(
                    placeholder="More actions…",
                    action_id="more",
                    options=[Option(text="Add a note", value="note"), Option(text="Escalate", value="escalate")],
                ),
            ],
        ),
        ContextBlock(elements=[MarkdownTextObject(text="two minutes ago")]),
    ]
    posted = client.chat_postMessage(channel=GENERAL, text=marker, blocks=blocks)
    assert posted["channel"] == GENERAL
    assert posted["message"]["text"] == marker

    shown = in_channel(sandbox, posted["ts"])
    assert [block["type"] for block in shown["blocks"]] == ["header", "section", "divider", "actions", "context"]
    client.chat_update(channel=GENERAL, ts=posted["ts"], text=f"{marker}, changed", blocks=[])
    assert in_channel(sandbox, posted["ts"])["text"] == f"{marker}, changed"
    client.chat_delete(channel=GENERAL, ts=posted["ts"])
    assert in_channel(sandbox, posted["ts"]) is None


def test_a_reply_stays_in_its_thread(sandbox, client):
    parent = client.chat_postMessage(channel=GENERAL, text=f"parent {uuid.uuid4().hex}")
    reply = client.chat_postMessage(channel=GENERAL, text="reply", thread_ts=parent["ts"])
    assert reply["message"]["thread_ts"] == parent["ts"]
    assert in_channel(sandbox, parent["ts"])["reply_count"] == 1


def test_a_token_can_do_what_its_scopes_say_and_no_more(client):
    with pytest.raises(SlackApiError) as raised:
        client.reactions_add(channel=GENERAL, name="eyes", timestamp="1.2")
    answer = raised.value.response
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "reactions:write"
    assert "chat:write" in answer["provided"].split(",")


@pytest.mark.parametrize(
    "arguments, error",
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": PRIVATE_WITHOUT_APP, "text": "x"}, "channel_not_found"),
        ({"channel": GENERAL}, "no_text"),
        ({"channel": GENERAL, "text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"channel": GENERAL, "text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        (
            {"channel": GENERAL, "text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]},
            "invalid_blocks",
        ),
        ({"channel": GENERAL, "text": "x", "blocks": "[not json"}, "invalid_blocks_format"),
    ],
)
def test_what_slack_refuses_is_refused_with_slacks_word(client, arguments, error):
    assert error_of(client.api_call, "chat.postMessage", json=arguments) == error


def test_an_ephemeral_message_is_seen_by_one_person(sandbox, client):
    marker = f"for your eyes {uuid.uuid4().hex}"
    assert client.chat_postEphemeral(channel=GENERAL, user=ADA, text=marker)["message_ts"]

    def seen_by(user):
        messages = sandbox.control(f"slack/channels/{GENERAL}/messages?team={ACME}&user={user}")["messages"]
        return marker in [message["text"] for message in messages]

    assert seen_by(ADA) and not seen_by(BEN)


def test_people_are_known_by_id_and_by_address(client):
    ada = client.users_info(user=ADA)["user"]
    assert ada["profile"]["email"].startswith("ada.martin@")
    assert ada["tz"] == "Europe/Berlin"
    assert client.users_lookupByEmail(email=ada["profile"]["email"])["user"]["id"] == ADA
    assert "email" not in client.users_info(user=FRANK)["user"]["profile"]
    assert error_of(client.users_info, user="U0NOBODY1") == "user_not_found"
    assert error_of(client.users_lookupByEmail, email="nobody@acme.example") == "users_not_found"


def test_lists_are_read_page_by_page(client):
    pages = [page["members"] for page in client.users_list(limit=3)]
    assert len(pages) > 1
    assert all(len(page) <= 3 for page in pages)
    paged = [member["id"] for page in pages for member in page]
    assert len(paged) == len(set(paged))
    assert set(paged) == {member["id"] for member in client.users_list(limit=1000)["members"]}
    pages = list(client.conversations_list(types="private_channel,im", limit=1))
    assert len(pages) > 1
    assert PRIVATE_WITHOUT_APP not in [channel["id"] for page in pages for channel in page["channels"]]


def test_a_direct_message_is_opened_once(client):
    first = client.conversations_open(users=[ADA])["channel"]["id"]
    assert first.startswith("D")
    assert client.conversations_open(users=[ADA])["channel"]["id"] == first


def test_a_view_needs_a_trigger_that_is_real(client):
    view = View(type="modal", title=PlainTextObject(text="Hello"), blocks=[DividerBlock()])
    assert error_of(client.views_open, trigger_id="1.2.abc", view=view) == "invalid_trigger_id"
    assert error_of(client.views_update, view_id="V0NOTHING", view=view) == "not_found"


def test_an_unknown_method_says_so(client):
    assert error_of(client.api_call, "no.such.method") == "unknown_method"


def test_a_full_quota_is_a_429_that_the_sdk_can_wait_for(sandbox):
    client = WebClient(token=sandbox.bot_tokens[ACME], base_url=f"{sandbox.url}/api/")
    sandbox.control("faults", {"target": "slack", "kind": "rate_limited", "retry_after": 1, "count": 1})
    with pytest.raises(SlackApiError) as raised:
        client.auth_test()
    response = raised.value.response
    assert response.status_code == 429
    assert response["error"] == "ratelimited"
    assert int(response.headers["Retry-After"]) == 1

    sandbox.control("faults", {"target": "slack", "kind": "rate_limited", "retry_after": 1, "count": 1})
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    assert client.auth_test()["team_id"] == ACME
