"""Small comparisons for the tests of the Word document, and ways to look into one."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from promptlab.model.answer import Provenance
from promptlab.model.case import Case, Party, Reason, Tag
from promptlab.model.comparison import Column, Comparison, Phase
from promptlab.model.parsed import Item, ParsedAnswer, Section, Step

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def item(text="a text", *, at="1.1", kind="bullet", **rest):
    return Item(at, kind, text, **rest)


def answer(*items, title="A step", steps=1, **rest):
    """An answer of `steps` steps; the first holds `items`."""
    made = tuple(Step(rank, f"{title} {rank}", items if rank == 1 else ()) for rank in range(1, steps + 1))
    return ParsedAnswer(steps=made, **rest)


def by_rank(*answers, prompts=(), title="", provenance=None):
    """A comparison that sets step n beside step n."""
    most = max(len(a.steps) for a in answers)
    numbers = prompts or range(1, len(answers) + 1)
    columns = tuple(
        Column(number, f"answer{number}.md", a, f"prompt text {number}", provenance)
        for number, a in zip(numbers, answers, strict=True)
    )
    phases = tuple(
        Phase(f"phase {rank}", tuple((rank,) if rank <= len(a.steps) else () for a in answers))
        for rank in range(1, most + 1)
    )
    return Comparison("rank", columns, phases, title=title)


def collected(**changes):
    return Provenance(**({"model": "Oracle-1", "provider": "Delphi", "collected": "2026-11-21"} | changes))


def case(**changes):
    party = Party("A firm")
    values = {
        "name": "claim",
        "title": "The claim",
        "language": "en",
        "level": "",
        "summary": "",
        "company": party,
        "customer": party,
        "prompts": (),
        "tasks": (),
        "documents": (),
        "runs": (),
        "default_run": "",
        "folder": Path(),
        "tags": (Tag("odd", "oddly put", "?", "00FF00", "reads badly"),),
        "reasons": (Reason("channel", "wrong channel", "K", "speech where writing is meant"),),
    }
    return Case(**(values | changes))


def large(phases, columns=3, items_for_each_step=3):
    """A comparison of a given size, with labels, bold words and nested items."""

    def step(rank):
        texts = (
            Item(
                f"{rank}.{n}",
                "bullet",
                f"Check the order, the delivery note and the invoice of step {rank}.",
                label="Check" if n % 2 else None,
                bold=((0, 5),),
                items=(Item(f"{rank}.{n}.1", "bullet", "The date & the amount"),) if n % 3 == 0 else (),
            )
            for n in range(1, items_for_each_step + 1)
        )
        return Step(rank, f"Handle part {rank}", tuple(texts))

    end = Section("key_points", "Keep in mind", (Item("S1.1", "bullet", "Answer quickly."),))
    one = ParsedAnswer("An opening.", (), tuple(step(rank) for rank in range(1, phases + 1)), (end,), "Shall I go on?")
    return by_rank(*[one] * columns, provenance=collected())


def part(content, name="word/document.xml"):
    """One part of a .docx as an element tree."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))


def value(element, path, name="val"):
    """An attribute of the element at `path` (children separated by /), or None."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def text_of(element):
    """The text that a person reads in an element, breaks and tabs included."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    pieces = []
    for one in element.iter():
        if one.tag == f"{W}t":
            pieces.append(one.text or "")
        elif one.tag in signs and not one.attrib:
            pieces.append(signs[one.tag])
    return "".join(pieces)


def lines(content):
    """The text of each paragraph of the document, in order."""
    return [text_of(paragraph) for paragraph in part(content).iter(f"{W}p")]


def paragraph_at(content, bookmark):
    """The paragraph where a bookmark starts."""
    for paragraph in part(content).iter(f"{W}p"):
        if any(mark.get(f"{W}name") == bookmark for mark in paragraph.iter(f"{W}bookmarkStart")):
            return paragraph
    raise AssertionError(f"no bookmark {bookmark}")


def bookmarks(content):
    """The names of all bookmarks, in order."""
    return [mark.get(f"{W}name") for mark in part(content).iter(f"{W}bookmarkStart")]


def tables(content):
    return list(part(content).iter(f"{W}tbl"))


def comparison_tables(content):
    return [table for table in tables(content) if text_of(next(table.iter(f"{W}tc"))) == "PHASES"]


def rows(table):
    """A table as lists of texts."""
    return [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
