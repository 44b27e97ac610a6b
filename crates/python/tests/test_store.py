"""Stores."""

import csv
import json
import subprocess

import dateline
import pytest

from conftest import TEXT


@pytest.fixture
def store(tmp_path, articles):
    store = dateline.Store(tmp_path / "news.db")
    added = store.add(articles, progress=False)
    assert added == dateline.Added(added=3)
    return store


def test_the_answers_of_the_command(store, command):
    def told(*args):
        run = subprocess.run(
            [command, *args, "--store", store.path], capture_output=True, text=True, check=True
        )
        return json.loads(run.stdout)

    assert store.find("claims", by="biden") == told("find", "claims", "--by", "biden", "--format", "json")
    assert store.find("events", type="retreat", limit=5) == told(
        "find", "events", "--type", "retreat", "-n", "5", "--format", "json"
    )
    assert store.find("incidents", since="2022-02") == told(
        "find", "incidents", "--since", "2022-02", "--format", "json"
    )
    assert store.find("people") == told("find", "people", "--format", "json")
    assert store.disputes() == told("disputes", "--format", "json")
    assert store.timeline() == told("timeline", "--format", "json")
    assert store.who("biden") == told("who", "biden", "--json")
    assert store.who("biden").actor.name == "Joe Biden"
    assert store.who("nobody of that name") is None


def test_the_store_of_the_command(store, command, articles, tmp_path):
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    other = tmp_path / "other.db"
    subprocess.run([command, "add", "--store", other, "-"], input=lines, text=True, check=True)
    for table in ["articles", "claims", "events", "entities", "incidents"]:
        assert store.table(table).to_arrow() == dateline.Store(other).table(table).to_arrow()


def test_adding_again_and_replacing(store, articles):
    assert store.add(articles, progress=False) == dateline.Added(known=3)
    other = [{"id": articles[0]["id"], "text": TEXT}]
    assert store.add(other) == dateline.Added(kept=1)
    assert store.add(other, replace=True) == dateline.Added(added=1)
    assert store.account(articles[0]["id"]).text == TEXT
    assert store.add(["", "Der Minister sprach am Montag mit der Presse über den Haushalt des Landes."]) == (
        dateline.Added(foreign=1, unread=1)
    )
    account = dateline.read(TEXT, id="mine")
    assert store.add(account) == dateline.Added(added=1)
    assert store.account("mine") == account and len(store) == 4
    assert store.remove("mine") and not store.remove("mine")
    assert store.check() == []


def test_sql(store):
    assert store.sql("SELECT count(*) AS n FROM articles")[0].n == 3
    with pytest.raises(dateline.StoreError, match="only asked with SQL, not changed"):
        store.sql("DELETE FROM articles")


def test_tables_and_files(store, tmp_path):
    pytest.importorskip("pyarrow")
    events = store.table("events", type="RETREAT").to_arrow()
    assert set(events.column("type").to_pylist()) == {"RETREAT"}
    store.export("claims", tmp_path / "c.parquet")
    import pyarrow.parquet

    assert pyarrow.parquet.read_table(tmp_path / "c.parquet") == store.table("claims").to_arrow()
    store.export("polecat", tmp_path / "p.csv")
    with open(tmp_path / "p.csv", newline="", encoding="utf-8") as file:
        assert next(csv.reader(file))[:2] == ["Event ID", "Event Date"]
    store.export("gexf", tmp_path / "a.gexf")
    networkx = pytest.importorskip("networkx")
    assert networkx.read_gexf(tmp_path / "a.gexf").number_of_edges() > 5


def test_mistakes_in_the_sentences_of_the_command(store, tmp_path):
    with pytest.raises(dateline.StoreError, match="there is no such store"):
        dateline.Store(tmp_path / "none.db").find("claims")
    (tmp_path / "text.db").write_text("not a store, but a text that is long enough" * 100)
    with pytest.raises(dateline.StoreError, match="not a store of dateline's"):
        dateline.Store(tmp_path / "text.db").find("claims")
    with pytest.raises(ValueError, match="nothing is found by 'wars'; give claims"):
        store.find("wars")
    with pytest.raises(TypeError, match="not asked by 'speaker'; give by"):
        store.find("claims", speaker="biden")
    with pytest.raises(ValueError, match="since 'soon': give a day"):
        store.find("claims", since="soon")
    with pytest.raises(dateline.StoreError, match="no full-text query"):
        store.find("claims", text="AND")
    with pytest.raises(ValueError, match="does not tell the layout"):
        store.export("claims", tmp_path / "c.xlsx")
    with pytest.raises(dateline.DatelineError, match="check the folder"):
        store.export("claims", tmp_path / "none" / "c.csv")
