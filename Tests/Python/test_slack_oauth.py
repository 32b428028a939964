"""Slack's own OAuth code installs an app into the simulated Slack, so that the simulator is known to speak OAuth."""

import urllib.parse

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.oauth.token_rotation import TokenRotator

INITECH, IVY, ORGANIZATION = "T0INITECH", "U0IVY0001", "E0INITECH"


@pytest.fixture
def app(sandbox, tmp_path):
    """An app of slack_bolt's that installs itself; afterwards the workspace is as it was."""
    settings = OAuthSettings(
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        scopes=["commands", "chat:write"],
        redirect_uri=f"{sandbox.host_url}/slack/oauth_redirect",
        authorization_url=f"{sandbox.url}/oauth/v2/authorize",
        installation_store=FileInstallationStore(base_dir=str(tmp_path / "installs"), client_id=sandbox.client_id),
        state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(tmp_path / "states"), client_id=sandbox.client_id),
        install_page_rendering_enabled=False,
    )
    yield App(
        signing_secret=sandbox.signing_secret,
        client=WebClient(base_url=f"{sandbox.url}/api/"),
        oauth_settings=settings,
    )
    sandbox.control("slack/oauth", {"rotation": False})
    sandbox.control("slack/uninstall", {"team": INITECH})


def query(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlparse(url).query))


def install(sandbox, app, **answer):
    """Goes from the app's install page over Slack's and back."""
    flow = app.oauth_flow
    begin = flow.handle_installation(BoltRequest(body="", mode="http"))
    assert begin.status == 302
    cookie = begin.headers["set-cookie"][0].split(";")[0]
    authorize = begin.headers["location"][0]
    location = sandbox.control("slack/authorize", {"url": authorize, "team": INITECH, "user": IVY, **answer})["location"]
    request = BoltRequest(body="", query=query(location), headers={"cookie": [cookie]}, mode="http")
    return flow.handle_callback(request), location


def test_bolt_installs_itself_into_a_workspace(sandbox, app):
    done, _ = install(sandbox, app)
    assert done.status == 200, done.body
    found = app.oauth_flow.settings.installation_store.find_installation(enterprise_id=ORGANIZATION, team_id=INITECH)
    assert found.bot_scopes == ["commands", "chat:write"]
    assert found.is_enterprise_install is False
    client = WebClient(token=found.bot_token, base_url=f"{sandbox.url}/api/")
    answer = client.auth_test()
    assert answer["team_id"] == INITECH
    assert answer["user_id"] == found.bot_user_id
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers["x-oauth-scopes"] == "commands,chat:write"


def test_bolt_installs_itself_into_an_organization(sandbox, app):
    done, _ = install(sandbox, app, organization=True)
    assert done.status == 200, done.body
    found = app.oauth_flow.settings.installation_store.find_installation(
        enterprise_id=ORGANIZATION, team_id=None, is_enterprise_install=True
    )
    assert found.is_enterprise_install is True
    assert found.team_id is None


def test_a_code_is_good_once(sandbox, app):
    done, location = install(sandbox, app)
    assert done.status == 200
    client = WebClient(base_url=f"{sandbox.url}/api/")
    with pytest.raises(SlackApiError) as raised:
        client.oauth_v2_access(
            client_id=sandbox.client_id,
            client_secret=sandbox.client_secret,
            code=query(location)["code"],
            redirect_uri=f"{sandbox.host_url}/slack/oauth_redirect",
        )
    assert raised.value.response["error"] == "invalid_code"


def test_somebody_who_cancels_comes_back_without_a_code(sandbox, app):
    _, location = install(sandbox, app, answer="cancel")
    assert query(location)["error"] == "access_denied"


def test_the_client_must_be_the_app(sandbox):
    client = WebClient(base_url=f"{sandbox.url}/api/")
    for identity, secret, error in [
        ("1.2", sandbox.client_secret, "invalid_client_id"),
        (sandbox.client_id, "0" * 32, "bad_client_secret"),
        (sandbox.client_id, sandbox.client_secret, "invalid_code"),
    ]:
        with pytest.raises(SlackApiError) as raised:
            client.oauth_v2_access(client_id=identity, client_secret=secret, code="1.2.3", redirect_uri="x")
        assert raised.value.response["error"] == error


def test_slacks_own_rotator_renews_a_token(sandbox, app):
    sandbox.control("slack/oauth", {"rotation": True})
    done, _ = install(sandbox, app)
    assert done.status == 200, done.body
    store = app.oauth_flow.settings.installation_store
    found = store.find_installation(enterprise_id=ORGANIZATION, team_id=INITECH)
    assert found.bot_token.startswith("xoxe.xoxb-") and found.bot_refresh_token.startswith("xoxe-1-")
    rotator = TokenRotator(
        client_id=sandbox.client_id, client_secret=sandbox.client_secret, client=WebClient(base_url=f"{sandbox.url}/api/")
    )
    renewed = rotator.perform_bot_token_rotation(bot=found.to_bot(), minutes_before_expiration=24 * 60)
    assert renewed.bot_token != found.bot_token
    assert WebClient(token=renewed.bot_token, base_url=f"{sandbox.url}/api/").auth_test()["team_id"] == INITECH
    # The refresh token is used up.
    with pytest.raises(Exception) as raised:
        rotator.perform_bot_token_rotation(bot=found.to_bot(), minutes_before_expiration=24 * 60)
    assert "invalid_refresh_token" in str(raised.value)


def test_an_authorize_page_says_what_is_wrong_with_its_address(sandbox):
    import urllib.request

    def page(**fields):
        url = f"{sandbox.url}/oauth/v2/authorize?{urllib.parse.urlencode(fields)}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read().decode()

    redirect = f"{sandbox.host_url}/slack/oauth_redirect"
    assert "invalid_client_id" in page(client_id="1.2", scope="commands", redirect_uri=redirect)
    assert "bad_redirect_uri" in page(client_id=sandbox.client_id, scope="commands", redirect_uri="https://evil.example/")
    assert "no_scopes" in page(client_id=sandbox.client_id, redirect_uri=redirect)
    shown = page(client_id=sandbox.client_id, scope="commands,chat:write", redirect_uri=redirect, state="<script>")
    assert "chat:write" in shown and "<script>" not in shown
