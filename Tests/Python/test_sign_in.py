"""Signing in at the simulated services, as Slack's own SDK and a plain HTTP client do it."""

import base64
import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from conftest import ACME, ADA


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def post(url, fields):
    """Status, headers and text; a redirect is an answer."""
    body = urllib.parse.urlencode(fields).encode()
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(urllib.request.Request(url, data=body), timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def agree(url, asked, who):
    """Answers the page at an address, and returns what the browser would bring back."""
    form = {"query": urllib.parse.urlencode(asked), "who": who, "answer": "allow"}
    status, headers, text = post(url, form)
    assert status == 303, text
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(headers["Location"]).query))


def claims(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


@pytest.fixture
def slack(sandbox):
    """What asks Slack's page, and the SDK that exchanges what comes back."""
    redirect = f"{sandbox.host_url}/slack/openid_redirect"

    def code(**more):
        asked = {"client_id": sandbox.client_id, "response_type": "code", "scope": "openid profile", "redirect_uri": redirect}
        return agree(f"{sandbox.url}/openid/connect/authorize", asked | more, f"{ACME}/{ADA}")

    client = WebClient(base_url=f"{sandbox.url}/api/")

    def token(code, secret=sandbox.client_secret, uri=redirect):
        return client.openid_connect_token(
            client_id=sandbox.client_id, client_secret=secret, code=code, redirect_uri=uri, grant_type="authorization_code"
        )

    return code, token


def test_slacks_sdk_learns_who_signed_in(sandbox, slack):
    code, token = slack
    back = code(state="st", nonce="no")
    assert back["state"] == "st"
    answer = token(back["code"])
    said = claims(answer["id_token"])
    assert said["iss"] == sandbox.url and said["aud"] == sandbox.client_id and said["nonce"] == "no"
    assert said["https://slack.com/user_id"] == ADA and said["https://slack.com/team_id"] == ACME
    info = WebClient(base_url=f"{sandbox.url}/api/").openid_connect_userInfo(token=answer["access_token"])
    assert info["https://slack.com/user_id"] == ADA


@pytest.mark.parametrize(
    "wrong, error",
    [({"secret": "x"}, "bad_client_secret"), ({"uri": "https://evil.example"}, "bad_redirect_uri"), ({"code": "x"}, "invalid_code")],
)
def test_slack_refuses_what_does_not_fit(slack, wrong, error):
    code, token = slack
    with pytest.raises(SlackApiError) as raised:
        token(**({"code": code()["code"]} | wrong))
    assert raised.value.response["error"] == error


def test_a_code_of_slack_is_good_once(slack):
    code, token = slack
    one = code()["code"]
    token(one)
    with pytest.raises(SlackApiError) as raised:
        token(one)
    assert raised.value.response["error"] == "invalid_code"


@pytest.fixture
def pagerduty(sandbox):
    """What asks PagerDuty's page, and what exchanges what comes back."""
    verifier = "a" * 43
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    client = {"client_id": sandbox.pagerduty["client_id"], "client_secret": sandbox.pagerduty["client_secret"]}
    redirect = "http://127.0.0.1/back"

    def code(scope="openid incidents.write incidents.read"):
        asked = {
            "client_id": client["client_id"], "response_type": "code", "scope": scope, "redirect_uri": redirect,
            "code_challenge": challenge, "code_challenge_method": "S256",
        }
        return agree(f"{sandbox.url}/identity/oauth/authorize", asked, "PADAM01")["code"]

    def token(**fields):
        status, _, text = post(f"{sandbox.url}/identity/oauth/token", client | fields)
        return status, json.loads(text)

    def exchange(code, verifier=verifier):
        return token(grant_type="authorization_code", code=code, redirect_uri=redirect, code_verifier=verifier)

    return code, exchange, token


def me(sandbox, token):
    request = urllib.request.Request(f"{sandbox.url}/pd/users/me", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["user"]["id"]


def test_pagerduty_gives_a_pair_that_is_renewed_once(sandbox, pagerduty):
    code, exchange, token = pagerduty
    status, pair = exchange(code())
    assert status == 200 and pair["access_token"].startswith("pdus+")
    assert pair["scope"] == "openid incidents.write incidents.read"
    assert claims(pair["id_token"])["subdomain"] == "acme"
    assert me(sandbox, pair["access_token"]) == "PADAM01"
    status, following = token(grant_type="refresh_token", refresh_token=pair["refresh_token"])
    assert status == 200 and me(sandbox, following["access_token"]) == "PADAM01"
    assert token(grant_type="refresh_token", refresh_token=pair["refresh_token"]) == (400, {"error": "invalid_grant"})


def test_pagerduty_refuses_a_code_twice_or_with_another_verifier(pagerduty):
    code, exchange, _ = pagerduty
    one = code()
    assert exchange(one, verifier="b" * 43) == (400, {"error": "invalid_grant"})
    assert exchange(one) == (400, {"error": "invalid_grant"})


def test_a_scope_that_the_app_lacks_leaves_a_token_for_nothing(pagerduty):
    code, exchange, _ = pagerduty
    assert exchange(code("openid write"))[1]["scope"] == "openid"
