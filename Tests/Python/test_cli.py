"""The commands that a person types, as processes: what they print, and how they end."""

import json
import subprocess

import pytest

from conftest import ACME, BOTHOST, GENERAL, ADA, ROOT

SHIPPED = ["help", "trigger", "oncall", "invite", "unlink", "insights"]


def bothost(*arguments, cwd=ROOT, env=None):
    return subprocess.run(
        [BOTHOST, *arguments], capture_output=True, text=True, timeout=60, cwd=cwd, env={"PATH": "/usr/bin", **(env or {})}
    )


@pytest.mark.parametrize("command", [[], ["serve"], ["sandbox"], ["check"], ["plugins"], ["manifest"], ["explain"]])
def test_every_command_explains_itself(command):
    answer = bothost(*command, "--help")
    assert answer.returncode == 0
    assert "USAGE" in answer.stdout


def test_a_wrong_option_is_wrong_usage():
    answer = bothost("manifest", "--no-such-option")
    assert answer.returncode in (2, 64)
    assert "no-such-option" in answer.stderr


def test_plugins_are_listed_for_people_and_for_programs():
    answer = bothost("plugins")
    assert answer.returncode == 0
    for plugin in SHIPPED:
        assert plugin in answer.stdout
    listed = json.loads(bothost("plugins", "--json").stdout)
    assert [entry["id"] for entry in listed] == SHIPPED
    assert all({"id", "summary", "commands", "scopes", "workspaces"} <= set(entry) for entry in listed)


def test_the_manifest_is_what_slack_takes():
    manifest = json.loads(bothost("manifest", "--url", "https://bot.example.com").stdout)
    assert len(manifest["display_information"]["name"]) <= 35
    commands = manifest["features"]["slash_commands"]
    assert [command["command"] for command in commands] == ["/pd"]
    for command in commands:
        assert command["url"] == "https://bot.example.com/slack/events"
        assert len(command["description"]) <= 2000 and len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert {"commands", "chat:write", "users:read", "users:read.email"} <= set(scopes)
    assert len(scopes) == len(set(scopes))
    interactivity = manifest["settings"]["interactivity"]
    assert interactivity["is_enabled"] and interactivity["request_url"] == "https://bot.example.com/slack/events"


def test_the_manifest_for_a_socket_has_no_addresses():
    answer = bothost("manifest", "--socket-mode")
    assert json.loads(answer.stdout)["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in answer.stdout


def test_the_manifest_is_yaml_where_asked():
    answer = bothost("manifest", "--url", "https://bot.example.com", "--yaml")
    assert answer.returncode == 0
    assert "display_information:" in answer.stdout


def test_check_names_each_problem_with_its_mend(tmp_path):
    plugins = tmp_path / "plugins.json"
    plugins.write_text('{"plugins": {"trigger": {"enabld": false}, "oncal": {}}}')
    answer = bothost("check", cwd=tmp_path, env={"PORT": "many", "SLACK_SIGNING_SECRET": "x"})
    assert answer.returncode == 1
    said = answer.stdout + answer.stderr
    assert "PORT" in said
    assert "enabled" in said and "oncall" in said


def test_serve_without_an_environment_says_what_is_missing(tmp_path):
    answer = bothost("serve", cwd=tmp_path)
    assert answer.returncode == 1
    said = answer.stdout + answer.stderr
    assert "SLACK_SIGNING_SECRET" in said


def test_no_secret_is_printed(tmp_path):
    secret = "8f742231b10e8888abcd99baac85a5ff"
    answer = bothost("check", cwd=ROOT, env={"SLACK_SIGNING_SECRET": secret, "SLACK_BOT_TOKEN": "not-a-token-at-all"})
    assert secret not in answer.stdout + answer.stderr
    assert "not-a-token-at-all" not in answer.stdout + answer.stderr


def test_explain_says_which_rule_decides(tmp_path):
    plugins = tmp_path / "plugins.json"
    plugins.write_text(json.dumps({"plugins": {"help": {}, "oncall": {"channels": ["C0OTHER01"]}}}))
    env = {"PLUGINS_FILE": str(plugins)}
    stopped = bothost("explain", ACME, ADA, GENERAL, "/pd oncall", cwd=tmp_path, env=env)
    assert "channels" in stopped.stdout + stopped.stderr
    let_through = bothost("explain", ACME, ADA, GENERAL, "/pd help", cwd=tmp_path, env=env)
    assert let_through.returncode == 0
