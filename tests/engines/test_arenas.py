"""What tantivy's threads have freed is used again: a process that builds often does not grow."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from cablesearch.engines.tantivy.index import MAX_ARENAS

BUILD = """
import ctypes, sys
from pathlib import Path
from cablesearch.engines import engine
from cablesearch.engines.documents import documents
from cablesearch.model.cable import Cable, Paragraph

for number in range(4):
    with engine("tantivy").write(Path(sys.argv[1]) / str(number), fresh=True) as writer:
        cable = Cable("07X1", paragraphs=(Paragraph("07X1#1", "1", "C", None, None, "Salt rises."),))
        writer.add(cable, documents(cable))
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_info"), reason="needs glibc"
)
def test_builds_share_their_memory(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert 1 <= ran.stdout.count("<heap nr=") <= MAX_ARENAS
