"""`bothost manifest` against a schema written from Slack's documented fields, and against what an app has."""

import json
from pathlib import Path

import jsonschema
import pytest

from conftest import ROOT
from test_cli import bothost

SCHEMA = json.loads((Path(__file__).parent / "manifest.schema.json").read_text())
EVERYTHING = {
    "plugins": {name: {} for name in ("help", "trigger", "oncall", "invite", "unlink", "insights", "incidents")},
    "workspaces": {"T0ACME001": {"plugins": {"trigger": {"usergroups": ["S0SRE0001"]}}}},
}


def manifest(*arguments, **keywords):
    answer = bothost("manifest", *arguments, **keywords)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def check(text):
    value = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(value, SCHEMA, cls=jsonschema.Draft202012Validator)
    return value


@pytest.fixture
def folder(tmp_path):
    def write(plugins):
        (tmp_path / "plugins.json").write_text(json.dumps(plugins))
        return tmp_path

    return write


@pytest.mark.parametrize(
    "arguments", [["--url", "https://bot.example.com"], ["--socket-mode"], ["--url", "https://bot.example.com", "--token-rotation"]]
)
def test_the_manifest_fits_slacks_schema(arguments, folder):
    for plugins in (EVERYTHING, {"plugins": {"help": {}}}, {"plugins": {}}):
        value = check(manifest(*arguments, cwd=folder(plugins)))
        events = value["settings"]["event_subscriptions"]["bot_events"]
        assert {"app_uninstalled", "tokens_revoked"} <= set(events)


def test_what_no_plugin_needs_is_not_asked_for(folder):
    small = check(manifest("--socket-mode", cwd=folder({"plugins": {"help": {}}})))
    large = check(manifest("--socket-mode", cwd=folder(EVERYTHING)))
    few, many = (set(value["oauth_config"]["scopes"]["bot"]) for value in (small, large))
    assert few < many
    assert "usergroups:read" in many - few


def test_the_schema_refuses_what_slack_would():
    good = json.loads(manifest("--url", "https://bot.example.com"))
    for path, value in [
        (("display_information", "name"), "x" * 36),
        (("settings", "interactivity", "request_url"), "http://bot.example.com"),
        (("oauth_config", "scopes", "bot"), ["chat:write", "chat:write"]),
        (("features", "slash_commands", 0, "command"), "pd"),
        (("settings", "no_such_setting"), True),
    ]:
        bad = json.loads(json.dumps(good))
        place = bad
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_a_difference_to_what_an_app_has_is_said_line_by_line(tmp_path):
    url = ["--url", "https://bot.example.com"]
    app = json.loads(manifest(*url))
    same = tmp_path / "same.json"
    same.write_text(json.dumps(app))
    assert "is what the enabled plugins need" in manifest(*url, "--diff", str(same))
    yaml = tmp_path / "same.yaml"
    yaml.write_text(manifest(*url, "--yaml"))
    assert "is what the enabled plugins need" in manifest(*url, "--diff", str(yaml))

    app["oauth_config"]["scopes"]["bot"].remove("chat:write")
    app["oauth_config"]["scopes"]["bot"].append("reactions:write")
    app["settings"]["interactivity"]["request_url"] = "https://old.example.com/slack/events"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(app))
    answer = bothost("manifest", *url, "--diff", str(other))
    assert answer.returncode == 1
    assert answer.stdout.splitlines() == [
        "+ oauth_config.scopes.bot: chat:write",
        "- oauth_config.scopes.bot: reactions:write",
        "~ settings.interactivity.request_url: https://old.example.com/slack/events → https://bot.example.com/slack/events",
    ]
    for text in ("", "no manifest", "[1, 2", "\x00"):
        other.write_text(text)
        answer = bothost("manifest", *url, "--diff", str(other))
        assert answer.returncode == 1
    assert bothost("manifest", *url, "--diff", str(tmp_path / "nowhere")).returncode == 1


def test_the_page_about_the_app_lists_the_scopes_that_the_plugins_ask_for():
    table = manifest("--scopes", cwd=ROOT).strip()
    assert table in (ROOT / "docs" / "SlackApp.md").read_text(), f"docs/SlackApp.md must say:\n{table}"
