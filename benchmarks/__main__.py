"""`make bench`: the start-up time, then a small archive compared with other engines."""

import sys

from . import archive, startup

sys.argv[1:] = []
startup.main()
print()
sys.argv[1:] = ["--cables", "5000", "--engines", "tantivy", "whoosh", "--peers", "tantivy", "fts5", "whoosh"]
archive.main()
