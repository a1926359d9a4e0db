"""The pages of the commands and of the Python interface are those of the sources."""

from __future__ import annotations

import redan
from redan.scenario.schema import json_schema
from redan.views.cli.app import app
from tools.interface_pages import MEND, api_page, commands_page, in_full, out_of_date, scenario_page


def test_the_pages_are_up_to_date() -> None:
    assert out_of_date() == [], MEND


def test_every_command_and_every_name_is_there() -> None:
    commands = commands_page()
    groups = [group.typer_instance for group in app.registered_groups if group.typer_instance]
    offered = [info.callback for group in groups for info in group.registered_commands]
    assert len(offered) > 20
    assert all(f"## redan {callback.__name__}\n" in commands for callback in offered if callback)
    assert "`--replications" in commands
    assert all(f"`redan.{name}(" in api_page() for name in redan.__all__)
    assert "`Forecast.table(events)`" in api_page()


def test_every_key_of_a_scenario_is_there_with_its_words() -> None:
    schema, page = json_schema(), scenario_page()
    sections = {"scenario.yaml": schema, **schema["$defs"]}
    for name, section in sections.items():
        part = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        keys = in_full(section)["properties"]
        assert keys
        for key, field in keys.items():
            row = next(line for line in part.splitlines() if line.startswith(f"| `{key}` |"))
            assert " ".join(field.get("description", "").split()).replace("|", "\\|") in row
            assert not row.endswith("|  |"), f"{name}.{key} has no words"
