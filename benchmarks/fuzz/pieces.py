"""What is put into seeds: the words and signs that decide how a cable, a name or a query is understood."""

from __future__ import annotations

TEXT = (
    "\n", "\n\n", "\r\n", "\r", "\t", " ", "\x00", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ufeff",
    "\u200b", "\xad", "e\u0301", "\u0344", "ﬁ", "İ", "ß", "ǆ", "漢字", "한", "🜁", "ʿ", "‘", "’", "“", "…",
    "–", "¶", "\ud800", "\udcff", "\ue000", "\uffff", "\U0010ffff", "٣", "²", "①", "＝", "－", "1. ",
    "\n1. (C) ", "\n2. ", "\n99999999999999999999. ", "(S/NF) ", "(C", "((C))", "(SBU//REL A, B)",
    "\nFM AMEMBASSY KELVO\n", "\nTO SECSTATE WASHDC\n", "\nINFO ", "P 081231Z JAN 07",
    "P 312561Z FEB 99", "06 KELVO 580", "06KELVO00000580", "KELVO 12 AND 13", "(Ref A)", "REF: A. ",
    "REFTEL", "STATE 71143", "\nE.O. 12958: DECL: ", "2019-11-31", "2017-13-45", "2017-01-08T99",
    "2017-01-08T12:31", "0000-00-00", "9999-12-31", "10/10/0000", "31 February 1999", "DECL: X1",
    "\nTAGS: ", "OVIP (QUELL, IVO)", "\nSUBJECT: ", "Classified By: ", "reasons 1.4 (b) and (d).",
    "\nSIPDIS\n", "\nEnd summary.\n", "Summary. ", "Comment: ", "KELVO 00002069  002 OF 002\n",
    "PAGE 02        KELVO   02069  041125Z\n", "SECTION 02 OF 03", "XXXXXXXX", "d`Estaing", "O'",
    "bin ", "van der ", "Al-", "al-", "Mr. ", "President ", "Minister ", "(strictly protect)",
    "(PROTECT)", "Ivo Quell", "IVO QUELL", "I. ", "Jr.", "III", "-", "--", "\n----\n", "har-\nbour",
    "http://x/", "<![", "<!--", "-->", "]]>", "<", ">", "</", "<pre>", "<table>", "<tr><td>", "&",
    "&amp;", "&#0;", "&#x110000;", "<?xml", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "xml:id=\"d1\"",
    "<note>", "<persName>", "xmlns", "\"", "\"\"", "'", ",", ";", ":", "{", "}", "[", "]", "null",
    "true", "1e999", "-0", "\\u0000", "\\ud800", "\\", "=1+1", "+", "@", "=?utf-8?b?", "=?x?q?=FF?=",
    "boundary=", "charset=", "charset=utf-7", "Content-Type: ", "base64", "quoted-printable",
    "multipart/mixed", "message/rfc822", "From ", "\nFrom ", "Date: ", "Subject: ",
)  # fmt: skip

BYTES = tuple(
    dict.fromkeys(
        (
            *(piece.encode("utf-8", "surrogatepass") for piece in TEXT),
            *(b"\xff", b"\xfe\xff", b"\xff\xfe", b"\x80", b"\xc3", b"\xed\xa0\x80", b"\xf5", b"\x00\x00"),
            *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c"),
            *(b"%PDF-1.4\n", b"ustar", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"../", b"/etc/passwd"),
        )
    )
)

NAMES = (
    "Ivo Quell", "Quell", "QUELL", "Ivo", "I. ", "I.", "Karim Masimov", "Al-Maliki", "al", "bin Zayed",
    "Kim Jong-il", "d`Estaing", "d'", "O'Neill", "McX", "van der ", "von ", "de la ", "Abu ", "-",
    "--", "`", "'", "’", "ʿ", ".", "Mr. ", "Dr. ", "President ", "Foreign Minister ", "FM ",
    "General ", "Ambassador ", "MP ", "the ", "The ", "Jr.", "III", " (strictly protect)",
    " (PROTECT)", "(", ")", "(HB)", "\"", ", ", "; ", ": ", "/", " and ", " of ", "\n", "\u0301",
    "\xad", "\u200d", "\ud800", "É", "ß", "İ", "ﬀ", "Ж", "漢", "٣", "4", "XXXXXXXXXXXX", "XX", " ", " ",
    " ", "said", "met", "Astana", "Kelvo", "Herring Board", "http://www.quell.org/ivo",
    "quell@state.gov", "|", "&", "_",
)  # fmt: skip

WORDS = (
    "dues", "rise", "fall", "ships", "wait", "pilots", "strike", "harbor", "fog", "minister", "talks",
    "herring", "fleet", "board", "reform", "election", "the", "of", "Nazarbayev", "Masimov", "Quell",
    "Kelvo", "Ak", "Zhol", "AkZhol", "cooperation", "co-operation", "U.S.", "naive", "naïve", "1990s",
    "580", "democratic",
)  # fmt: skip

QUERIES = (
    *WORDS,
    "\"", "(", ")", "-", "*", "?", "~", "~1", "~2", "~3", "#", ":", ".", "/", "..", ">=", "<", "!",
    "+", "[", "{", " ", " ", " ", " ", " AND ", " OR ", " NOT ", "herr*", "*ing", "h?rring", "f*t~1",
    "herrimg~1", "ministre~2", "06KELVO2069", "06KELVO2069#1", "kelvo 2069", "2006-03", "2006-03-30",
    "2006..2007", "30 March 2006", "S/NF", "\"herring fleet\"", "\"harbor fog\"~5", "\"a b\"~9999",
    "u s", "prel", "Quell, Ivo", "NOFORN", "secret", "signed",
)  # fmt: skip
