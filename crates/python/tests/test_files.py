"""Files and folders, as the command takes them."""

import json
import subprocess
import warnings

import archives
import dateline
import pytest

from conftest import ROOT, TEXT

INPUTS = ROOT / "examples" / "inputs"


def told(command, *args):
    run = subprocess.run([command, "read", *map(str, args)], capture_output=True, text=True)
    return run.stdout.splitlines()


@pytest.mark.parametrize("name", ["page.html", "feed.xml", "pages.warc", "."])
def test_the_same_bytes_as_the_command(command, name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the table has other columns
        accounts = dateline.read_files(INPUTS / name, threads=2, progress=False)
        ours = [account.to_json() for account in accounts]
    assert ours and ours == told(command, "--threads", "1", INPUTS / name)


def test_columns_with_other_names(command):
    named = dict(text="body", title="headline", published="date", id="url")
    ours = [account.to_json() for account in dateline.read_files(INPUTS / "table.csv", **named)]
    columns = ",".join(f"{field}={column}" for field, column in named.items())
    assert ours and ours == told(command, "--columns", columns, INPUTS / "table.csv")
    with pytest.raises(ValueError, match="an article has no field 'headline'"):
        dateline.read_files(INPUTS / "table.csv", headline="title")
    with pytest.raises(ValueError, match="no format 'pdf'; give one of text, html"):
        dateline.read_files(INPUTS / "table.csv", format="pdf")


def test_an_archive_of_ours(command, tmp_path):
    good = archives.pages("a", 30)
    short = archives.record("short", "<html>", length=10)  # longer than its head says
    other = [archives.record("fr", archives.FRENCH), archives.record("gone", archives.FRENCH, status="404 Gone")]
    path = archives.write(tmp_path / "news.warc.gz", [*good[:10], short, *other, *good[10:]])
    accounts = dateline.read_files(path, threads=2, on_error="raise")
    ours = []
    with pytest.raises(dateline.DatelineError, match="news.warc.gz, record 12"):
        ours.extend(accounts)
    with pytest.warns(UserWarning, match="record 12"):
        accounts = dateline.read_files(path, threads=2)
        ours = list(accounts)
    assert [account.id for account in ours] == [f"a-{n}" for n in range(30)]
    assert ours[3].published == "2024-05-04" and ours[3].outlet == "Example Wire"
    assert ours[3].claims[0].speaker.name == "Ana Lind"
    assert accounts.left_out == {"foreign": 1}
    assert [account.to_json() for account in ours] == told(command, path)
    with pytest.warns(UserWarning, match="record 12"):
        files = dateline.articles(path)
        assert [article.id for article in files] == [account.id for account in ours]
    assert files.left_out == {"foreign": 1}
    with pytest.warns(UserWarning, match="record 12"):
        added = dateline.Store(tmp_path / "news.db").add(dateline.articles(path))
    assert added == dateline.Added(added=30, foreign=1)


def test_a_folder_and_what_is_missing(command, tmp_path):
    archives.write(tmp_path / "in" / "b.warc", archives.pages("b", 3))
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "c.pdf").write_bytes(b"%PDF")
    accounts = dateline.read_files(tmp_path / "in")
    assert [account.id for account in accounts] == ["a", "b-0", "b-1", "b-2"]
    assert accounts.left_out == {"other": 1}
    lines = [json.dumps({"id": "x", "text": TEXT}), "{", json.dumps({"id": "y", "text": TEXT})]
    (tmp_path / "some.jsonl").write_text("\n".join(lines))
    with pytest.warns(UserWarning) as caught:
        read = list(dateline.read_files(tmp_path / "missing.txt", tmp_path / "some.jsonl"))
    assert [account.id for account in read] == ["x", "y"]
    messages = [str(warning.message) for warning in caught]
    assert "missing.txt: there is no such file" in messages[0] and "some.jsonl, line 2" in messages[1]
