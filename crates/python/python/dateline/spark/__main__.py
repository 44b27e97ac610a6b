"""``python -m dateline.spark``, and what spark-submit is given."""

import sys

from dateline.spark import main

if __name__ == "__main__":
    sys.exit(main())
