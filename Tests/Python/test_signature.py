"""Slack's own SignatureVerifier and the host must agree on every request."""

import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from slack_sdk.signature import SignatureVerifier

from conftest import ACME, ADA, GENERAL

BODY = urllib.parse.urlencode(
    {
        "team_id": ACME,
        "channel_id": GENERAL,
        "channel_name": "general",
        "user_id": ADA,
        "command": "/pd",
        "text": "help",
        "api_app_id": "A0BOTHOST",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:1/never",
        "trigger_id": "1.2.3",
    }
)


@pytest.fixture
def verifier(sandbox):
    return SignatureVerifier(sandbox.signing_secret)


def post(sandbox, body, headers, path="/slack/events"):
    """The status of the host's answer."""
    request = urllib.request.Request(
        sandbox.host_url + path,
        data=body if isinstance(body, bytes) else body.encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded", **headers},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def signed(verifier, body, timestamp=None):
    timestamp = str(int(time.time()) if timestamp is None else timestamp)
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": verifier.generate_signature(timestamp=timestamp, body=body),
    }


@pytest.mark.parametrize("path", ["/slack/events", "/slack/commands", "/slack/interactions", "/slack/options"])
def test_what_the_sdk_signs_is_accepted(sandbox, verifier, path):
    headers = signed(verifier, BODY)
    assert verifier.is_valid_request(BODY, headers)
    assert post(sandbox, BODY, headers, path) == 200


@pytest.mark.parametrize("more", ["&name=caf%C3%A9", "&name=%F0%9F%9A%A8", "&name=%00", "&&", "&name=a+b%20c"])
def test_the_signature_is_over_the_bytes_as_sent(sandbox, verifier, more):
    assert post(sandbox, BODY + more, signed(verifier, BODY + more)) == 200


def test_a_changed_body_is_refused(sandbox, verifier):
    headers = signed(verifier, BODY)
    assert not verifier.is_valid_request(BODY + "&x=1", headers)
    assert post(sandbox, BODY + "&x=1", headers) == 401


def test_another_secret_is_refused(sandbox):
    assert post(sandbox, BODY, signed(SignatureVerifier("0" * 32), BODY)) == 401


@pytest.mark.parametrize("seconds, accepted", [(-290, True), (290, True), (-310, False), (310, False)])
def test_both_allow_five_minutes_and_no_more(sandbox, verifier, seconds, accepted):
    headers = signed(verifier, BODY, int(time.time()) + seconds)
    assert verifier.is_valid_request(BODY, headers) == accepted
    assert (post(sandbox, BODY, headers) == 200) == accepted


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v0=zz"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Request-Timestamp": "-1"},
    ],
)
def test_a_malformed_header_is_refused(sandbox, verifier, change):
    assert post(sandbox, BODY, {**signed(verifier, BODY), **change}) == 401


def test_an_unsigned_request_is_refused(sandbox):
    assert post(sandbox, BODY, {}) == 401


def test_a_certificate_check_is_answered_unsigned_and_nothing_else_in_it_counts(sandbox):
    assert post(sandbox, "ssl_check=1", {}) == 200
    assert post(sandbox, BODY + "&ssl_check=0", {}) == 401
