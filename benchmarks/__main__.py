"""`make bench`: starting up, then a small archive beside its peers."""

import sys

from . import archive, startup

sys.argv[1:] = []
startup.main()
print()
sys.argv[1:] = ["--cables", "5000", "--engines", "tantivy", "whoosh", "--peers", "tantivy", "fts5", "whoosh"]
archive.main()
