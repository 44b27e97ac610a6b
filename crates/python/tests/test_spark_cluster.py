"""Spark on a cluster of two executors, one of which is killed."""

import os
import pathlib
import shutil
import signal
import threading

import pytest

pytest.importorskip("pyspark")
if not shutil.which("java"):
    pytest.skip("no Java here", allow_module_level=True)

import dateline
import dateline.spark

from sparks import dicts, expected, rows, session, write_input, written


@pytest.mark.skipif(
    not os.environ.get("DATELINE_CLUSTER"),
    reason="set DATELINE_CLUSTER=1: it takes minutes and two executors of 1 GB",
)
def test_a_killed_executor_loses_nothing(tmp_path):
    given = rows(400, 12)
    write_input(tmp_path, given)
    spark = session("local-cluster[2,1,1024]")
    killed, over = [], threading.Event()
    tracker = spark.sparkContext.statusTracker()

    def amid():
        """Two executors, and a stage of eight tasks of which some are done."""
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return any(s and s.numTasks == 8 and 2 <= s.numCompletedTasks <= 5 for s in stages)

    def kill():
        while not killed and not over.wait(0.05):
            found = executors()
            if len(found) == 2 and amid() and (tmp_path / "out").exists():
                os.kill(found[0], signal.SIGKILL)
                killed.append(found[0])

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        frame = spark.read.parquet(str(tmp_path / "in.parquet"))
        assert dateline.spark.run(spark, frame, str(tmp_path / "out"), parts=8, at_once=8) == 8
        assert killed, "no executor was killed"
        assert dateline.spark.run(spark, frame, str(tmp_path / "out"), parts=8, at_once=8) == 0
    finally:
        over.set()
        thread.join()
        spark.stop()
    assert written(tmp_path / "out") == expected(dateline.read_many(dicts(given)))


def executors():
    """The executors that this process started, below its JVM."""
    parents, found = {}, []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended
        if any(word.endswith(b"CoarseGrainedExecutorBackend") for word in command):
            found.append(int(folder.name))

    def ours(pid):
        while pid > 1:
            if pid == os.getpid():
                return True
            pid = parents.get(pid, 0)
        return False

    return sorted(pid for pid in found if ours(pid))
