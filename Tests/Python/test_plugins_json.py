"""plugins.json against the schema that editors use."""

import copy
import json

import jsonschema
import pytest

from conftest import ROOT

SCHEMA = json.loads((ROOT / "plugins.schema.json").read_text())
SHIPPED = json.loads((ROOT / "plugins.json").read_text())


def problems(document):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [error.json_path for error in validator.iter_errors(document)]


def changed(**changes):
    document = copy.deepcopy(SHIPPED)
    document.update(changes)
    return document


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_shipped_file_is_valid_and_lists_the_six_plugins():
    assert problems(SHIPPED) == []
    assert list(SHIPPED["plugins"]) == ["help", "trigger", "oncall", "invite", "unlink", "insights", "incidents"]


def test_a_workspace_may_differ_key_by_key():
    workspace = {
        "name": "Acme",
        "fallbackChannel": "C0OPS",
        "plugins": {"trigger": {"channels": ["C0INC"], "usergroups": ["S0SRE"]}, "invite": {"enabled": False}},
    }
    assert problems(changed(workspaces={"T0123ABCD": workspace})) == []


@pytest.mark.parametrize(
    "changes, place",
    [
        ({"comand": "/pd"}, "$"),
        ({"command": "pd"}, "$.command"),
        ({"plugins": {"help": {"enabled": "yes"}}}, "$.plugins.help.enabled"),
        ({"plugins": {"help": {"chanels": []}}}, "$.plugins.help"),
        ({"plugins": {"help": {"channels": ["general"]}}}, "$.plugins.help.channels[0]"),
        ({"workspaces": {"acme": {}}}, "$.workspaces"),
        ({"workspaces": {"T0ACME": {"plugin": {}}}}, "$.workspaces.T0ACME"),
        ({"workspaces": {"T0ACME": {"fallbackChannel": "#ops"}}}, "$.workspaces.T0ACME.fallbackChannel"),
    ],
)
def test_a_slip_is_shown_where_it_stands(changes, place):
    assert problems(changed(**changes)) == [place]
