"""The examples in the docs run."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name", ["dateline", "_account", "_articles", "_reader", "_rows", "_store", "_tables"]
)
def test_docstrings(name, tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name if name == "dateline" else f"dateline.{name}")
    failed, tried = doctest.testmod(module)
    assert failed == 0 and tried > 0
