"""What `sources.toml` may say about queries, endpoints and files elsewhere; secrets are refused, unread by any message."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import ConfigError, ManifestRefused
from data.settings import load_settings, use_settings
from data.sources.pulls.retention import open_folder
from data.sources.spec import SourcesSpec, load_sources

TODAY = date(2016, 6, 16)
HEAD = """
area = "469005"
[manifest]
controller = "文昌市委组织部"
purpose = "rectify_roster"
legal_basis = "党员教育管理工作条例"
retention_on = 2099-12-31
contact = "党建办"
[sources.r]
kind = "member_roster"
"""
SQL = '[sources.r.sql]\nurl_env = "U"\n'
HTTP = '[sources.r.http]\nurl = "https://h/x"\n'


def load(folder: Path, text: str, today: date = TODAY) -> SourcesSpec:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return load_sources(path, today)


def test_a_query_with_all_that_can_be_said(tmp_path: Path) -> None:
    more = (
        'query = "SELECT 1"\nkey = ["a", "b"]\nwatermark = "at"\ndeleted = { column = "gone", value = true }\n'
        "full_every_days = 3\noverlap_seconds = 0\nchunk_rows = 10\nconnect_timeout_seconds = 1\ntimeout_seconds = 2\n"
    )
    source = load(tmp_path, HEAD + SQL + more).sources["r"]
    assert source.sql is not None
    assert (source.sql.url_env, source.sql.key, source.sql.has_watermark) == ("U", ("a", "b"), True)
    assert (source.is_pulled, source.is_remote, source.location) == (True, False, ())


def test_an_endpoint_with_all_that_can_be_said(tmp_path: Path) -> None:
    more = (
        'token_env = "T"\nheaders_env = { X-Key = "K" }\nparams = { county = "469005" }\nrecords = "data.items"\n'
        'total = "data.total"\npaging = "cursor"\nparam = "after"\nnext = "data.next"\nsize_param = "limit"\n'
        'page_size = 500\nmax_pages = 9\nmax_mb = 5\nkey = "id"\nwatermark = { param = "since", field = "at" }\n'
    )
    source = load(tmp_path, HEAD + 'columns = { name = "person.name" }\n' + HTTP + more).sources["r"]
    assert source.http is not None
    assert (source.http.place_param, source.http.has_watermark, source.is_pulled) == ("after", True, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SQL + 'table = "t"\nspeed = 1\n', "sources.r.sql.speed"),
        (HTTP + "speed = 1\n", "sources.r.http.speed"),
        ('location = "a.csv"\n' + HTTP, "location、sql、http"),
        (HTTP + SQL + 'table = "t"\n', "location、sql、http"),
        ("", "location、sql、http"),
        ("location = []\n", "location、sql、http"),
        ('location = ["a.csv", "s3://b/c"]\n', "混在"),
        ('location = "a.csv"\noptions_env = { key = "K" }\n', "options_env"),
        ('location = "s3://b/c"\noptions_env = { key = "not a name" }\n', "options_env.key"),
        (SQL, "query 和 table"),
        (SQL + 'query = "SELECT 1"\ntable = "t"\n', "query 和 table"),
        (SQL + 'query = "SELECT 1"\nwhere = "x"\n', "where"),
        ('[sources.r.sql]\ntable = "t"\n', "url 和 url_env"),
        (SQL + 'url = "sqlite:///x"\ntable = "t"\n', "url 和 url_env"),
        (SQL + 'table = "t"\nwatermark = "at"\n', "watermark 就必须写 key"),
        (SQL + 'table = "t"\nfull_every_days = 3\n', "full_every_days"),
        (SQL + 'table = "t"\ndeleted = { column = "x" }\n', "deleted"),
        (HTTP + 'paging = "pages"\n', "sources.r.http.paging"),
        (HTTP + 'paging = "cursor"\n', "next"),
        (HTTP + 'next = "a"\n', "next"),
        (HTTP + 'param = "p"\n', "param"),
        (HTTP + "first_page = 0\n", "first_page"),
        (HTTP + "page_size = 10\n", "size_param"),
        ('[sources.r.http]\nurl = "ftp://h/x"\n', "http://"),
    ],
)
def test_a_wrong_declaration_names_the_key(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as refused:
        load(tmp_path, HEAD + text)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    "text",
    [
        '[sources.r.sql]\nurl = "postgresql://reader:s3cret@h/x"\ntable = "t"\n',
        '[sources.r.sql]\nurl = "postgresql://h/x?user=a&password=s3cret"\ntable = "t"\n',
        '[sources.r.http]\nurl = "https://reader:s3cret@h/x"\n',
        '[sources.r.http]\nurl = "https://h/x?access_token=s3cret"\n',
        HTTP + 'params = { appKey = "s3cret" }\n',
        'location = "sftp://reader:s3cret@h/*.csv"\n',
        'location = "zip://*.csv::sftp://reader:s3cret@h/a.zip"\n',
    ],
)
def test_a_literal_secret_is_refused_with_the_reason_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="环境变量") as refused:
        load(tmp_path, HEAD + text)
    assert refused.value.exit_code == 2
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("place", [SQL + 'table = "t"\n', HTTP, 'location = "s3://b/c"\n'])
@pytest.mark.parametrize(
    "change", [("retention_on = 2099-12-31", "retention_on = 2016-06-15"), ('contact = "党建办"', "")]
)
def test_no_kind_of_source_is_read_without_a_right(tmp_path: Path, place: str, change: tuple[str, str]) -> None:
    own = load_settings().model_copy(update={"var_dir": tmp_path / "var"})
    with use_settings(own), pytest.raises(ManifestRefused) as refused:
        load(tmp_path, HEAD.replace(*change) + place)
    assert refused.value.exit_code == 3
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("is_declared", [True, False])
def test_loading_destroys_what_is_kept_beyond_its_last_day(tmp_path: Path, *, is_declared: bool) -> None:
    """By the date noted beside the data when the source is gone from the file, by a date moved forward when it is not."""
    own = load_settings().model_copy(update={"var_dir": tmp_path / "var"})
    noted = date(2016, 12, 31) if is_declared else date(2016, 6, 15)
    with use_settings(own):
        open_folder("r", noted, own)
        open_folder("other", date(2016, 6, 16), own)
        head = HEAD.replace("2099-12-31", "2016-06-15") if is_declared else HEAD.replace("sources.r]", "sources.s]")
        text = head + 'location = "a.csv"\n'
        if is_declared:
            with pytest.raises(ManifestRefused):
                load(tmp_path, text)
        else:
            load(tmp_path, text)
    assert [path.name for path in own.pulls_dir.iterdir()] == ["other"]
    assert [path.name for path in own.pull_keys_dir.iterdir()] == ["other.key"]
