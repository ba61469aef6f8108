"""recordlinkage without its front door: what we build on is there, scikit-learn is not, until somebody asks for it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import recordlinkage
from recordlinkage.base import BaseCompareFeature as FeatureOfToolkit
from recordlinkage.base import BaseIndexAlgorithm as IndexOfToolkit

from matching.toolkit import BaseCompareFeature, BaseIndexAlgorithm

_CODE = """
import json, sys
{before}
from matching.comparisons import COMPARISONS
closed = "sklearn" in sys.modules
from recordlinkage import rl_logging, measures
still_closed = "sklearn" in sys.modules
import recordlinkage
compare = recordlinkage.Compare()
compare.add(COMPARISONS["name"]("name", "name", label="name"))
from recordlinkage.base import BaseCompareFeature
is_same = issubclass(COMPARISONS["name"], BaseCompareFeature) and recordlinkage.base.BaseCompareFeature is BaseCompareFeature
option = recordlinkage.get_option("classification.return_type")
print(json.dumps([closed, still_closed, "sklearn" in sys.modules, is_same, recordlinkage.__version__, option]))
"""


def test_the_classes_are_the_toolkit_s_own() -> None:
    assert BaseCompareFeature is FeatureOfToolkit
    assert BaseIndexAlgorithm is IndexOfToolkit
    assert callable(recordlinkage.Compare)


@pytest.mark.parametrize(("before", "is_loaded"), [("", False), ("import recordlinkage", True)])
def test_its_front_door_opens_when_it_is_asked_for(before: str, *, is_loaded: bool) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _CODE.format(before=before)], capture_output=True, check=True, text=True
    )
    assert json.loads(answer.stdout) == [is_loaded, is_loaded, True, True, "0.16", "index"]


def test_what_it_does_not_have_is_missing() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = recordlinkage.no_such_thing
