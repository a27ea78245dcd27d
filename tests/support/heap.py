"""What was loaded to begin with is not looked through for garbage again and again.

The tests of a worker and the modules they need are some millions of objects that stay to its end.
Python walks through all of them in every full collection, which took two fifths of the processor
time of tests that open a database. What a test makes is collected, only less often.
"""

from __future__ import annotations

import gc

import pytest

THRESHOLDS = (10_000, 20, 50)
"""Of `gc.set_threshold`: what is loaded later, and is to stay, is not set aside."""


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Sets aside what is there now (`gc.freeze`)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
