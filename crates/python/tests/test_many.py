"""Many articles: frames, order, memory, and being stopped."""

import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time

import dateline
import pytest

from conftest import TEXT


def texts(count):
    return [f"The minister of country {n} said that talks would resume on Monday." for n in range(count)]


def test_order_and_threads():
    ours = texts(60)
    for threads in (1, 3):
        accounts = list(dateline.read_many(ours, threads=threads, progress=False))
        assert [account.text for account in accounts] == ours
        assert [account.id for account in accounts] == [str(n) for n in range(60)]


def test_few_are_on_their_way():
    taken = 0

    def endless():
        nonlocal taken
        for n in itertools.count():
            taken += 1
            yield f"Talks opened {n}."

    accounts = dateline.read_many(endless(), threads=2)
    for _ in range(10):
        next(accounts)
    assert taken <= 10 + 2 * 4


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "batches", "dicts"])
def test_frames(kind):
    rows = {
        "body": ["It is over, Ana Lind said.", None, "Troops left."],
        "uri": ["x", "y", "z"],
        "published": ["2024-05-08", None, "2024-05-09"],
    }
    if kind == "pandas":
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame(rows)
        frame["published"] = pandas.to_datetime(frame["published"])
        frame["body"] = frame["body"].astype(object)
        frame.loc[1, "body"] = float("nan")
    elif kind == "polars":
        frame = pytest.importorskip("polars").DataFrame(rows)
    elif kind in ("arrow", "batches"):
        frame = pytest.importorskip("pyarrow").table(rows)
        frame = frame.to_reader(max_chunksize=2) if kind == "batches" else frame
    else:
        frame = [dict(zip(rows, row)) for row in zip(*rows.values())]
    accounts = list(dateline.read_many(frame, text="body", id="uri"))
    assert [account.id for account in accounts] == ["x", "y", "z"]
    assert [account.published for account in accounts] == ["2024-05-08", None, "2024-05-09"]
    assert accounts[0].claims[0].speaker.name == "Ana Lind"
    assert accounts[1].notes == ["the text is empty"]


def test_a_frame_without_the_column():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"body": ["a"], "uri": ["b"]})
    with pytest.raises(KeyError, match="no column 'text'; the columns are body, uri; name the right one"):
        next(dateline.read_many(frame))
    with pytest.raises(KeyError, match="no column 'day'"):
        next(dateline.read_many(frame, text="body", published="day"))
    with pytest.raises(KeyError, match="article 0 has no 'text'; it has body"):
        next(dateline.read_many([{"body": "a"}]))
    with pytest.raises(TypeError, match="an article has no field 'headline'"):
        dateline.read_many(frame, headline="body")
    with pytest.raises(TypeError, match="not one str"):
        next(dateline.read_many("one text"))


def test_what_the_source_raises_comes_after_the_articles_before_it():
    def source():
        yield "It is over, he said."
        yield "It is not over, she said."
        raise OSError("gone")

    accounts = dateline.read_many(source(), threads=2)
    assert len([next(accounts), next(accounts)]) == 2
    with pytest.raises(OSError, match="gone"):
        next(accounts)
    with pytest.raises(StopIteration):
        next(accounts)
    mixed = dateline.read_many(["It is over.", 5])
    next(mixed)
    with pytest.raises(TypeError, match="article 1 is a str, a dict with 'text' or an Article, and not a int"):
        next(mixed)


def test_a_bad_day_is_set_aside_with_a_note():
    account = next(dateline.read_many([{"text": "It is over, he said.", "published": "soon"}]))
    assert account.published is None and "'soon' is no certain day" in account.notes[0]


def test_a_million_empty_rows():
    """In a process of its own, whose memory is bounded by the articles in flight."""
    code = """
        import dateline, itertools, resource, time
        def peak():
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        def read(count):
            accounts = dateline.read_many(itertools.repeat(None, count), threads=2)
            assert next(accounts).notes == ["the text is empty"]
            return 1 + sum(1 for _ in accounts)
        read(10_000)
        before, begun = peak(), time.process_time()
        assert read(1_000_000) == 1_000_000
        print(time.process_time() - begun, peak() - before)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    seconds, megabytes = map(float, run.stdout.split())
    assert seconds < 120 and megabytes < 20


def test_tables_share_their_memory():
    pyarrow = pytest.importorskip("pyarrow")
    tables = dateline.read_many(texts(30)).tables()
    claims = pyarrow.table(tables.claims)
    assert claims.schema == dateline.schema("claims")
    assert claims.num_rows == len(tables.claims) == 30
    again = tables.claims.to_arrow()
    address = lambda table: table.column("quote").chunk(0).buffers()[2].address
    assert address(claims) == address(again)
    assert tables.articles.to_arrow().column("text").to_pylist() == texts(30)
    assert list(tables["events"].to_pandas().columns) == tables.events.column_names
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(tables.claims)["speaker"].len() == 30


def test_tables_are_the_accounts():
    pytest.importorskip("pyarrow")
    accounts = list(dateline.read_many([TEXT, TEXT[:60]]))
    rows = dateline.read_many([TEXT, TEXT[:60]]).tables().claims.to_arrow().to_pylist()
    claims = [claim for account in accounts for claim in account.claims]
    assert [row["quote"] for row in rows] == [claim.quote for claim in claims]
    assert [[tuple(s.values()) for s in row["content_spans"]] for row in rows] == [c.content for c in claims]


SLOW = """
    import dateline, sys
    texts = ["The minister said that talks would resume on Monday. " * 400] * 100000
    {how}
"""


@pytest.mark.parametrize("how", [
    "for account in dateline.read_many(texts, threads=2, progress=False): print('.', flush=True)",
    "print('.', flush=True); dateline.read_many(texts, progress=False).tables()",
    "print('.', flush=True); dateline.read('and the army and the navy said that ' * 90000)",
])
def test_ctrl_c_stops_within_a_second(how):
    code = textwrap.dedent(SLOW).format(how=how)
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    time.sleep(0.5)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert time.monotonic() - begun < 1, stderr
    assert "KeyboardInterrupt" in stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_fork():
    dateline.read(TEXT)
    begun = dateline.read_many(texts(50), threads=2)
    next(begun)
    child = os.fork()
    if child == 0:
        try:
            good = dateline.read(TEXT).claims[0].speaker.name == "Ana Lind"
            good &= len(list(dateline.read_many(texts(5)))) == 5
            try:
                next(begun)
                good = False
            except RuntimeError as error:
                good &= "another process" in str(error)
            os._exit(0 if good else 3)
        except BaseException:
            os._exit(4)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(list(begun)) == 49


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_multiprocessing(method):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    with multiprocessing.get_context(method).Pool(2) as pool:
        accounts = pool.map(dateline.read, texts(6))
    assert [account.text for account in accounts] == texts(6)
