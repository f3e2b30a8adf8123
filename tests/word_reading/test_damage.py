"""Files that are no document, damaged, hostile or too large: refused in words, in bounded time and memory."""

import contextlib
import io
import re
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.word.reading import archive
from promptlab.word.reading.filled import read_filled
from promptlab.word.reading.opened import open_document
from tests.word_reading.builders import Document, W, blank, handed_out, made, new_copie, packed, parts_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(data, name="copie.docx"):
    with pytest.raises(BadInput) as caught:
        open_document(name, data)
    assert name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "word"),
    [(OLE + "EncryptedPackage".encode("utf-16-le"), "password"), (OLE + b"\0" * 600, ".doc"), (b"%PDF-1.7", "PDF"),
     (b"{\\rtf1", "RTF"), (b"<html>", "HTML"), (b"", "empty"), (b"MZ\x90", "Word"), (b"PK\x03\x04", "damaged"),
     (blank()[:3000], "damaged")],
)  # fmt: skip
def test_other_files_are_named_for_what_they_are(data, word):
    assert word in refused(data)


def test_opendocument_renamed():
    assert "OpenDocument" in refused(
        packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})
    )


def test_workbook_renamed():
    assert "Word" in refused(packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}))


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "MOST_PART_BYTES", 100_000)
    parts = parts_of(blank()) | {"word/document.xml": b"<a>" + b" " * 200_000 + b"</a>"}
    assert "too large" in refused(packed(parts))


def test_bomb_beside_the_document_is_never_unpacked():
    parts = parts_of(blank()) | {"word/media/image1.png": b"\0" * 80_000_000}
    assert open_document("a.docx", packed(parts)).ours


def test_too_many_parts(monkeypatch):
    monkeypatch.setattr(archive, "MOST_ENTRIES", 10)
    assert "parts" in refused(blank() if len(parts_of(blank())) > 10 else packed({f"{n}": b"" for n in range(11)}))


def test_too_large_a_file(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    assert "MB" in refused(blank())


@pytest.mark.parametrize(
    "start",
    ['<!DOCTYPE a [<!ENTITY x "boom">]>', '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
     '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
)  # fmt: skip
def test_entities_and_external_files_are_refused(start):
    parts = parts_of(blank())
    xml = parts["word/document.xml"].decode().split("?>", 1)[1].replace("phase 1", "&x;" if "x " in start else "phase")
    assert "entities" in refused(packed(parts | {"word/document.xml": (start + xml).encode()}))


def test_billion_laughs_end_at_once():
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))]
    xml = f"<!DOCTYPE x [{''.join(lines)}]><x>&a11;</x>"
    refused(packed(parts_of(blank()) | {"word/document.xml": xml.encode()}))


def test_deep_nesting_ends():
    deep = b"<w:ins>" * 5000 + b"</w:ins>" * 5000
    parts = parts_of(blank())
    xml = parts["word/document.xml"].replace(b"</w:body>", deep + b"</w:body>")
    refused(packed(parts | {"word/document.xml": xml}))


def test_encrypted_entry_is_said_to_be_protected():
    data = bytearray(blank())
    with zipfile.ZipFile(io.BytesIO(blank())) as source:
        for entry in source.infolist():
            data[entry.header_offset + 6] |= 1
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        flags = struct.unpack_from("<H", data, at + 8)[0]
        struct.pack_into("<H", data, at + 8, flags | 1)
        at = data.find(b"PK\x01\x02", at + 4)
    assert "password" in refused(bytes(data))


def test_endless_paragraphs(monkeypatch):
    document = Document()
    for _number in range(30_001):
        document.body.insert(0, made("<w:p/>"))
    assert "too long" in refused(document.bytes())


def test_external_relations_are_not_followed():
    document = Document()
    document.relate("comments", "http://127.0.0.1:9/comments.xml", 'TargetMode="External"')
    document.relate("comments", "../../../etc/passwd")
    assert document.read().problems == ()


def test_strict_open_xml_is_read():
    parts = parts_of(Document().highlight("pl_1_2_1", "red").bytes())
    main = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = {
        name: text.replace(main, b"http://purl.oclc.org/ooxml/wordprocessingml/main") for name, text in parts.items()
    }
    filled = read_filled(open_document("a.docx", packed(strict)), handed_out(), new_copie())
    assert [one.tag for one in filled.copie.taggings] == ["non_compliant"]


def test_names_of_parts_with_backslashes():
    parts = {name.replace("/", "\\"): text for name, text in parts_of(blank()).items()}
    assert open_document("a.docx", packed(parts)).ours


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_bytes_turned_over_crash_nothing(data):
    content = bytearray(Document().highlight("pl_1_2_1", "red").bytes())
    for _turn in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        read_filled(open_document("a.docx", bytes(content)), handed_out(), new_copie())


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_xml_cut_up_loses_no_remark_and_crashes_nothing(data):
    document = Document().highlight("pl_1_2_1", "red").type("pl_1_remark", "la remarque").comment("pl_1_2_2", "un mot")
    every = [one for one in document.root.iter() if one.getparent() is not None]
    for _turn in range(data.draw(st.integers(1, 8))):
        one = data.draw(st.sampled_from(every))
        other = data.draw(st.sampled_from(every))
        if one is other or other in one.iter() or one.getparent() is None:
            continue
        action = data.draw(st.sampled_from(["move", "double", "attributes"]))
        if action == "attributes":
            for name in one.attrib:
                one.set(name, data.draw(st.sampled_from(["", "-1", "99999999", "x", "pl_1_1"])))
        elif action == "double":
            other.addnext(made("<w:p/>"))
        else:
            other.append(one)
    try:
        filled = document.read()
    except BadInput:
        return
    if any(readable(text) for text in document.root.iter(f"{W}t") if text.text == "la remarque"):
        assert "la remarque" in repr((filled.copie, filled.changed, filled.problems))


def readable(text):
    """Whether a text still stands where a word processor shows it."""
    above = [one.tag.removeprefix(W) for one in text.iterancestors()]
    return re.fullmatch(r"r p (tc tr tbl )*body document", " ".join(above)) is not None
