"""The examples run, on the articles of the project."""

import re
import subprocess
import sys

import dateline
import pytest

from conftest import ROOT

EXAMPLES = ROOT / "examples" / "python"


@pytest.fixture
def exported(tmp_path, articles, monkeypatch):
    """The folder of an export, which is the working directory."""
    pytest.importorskip("pyarrow")
    store = dateline.Store(tmp_path / "news.db")
    store.add(articles)
    store.export("claims", tmp_path / "claims.parquet")
    store.export("events", tmp_path / "events.parquet")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_a_folder_to_a_timeline(tmp_path):
    for needed in ("pandas", "matplotlib", "networkx"):
        pytest.importorskip(needed)
    (tmp_path / "in").mkdir()
    for name in ["articles.jsonl", "xandia/article.txt"]:
        (tmp_path / "in" / name.rpartition("/")[2]).write_text((ROOT / "examples" / name).read_text())
    run = subprocess.run(
        [sys.executable, EXAMPLES / "folder_to_timeline.py", tmp_path / "in", "--out", tmp_path / "out"],
        capture_output=True, text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "Added(added=4" in run.stdout and "actors.graphml actors.png timeline.png" in run.stdout
    assert (tmp_path / "out" / "timeline.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "out" / "actors.png").stat().st_size > 10_000


def test_the_query_in_duckdb(exported):
    duckdb = pytest.importorskip("duckdb")
    rows = duckdb.sql((EXAMPLES / "events.sql").read_text()).fetchall()
    assert rows and all(actor and recipient for _, actor, recipient, *_ in rows)


def test_the_columns_of_the_snippet_in_r(exported):
    """R is rarely at hand: the names that it uses are held against the files."""
    import pyarrow.parquet

    snippet = (EXAMPLES / "claims.R").read_text()
    claims = pyarrow.parquet.read_schema(exported / "claims.parquet")
    used = re.search(r"select\((.*?)\)", snippet).group(1).split(", ")
    used += re.findall(r"(?:filter|arrange)\((\w+)", snippet) + re.findall(r"(\w+) >=", snippet)
    assert {"stance", "confidence", "day", "quote"} <= set(used)
    assert set(used) <= set(claims.names)
    events = pyarrow.parquet.read_schema(exported / "events.parquet")
    unnested, counted, other = re.search(
        r'unnest\((\w+), names_sep = "_"\) \|> count\((\w+), (\w+)', snippet
    ).groups()
    assert other in events.names
    parties = events.field(unnested).type.value_type
    assert counted in [f"{unnested}_{parties.field(at).name}" for at in range(parties.num_fields)]
