"""What lies in deploy/: units that systemd reads, a compose file that holds together, settings and calls of this program."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from data.settings import Settings
from longlou.main import app
from tools.source_files import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if name != "postgres"}


def _takes(arguments: list[str]) -> None:
    """The command line reads these arguments; nothing is run."""
    group: Any = typer.main.get_command(app)
    with group.make_context("longlou", list(arguments), resilient_parsing=False) as context:
        name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])
        assert name == "serve"
        command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: str(path.name))
def test_systemd_reads_the_unit(unit: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    text = unit.read_text(encoding="utf-8")
    (line,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
    binary, *arguments = shlex.split(line)
    assert binary == "/srv/longlou/venv/bin/longlou"
    _takes(arguments[2:])
    assert arguments[:2] == ["--config", "/etc/longlou/longlou.toml"]
    if program is not None:
        here = tmp_path / unit.name
        here.write_text(text.replace(binary, "/bin/true").replace(" longlou-scheduler.service", ""), encoding="utf-8")
        done = subprocess.run([program, "verify", str(here)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_there_is_a_unit_for_all_and_for_each_part() -> None:
    served = {unit.stem: re.findall(r"--only (\w+)", unit.read_text(encoding="utf-8")) for unit in UNITS}
    apart = {f"longlou-{part}": [part] for part in ("desk", "scheduler", "worker")}
    assert served == {"longlou": [], **apart}


def test_example_settings_are_settings() -> None:
    text = (DEPLOY / "longlou.toml").read_text(encoding="utf-8")
    # What is commented out is there to be taken over: it has to be right too.
    whole = re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE)
    assert len(tomllib.loads(whole)) > len(tomllib.loads(text))
    made = Settings.model_validate(tomllib.loads(whole))
    assert made.database.startswith("postgresql:///longlou")


def test_every_service_of_the_compose_file_holds_together() -> None:
    assert set(COMPOSE["services"]) == {"postgres", "scheduler", "worker", "desk"}
    volumes = {mount.partition(":")[0] for service in COMPOSE["services"].values() for mount in service["volumes"]}
    assert {name for name in volumes if name.isidentifier()} == set(COMPOSE["volumes"])
    for name, service in OURS.items():
        assert set(service["depends_on"]) <= set(COMPOSE["services"])
        assert service["command"][-2:] == ["--only", name]
        _takes(service["command"])
        own = [key for key in service["environment"] if key.startswith("LONGLOU_")]
        assert {key.removeprefix("LONGLOU_").lower() for key in own} <= set(Settings.model_fields)
    assert (DEPLOY / "compose" / "Dockerfile").is_file()


def test_only_the_desk_can_be_reached_and_only_from_this_machine() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8469:8469"]
    assert all(OURS[name]["network_mode"] == "service:scheduler" for name in ("worker", "desk"))
    assert COMPOSE["networks"]["inside"]["internal"]


def test_what_the_compose_file_asks_for_is_in_the_example() -> None:
    text = (DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8")
    told = dict(
        re.findall(r"^(\w+)=(.*)$", (DEPLOY / "compose" / "example.env").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {name for name, _ in re.findall(r"\$\{(\w+)(:\?[^}]*)?\}", text)} == set(told)
    assert not any(told[name].removeprefix("longlou:") for name in ("POSTGRES_PASSWORD", "LONGLOU_PREFECT_AUTH"))


def test_the_image_copies_every_package() -> None:
    copied = set(
        re.findall(r"^COPY (\w+) \w+$", (DEPLOY / "compose" / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert copied == set(declared["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
