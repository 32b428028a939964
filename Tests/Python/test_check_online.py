"""`bothost check --online` against the sandbox: what the app lacks is named, with the mend."""

import json
import os
import subprocess

import pytest

from conftest import ACME, BOTHOST


@pytest.fixture
def online(sandbox, tmp_path):
    def check(plugins, **more):
        (tmp_path / "plugins.json").write_text(json.dumps({"plugins": plugins}))
        env = {
            "PATH": os.environ["PATH"],
            "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99baac85a5ff",
            "SLACK_BOT_TOKEN": sandbox.bot_tokens[ACME],
            "SLACK_URL": sandbox.url,
            "PAGERDUTY_API_URL": sandbox.url + "/pd",
            "PAGERDUTY_API_TOKEN": sandbox.pagerduty["account_key"],
            **more,
        }
        answer = subprocess.run(
            [BOTHOST, "check", "--online"],
            cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60,
        )
        return answer.returncode, answer.stdout + answer.stderr

    return check


def test_good_tokens_are_found_good(online):
    code, said = online({"help": {}, "oncall": {}})
    assert code == 0, said
    assert "Slack: " in said and "PagerDuty: account" in said


def test_a_scope_that_is_not_granted_is_named_with_the_mend(online):
    # A limit to a user group needs a scope that the sandbox's app was not installed with.
    code, said = online({"help": {"usergroups": ["S0NOBODY"]}})
    assert code == 1, said
    assert "usergroups:read" in said
    assert "bothost manifest" in said and "install it" in said


def test_a_token_that_is_none_is_said_without_showing_it(online):
    code, said = online({"help": {}}, SLACK_BOT_TOKEN="xoxb-revoked-token")
    assert code == 1
    assert "SLACK_BOT_TOKEN" in said and "xoxb-revoked-token" not in said
