"""One article."""

import copy
import datetime
import json
import pickle
import subprocess
import sys
import threading

import dateline
import pytest

from conftest import TEXT


def test_rows_and_what_they_point_at():
    account = dateline.read(TEXT, published="2024-05-08", title="A visit", byline="A. Roe")
    assert account.title == "A visit" and account.byline == ["A. Roe"]
    claim = account.claims[0]
    assert claim.speaker.name == "Ana Lind" and claim.stance and claim.form == "direct"
    assert claim.quote == '"We will not leave,"'
    start, end = claim.content[0]
    assert account.text[start:end] == claim.quote
    visit = account.events[0]
    assert (visit.type, visit.mode, visit.date, visit.happened) == ("CONSULT", "visit", "2024-05-06", True)
    assert [entity.code for entity in visit.recipient] == ["SWE"]
    assert visit.claim is None and "visited" in visit.quote
    told = [event for event in account.events if event.claim]
    assert all(event.claim in account.claims for event in told)
    assert account.times[0].value == "2024-05-06" and account.times[0].text == "Monday"
    assert {place.country for place in account.places} >= {"SWE"}
    mention = account.entities[0].mentions[0]
    assert mention.text in TEXT


def test_reprs_help():
    account = dateline.read(TEXT, id="a1")
    assert repr(account).startswith("<Account 'a1': 27 words, ")
    assert "quote='\"We will not leave,\"'" in repr(account.claims[0])
    assert "CONSULT" in repr(account.events[0])
    assert repr(dateline.read("")) == "<Account 'article': the text is empty>"
    with pytest.raises(AttributeError, match="Claim has no 'wrong'; it has id, source"):
        account.claims[0].wrong


def test_an_account_is_its_json():
    account = dateline.read(TEXT, published="2024-05-08")
    assert json.loads(account.to_json()) == account.to_dict()
    assert dateline.Account.from_json(account.to_json()) == account
    assert pickle.loads(pickle.dumps(account)) == account
    assert copy.deepcopy(account).claims == account.claims
    with pytest.raises(ValueError):
        dateline.Account.from_json("{}")


def test_days_of_publication():
    for day in ["2024-05-08", datetime.date(2024, 5, 8), datetime.datetime(2024, 5, 8, 9, 30)]:
        assert dateline.read(TEXT, day).published == "2024-05-08"
    zone = datetime.timezone.utc
    moment = dateline.read(TEXT, datetime.datetime(2024, 5, 8, 9, 30, tzinfo=zone))
    assert moment.published == "2024-05-08T09:30:00+00:00" and moment.times[0].value == "2024-05-06"
    with pytest.raises(ValueError, match="'soon' is not a day like 2018-12-20 nor an RFC 3339 time"):
        dateline.read(TEXT, "soon")


@pytest.mark.parametrize("text", [None, float("nan"), "", "  \n"])
def test_nothing_to_read(text):
    account = dateline.read(text)
    assert account.claims == [] and account.notes == ["the text is empty"]


def test_what_is_no_text():
    for text in [b"bytes", 5, ["a"], object()]:
        with pytest.raises(TypeError, match="is a str, and not a"):
            dateline.read(text)


def test_lone_surrogates_keep_every_character_in_its_place():
    text = "\ud800\U0001f600 \"It is over,\" Ana Lind said.\udfff"
    account = dateline.read(text)
    assert len(account.text) == len(text)
    assert account.text == text.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
    start, end = account.claims[0].content[0]
    assert text[start:end] == '"It is over,"'
    assert account.notes[0] == "2 lone surrogates, which are no characters, were read as U+FFFD"


def test_other_languages_are_not_read():
    account = dateline.read("Der Minister sprach am Montag mit der Presse über den Haushalt des Landes.")
    assert account.claims == [] and account.language == "de" and "not English" in account.notes[0]


def test_html_shows_the_evidence_and_escapes_everything():
    text = '"<script>alert(1)</script> & more," Ana Lind said on Monday.'
    account = dateline.read(text, title="<b>", outlet='"&"')
    page = account._repr_html_()
    assert "<script" not in page and "<b>" not in page
    assert "&lt;script&gt;" in page and 'class="content' in page and 'class="cue' in page
    shown = page.split('<div class="text">')[1].split("</div>")[0]
    import html, re

    assert html.unescape(re.sub("<[^>]*>", "", shown)) == text


def test_settings_and_their_mistakes():
    reader = dateline.Reader(tokens=True, explain=True, notations=["cameo", "quad"])
    account = reader.read(TEXT)
    assert account.tokens[0]["lemma"] and account.events[0].cameo == "042"
    with pytest.raises(ValueError, match="no notation 'goldstein'"):
        dateline.Reader(notations=["goldstein"])
    with pytest.raises(ValueError, match="lexicon nowhere: there is no such folder"):
        dateline.Reader(lexicon="nowhere")
    with pytest.raises(dateline.DatelineError, match="nowhere.gaz"):
        dateline.Reader(gazetteer="nowhere.gaz")


def test_the_same_bytes_as_the_command(articles, command, tmp_path):
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    run = subprocess.run([command, "read", "-"], input=lines, capture_output=True, text=True, check=True)
    ours = [account.to_json() for account in dateline.read_many(articles, threads=2)]
    assert ours == run.stdout.splitlines()
    (tmp_path / "a.jsonl").write_text(lines)
    files = dateline.read_many(dateline.articles(tmp_path / "a.jsonl"))
    assert [account.to_json() for account in files] == ours


def test_other_threads_run_meanwhile():
    ticks, stop = [], threading.Event()

    def tick():
        while not stop.wait(0.001):
            ticks.append(1)

    thread = threading.Thread(target=tick)
    thread.start()
    dateline.read(TEXT * 200)
    stop.set()
    thread.join()
    assert len(ticks) > 20


def test_importing_is_quick():
    code = "import time; begun = time.process_time(); import dateline; print(time.process_time() - begun)"
    run = [sys.executable, "-c", code]
    took = [float(subprocess.run(run, capture_output=True, check=True).stdout) for _ in range(3)]
    assert min(took) < 0.3, took
