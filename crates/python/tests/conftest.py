"""What all tests have: articles of our own, and the command where it is built."""

import json
import os
import pathlib
import shutil

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]

TEXT = (
    "Norway's prime minister, Ana Lind, visited Sweden on Monday. \"We will not leave,\" she said. "
    "Soldiers left the border town of Halden on Tuesday, the army said."
)


@pytest.fixture
def articles():
    """The examples of the project."""
    lines = (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def command():
    """The command: DATELINE, or what cargo built."""
    built = os.environ.get("DATELINE") or str(ROOT / "target" / "release" / "dateline")
    if not shutil.which(built):
        pytest.skip("the command is not built (cargo build --release), nor named in DATELINE")
    return built
