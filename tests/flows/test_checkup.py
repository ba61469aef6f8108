"""`longlou doctor`: each thing that can be wrong is found and told with what to do; a sound installation is fit."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.settings import Settings, load_settings
from data.store import backup
from data.store.session import open_store
from data.store.users import Role, add_user
from flows import checkup, checkup_service
from flows.found import Health
from flows.scheduler import SchedulerUnavailable
from flows.trial import Trial, trial
from longlou.main import run


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = load_settings().model_copy(update={"var_dir": tmp_path / "var", "database_url": None})
    open_store(made.database).close()
    return made


class Answers:
    """A scheduler that says what a test wants it to say."""

    api = "http://127.0.0.1:4200/api"

    def __init__(
        self, *, alive: bool = True, served: bool = True, next_at: datetime | None = None, tells: bool = False
    ) -> None:
        self.alive, self.served, self.next_at, self.tells = alive, served, next_at, tells

    def is_alive(self) -> bool:
        return self.alive

    def is_served(self, _deployment: str) -> bool:
        return self.served

    def next_start(self, _deployment: str) -> datetime | None:
        if not self.alive:
            raise SchedulerUnavailable("ConnectError")
        return self.next_at

    def reports_home(self) -> bool:
        if not self.alive:
            raise SchedulerUnavailable("ConnectError")
        return self.tells


_SOON = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (None, {"scheduler": "warning", "worker": "warning", "night": "warning", "telemetry": "good"}),
        (Answers(alive=False), {"scheduler": "bad", "worker": "warning", "night": "warning", "telemetry": "warning"}),
        (Answers(next_at=_SOON), {"scheduler": "good", "worker": "good", "night": "good", "telemetry": "good"}),
        (Answers(served=False), {"scheduler": "good", "worker": "bad", "night": "bad", "telemetry": "good"}),
        (Answers(next_at=_SOON, tells=True), {"scheduler": "good", "night": "good", "telemetry": "bad"}),
    ],
)
def test_the_service(settings: Settings, monkeypatch: pytest.MonkeyPatch, answers: Any, wanted: dict[str, str]) -> None:
    monkeypatch.setattr(checkup_service, "scheduler_of", lambda _settings: answers)
    found = {one.name: one for one in checkup.check_up(settings)}
    assert {name: str(found[name].health) for name in wanted} == wanted
    assert all(one.fix for one in found.values() if one.health is Health.BAD)
    if answers is not None and answers.next_at and answers.alive:
        # On the wall of Beijing it is the next year already.
        assert "2027-01-01 02:30" in found["night"].message


def test_exporters_of_others_are_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.example")
    found = checkup_service.telemetry(settings)
    assert (found.health, found.message) == (Health.WARNING, "OTEL_EXPORTER_OTLP_ENDPOINT")


def test_keys_that_are_lost_or_open_to_others(settings: Settings) -> None:
    assert checkup.keys(settings).health is Health.GOOD
    settings.keyring_file.chmod(0o644)
    found = next(one for one in checkup.check_up(settings) if one.name == "keys")
    assert found.health is Health.BAD
    settings.keyring_file.chmod(0o600)
    settings.key_file.write_bytes(b"x" * 32)
    settings.key_file.chmod(0o640)
    assert checkup.keys(settings).health is Health.BAD


def test_users(settings: Settings) -> None:
    assert checkup.users(settings).health is Health.WARNING
    with open_store(settings.database) as store:
        add_user(store, "wang", "王", [Role.ADMINISTRATOR], ["46"], "a first password", "test")
    assert "wang" in checkup.users(settings).message
    with open_store(settings.database) as store:
        add_user(store, "li", "李", [Role.ANALYST], ["46"], "a first password", "test")
    assert checkup.users(settings).health is Health.WARNING


@pytest.mark.parametrize(
    ("host", "is_https", "health"),
    [("127.0.0.1", False, "good"), ("0.0.0.0", False, "warning"), ("0.0.0.0", True, "good")],
)
def test_a_desk_without_https(settings: Settings, host: str, is_https: bool, health: str) -> None:
    asked = settings.model_copy(update={"web_host": host, "is_https": is_https})
    assert str(checkup_service.transport(asked).health) == health


def test_backups(settings: Settings, tmp_path: Path) -> None:
    assert checkup_service.backups(settings).health is Health.WARNING
    asked = settings.model_copy(update={"backup_dir": tmp_path / "backups"})
    (tmp_path / "backups").mkdir()
    assert checkup_service.backups(asked).health is Health.WARNING
    now = datetime.now(UTC)
    backup.make_backup(asked, tmp_path / "backups", None, "test", now - timedelta(days=5))
    assert checkup_service.backups(asked).health is Health.BAD
    backup.make_backup(asked, tmp_path / "backups", None, "test", now)
    # It is whole and of today, but it would be lost with the disk of the data.
    assert checkup_service.backups(asked).health is Health.WARNING


def test_pins_name_the_package(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checkup.pins(settings).health is Health.GOOD
    real = checkup.version
    monkeypatch.setattr(checkup, "version", lambda name: "3.0.0" if name == "pandas" else real(name))
    found = checkup.pins(settings)
    assert found.health is Health.BAD
    assert "pandas 3.0.0" in found.message


def test_sqlite_on_a_share(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checkup.database(settings).health is Health.GOOD
    monkeypatch.setattr(checkup, "file_system", lambda _folder: "nfs4")
    assert checkup.database(settings).health is Health.BAD


def test_little_room(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "_FREE_MB", 10**9)
    assert checkup.space(settings).health is Health.WARNING


def test_a_check_that_breaks_is_told_and_the_others_go_on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_settings: Settings) -> checkup.Found:
        raise RuntimeError("13812345678")

    monkeypatch.setattr(checkup, "CHECKS", (breaks, checkup.python))
    broken, sound = checkup.check_up(settings)
    assert (broken.name, broken.health, sound.health) == ("breaks", Health.BAD, Health.GOOD)
    assert "138" not in broken.message


def test_the_command_says_it_in_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    assert run(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["is_fit"]
    assert "end_to_end" not in {one["name"] for one in told["checks"]}
    monkeypatch.setattr(checkup, "trial", lambda _settings: Trial(183, 9.0, False))
    assert run(["doctor", "--full"]) == 1
    assert "✗ end_to_end" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.engine
def test_a_small_county_end_to_end(settings: Settings) -> None:
    before = sorted(settings.var_dir.rglob("*"))
    found = trial(settings)
    assert found.is_as_expected
    assert found.n_members > 100
    assert sorted(settings.var_dir.rglob("*")) == before
