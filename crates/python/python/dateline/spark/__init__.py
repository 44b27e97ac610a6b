"""Reading on a Spark cluster, and the job that does it for a year of news.

>>> accounts = dateline.spark.read(frame, text="body", id="uri")  # doctest: +SKIP
>>> accounts.claims.groupBy("speaker").count().show()             # doctest: +SKIP

Web archives, as CC-NEWS has them, a task a file:

>>> accounts = dateline.spark.read_warc(spark, "cc-news/2024/05")     # doctest: +SKIP

As a job, for spark-submit::

    python -m dateline.spark --input articles.parquet --output accounts
    python -m dateline.spark --input cc-news/2024/05 --format warc --output accounts

The tables have the columns of ``docs/export.md``. Every task reads with one
thread, since Spark runs a task a core; the model is in the package, so a worker
needs nothing but the package.
"""

from dateline.spark._frames import Accounts, read, read_warc
from dateline.spark._job import main, run, run_warc

__all__ = ["Accounts", "main", "read", "read_warc", "run", "run_warc"]
