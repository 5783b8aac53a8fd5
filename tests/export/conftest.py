"""A function that writes answers in a format."""

from io import StringIO

import pytest

from cablesearch import export


@pytest.fixture
def written():
    """A function that writes answers in a format and returns the text."""

    def written(format, *answers):
        stream = StringIO()
        export.write(format, answers, stream)
        return stream.getvalue()

    return written
