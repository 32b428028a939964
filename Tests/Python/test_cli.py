"""The commands that a person types, as processes: what they print, and how they end."""

import json
import signal
import subprocess
import urllib.request

import pytest

from conftest import ACME, ADA, BOTHOST, GENERAL, ROOT, Process

SHIPPED = ["help", "trigger", "oncall", "invite", "unlink", "insights", "incidents"]


def bothost(*arguments, cwd=ROOT, env=None):
    return subprocess.run(
        [BOTHOST, *arguments], capture_output=True, text=True, timeout=60, cwd=cwd, env={"PATH": "/usr/bin", **(env or {})}
    )


@pytest.mark.parametrize("command", [[], ["serve"], ["sandbox"], ["check"], ["plugins"], ["manifest"], ["explain"], ["console-login"], ["jobs"], ["jobs", "retry"], ["keys"], ["keys", "rotate"], ["token"]])
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


def serving(tmp_path, plugins):
    """A host on its own, with no Slack to talk to."""
    (tmp_path / "plugins.json").write_text(json.dumps({"plugins": plugins}))
    env = {
        "PATH": "/usr/bin",
        "PORT": "0",
        "CONSOLE_PORT": "0",
        "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99baac85a5ff",
        "LOG_LEVEL": "info",
        "LOG_FORMAT": "json",
    }
    return Process(BOTHOST, "serve", cwd=tmp_path, env=env)


def test_serve_says_where_it_listens_and_ends_well(tmp_path):
    host = serving(tmp_path, {"help": {}})
    url = host.wait_for(r"Listening for Slack on (http://127\.0\.0\.1:\d+)").group(1)
    with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
        assert answer.status == 200
    console = host.wait_for(r"metrics on (http://127\.0\.0\.1:\d+)").group(1)
    with urllib.request.urlopen(f"{console}/metrics", timeout=5) as answer:
        assert b"# TYPE" in answer.read()
    assert host.stop() == 0
    assert (tmp_path / "data" / "bothost.sqlite").stat().st_mode & 0o077 == 0


def test_a_hangup_applies_plugins_json_and_a_wrong_file_changes_nothing(tmp_path):
    host = serving(tmp_path, {"help": {}})
    host.wait_for("Listening for Slack")
    (tmp_path / "plugins.json").write_text('{"plugins": {"help": {"enabled": "no"}}}')
    host.process.send_signal(signal.SIGHUP)
    host.wait_for(r"\$\.plugins\.help\.enabled", patience=5)
    (tmp_path / "plugins.json").write_text('{"plugins": {"help": {}, "oncall": {}}}')
    host.process.send_signal(signal.SIGHUP)
    host.wait_for("plugins.json applied", patience=5)
    assert host.stop() == 0


def test_a_second_host_on_one_database_is_told_so(tmp_path):
    first = serving(tmp_path, {"help": {}})
    first.wait_for("Listening for Slack")
    second = serving(tmp_path, {"help": {}})
    assert second.process.wait(timeout=10) == 1
    second.reader.join(timeout=5)
    second.process.stdout.close()
    assert "in use by" in second.output
    assert first.stop() == 0


def test_console_login_needs_keys_and_a_role(tmp_path):
    env = {"SLACK_SIGNING_SECRET": "0" * 32, "BOTHOST_KEYS": "k1:" + "A" * 42 + "E="}
    answer = bothost("console-login", "--role", "king", cwd=tmp_path, env=env)
    assert answer.returncode in (2, 64)
    assert "owner, manager or viewer" in answer.stderr
    answer = bothost("console-login", "--name", "ada", cwd=tmp_path, env=env)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("http://127.0.0.1:3001/sign-in?token=")
    assert "AAAA" not in answer.stdout.split("token=")[0]
    answer = bothost("console-login", cwd=tmp_path, env={**env, "CONSOLE_PORT": "0"})
    assert answer.returncode == 1
    assert "CONSOLE_URL" in answer.stderr
