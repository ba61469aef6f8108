"""All files of a run appear, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ConfigError
from reports.staging import SEAL, staged


def listing(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_and_fail(out: Path, name: str) -> None:
    with staged(out) as folder:
        (folder / name).write_text("half")
        raise RuntimeError("half way")


def write_inside_and_fail(out: Path) -> None:
    with staged(out) as outer:
        with staged(outer) as inner:
            (inner / "links.csv").write_text("done")
        assert listing(outer) == {"links.csv": "done"}
        raise RuntimeError("half way")


def test_files_replace_those_of_an_earlier_run_and_leave_strangers(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "links.csv").write_text("old")
    (out / "sources.toml").write_text("mine")
    with staged(out) as folder:
        (folder / "links.csv").write_text("new")
        (folder / "deep").mkdir()
        (folder / "deep" / "more.csv").write_text("more")
        assert (out / "links.csv").read_text() == "old"
    assert listing(out) == {"deep/more.csv": "more", "links.csv": "new", "sources.toml": "mine"}


def test_a_failure_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="half way"):
        write_and_fail(tmp_path / "a" / "b", "links.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_what_an_earlier_run_wrote(tmp_path: Path) -> None:
    (tmp_path / SEAL).write_text("earlier")
    with pytest.raises(RuntimeError, match="half way"):
        write_and_fail(tmp_path, SEAL)
    assert listing(tmp_path) == {SEAL: "earlier"}


def test_the_summary_is_moved_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        moved.append(self.name)
        assert not (tmp_path / SEAL).exists(), "an old summary must not vouch for half new files"
        return replace(self, target)

    (tmp_path / SEAL).write_text("earlier")
    monkeypatch.setattr(Path, "replace", noted)
    with staged(tmp_path) as folder:
        for name in (SEAL, "zz.csv", "aa.csv"):
            (folder / name).write_text("now")
    assert moved == ["aa.csv", "zz.csv", SEAL]


def test_nested_stages_fail_together(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(RuntimeError, match="half way"):
        write_inside_and_fail(out)
    assert not out.exists()


def test_an_output_place_that_is_a_file_is_a_usage_error(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("a file")
    with pytest.raises(ConfigError, match="不是文件夹"), staged(place):
        pytest.fail("nothing can be written there")
