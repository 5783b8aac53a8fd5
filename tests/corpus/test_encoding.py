"""Bytes to text."""

import codecs
import os
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.corpus.encoding import decode, file_name
from cablesearch.errors import UnreadableError


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        ("naïve – “so”".encode(), "naïve – “so”"),
        (codecs.BOM_UTF8 + "é".encode(), "é"),
        ("“Élysée” – naïve".encode("cp1252"), "“Élysée” – naïve"),
        ("CAFÉ’S, ÉLYSÉE”, PÂTÉ…".encode("cp1252"), "CAFÉ’S, ÉLYSÉE”, PÂTÉ…"),  # É’ is also legal UTF-8
        (b"\x81\x8d not in cp1252", "\x81\x8d not in cp1252"),
        ("“Élysée” naïve, ".encode() + "“".encode("cp1252"), "“Élysée” naïve, “"),  # pasted together
        (codecs.BOM_UTF16_LE + "é\r\nx".encode("utf-16-le"), "é\nx"),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "é"),
        (codecs.BOM_UTF32_LE + "é".encode("utf-32-le"), "é"),
        (codecs.BOM_UTF16_LE + "ab".encode("utf-16-le")[:3], "a\ufffd"),  # torn: seen to be so
        ("e\u0301".encode(), "é"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"ESC \x1b[31m is text", "ESC \x1b[31m is text"),
    ],
)
def test_bytes_are_decoded_by_their_content(data, text):
    assert decode(data) == text


def test_no_single_byte_is_lost():
    for byte in range(0x80, 0x100):
        letter = bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        assert decode(b"caf" + bytes([byte]) + b" au lait") == f"caf{letter} au lait"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_utf_8_is_decoded_as_it_is(text):
    assert decode(text.encode()) == unicodedata.normalize("NFC", text.removeprefix("\ufeff"))


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0" * 100, b"MZ\x90\0\x03\0\0\0\x04\0"])
def test_binary_data_is_not_text(data):
    with pytest.raises(UnreadableError, match="binary"):
        decode(data)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
@pytest.mark.parametrize("name", ["café".encode(), "café".encode("cp1252")])
def test_a_file_name_is_decoded_whatever_its_bytes(name):
    assert file_name(os.fsdecode(name)) == "café"
