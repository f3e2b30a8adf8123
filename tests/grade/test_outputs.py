import json
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.errors import BadInput
from promptlab.grade.collecting import Handed
from promptlab.grade.outputs import compare_outputs, load_patterns, read_notebook
from promptlab.grade.outputs_report import OutputsReport


def cell(*outputs, source="print(1)", id="", count=1, tags=()):  # noqa: A002
    made = {"cell_type": "code", "source": source, "outputs": list(outputs), "execution_count": count}
    return made | ({"id": id} if id else {}) | ({"metadata": {"tags": list(tags)}} if tags else {})


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def shown(count=1, **data):
    kinds = {"plain": "text/plain", "html": "text/html", "png": "image/png", "latex": "text/latex"}
    kinds["widget"] = "application/vnd.jupyter.widget-view+json"
    found = {kinds[key]: value for key, value in data.items()}
    return {"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": found}


def notebook(*cells):
    return {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "Titre"}, *cells]}


def verdicts(reference, handed, **more):
    return [report.verdict for report in compare_outputs(notebook(*reference), notebook(*handed), **more)]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (stream("a\n"), stream(["a", "\n"])),
        (shown(plain="3"), shown(count=9, plain="3")),
        (shown(plain="3", png="AAA"), shown(plain="3", png="BBB")),
        (shown(plain="w", widget={"model_id": "a"}), shown(plain="w", widget={"model_id": "b"})),
        (stream("50 %\r100 %\n"), stream("100 %\n")),
    ],
)
def test_what_does_not_count_makes_no_difference(expected, found):
    assert verdicts([cell(expected)], [cell(found)]) == ["same"]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (stream("a\n"), stream("b\n")),
        (stream("a\n"), stream("a\n", "stderr")),
        (shown(plain="3"), shown(plain="4")),
        (shown(plain="3"), shown(html="3")),
        (shown(plain="x", latex="$a$"), shown(plain="x", latex="$b$")),
        (shown(html="<b>1</b>"), {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}),
    ],
)
def test_what_counts_makes_a_difference(expected, found):
    assert verdicts([cell(expected)], [cell(found)]) == ["different"]


def test_streams_are_joined_by_name_wherever_they_stand():
    apart = cell(stream("a\n"), stream("!", "stderr"), stream("b\n"))
    assert verdicts([cell(stream("a\nb\n"), stream("!", "stderr"))], [apart]) == ["same"]


def test_a_cell_that_was_not_run_and_one_that_is_gone_are_told_apart():
    reference = [cell(stream("a"), id="x"), cell(stream("b"), id="y")]
    assert verdicts(reference, [cell(id="x", count=None)]) == ["not_run", "missing"]


def test_cells_are_found_by_their_id_in_any_order():
    reference = [cell(stream("a"), id="x"), cell(stream("b"), id="y")]
    assert verdicts(reference, reference[::-1]) == ["same", "same"]


def test_cells_without_ids_are_found_by_their_place():
    assert verdicts([cell(stream("a")), cell(stream("b"))], [cell(stream("a")), cell(stream("c"))]) == [
        "same",
        "different",
    ]


def test_a_cell_may_be_left_out():
    reference = [cell(stream("a"), tags=["nbval-ignore-output"]), cell(stream("b"), source="# NBVAL_SKIP\nx")]
    assert verdicts(reference, [cell(stream("z")), cell(stream("z"))]) == ["left_out", "left_out"]


def test_patterns_smooth_what_may_differ(tmp_path):
    path = tmp_path / "sanitize.cfg"
    path.write_text("[dates]\nregex: \\d{4}-\\d\\d-\\d\\d\nreplace: DATE\n", "utf-8")
    patterns = load_patterns(path)
    pair = [cell(stream("le 2026-11-20"))], [cell(stream("le 2026-11-22"))]
    assert verdicts(*pair) == ["different"]
    assert verdicts(*pair, patterns=patterns) == ["same"]


TEXTS = st.text(st.sampled_from("ab\r\n"), max_size=4)
OUTPUTS = st.lists(
    st.one_of(
        st.builds(stream, TEXTS, st.sampled_from(("stdout", "stderr"))),
        st.builds(shown, st.integers(1, 3), plain=TEXTS),
        st.builds(shown, st.integers(1, 3), plain=TEXTS, png=TEXTS, latex=TEXTS),
        st.builds(shown, st.integers(1, 3), html=TEXTS, widget=st.builds(dict, model_id=TEXTS)),
        st.builds(lambda name: {"output_type": "error", "ename": name, "evalue": "v", "traceback": [name]}, TEXTS),
    ),
    max_size=3,
)


class Nbval:
    """nbval's own comparison of two lists of outputs, without its kernel and its reports."""

    def __init__(self, plugin):
        skip = ("metadata", "traceback", "prompt_number", "output_type", "name", "execution_count")
        skip += ("application/vnd.jupyter.widget-view+json", "image/png", "image/jpeg")
        self.plugin = plugin
        self.parent = SimpleNamespace(skip_compare=skip, sanitize_patterns={})
        self.colors = plugin.bcolors
        self.sanitize = partial(plugin.IPyNbCell.sanitize, self)

    def format_output_compare(self, *_said):
        pass

    def same(self, expected, found):
        from nbformat import from_dict

        one, other = (self.plugin.coalesce_streams([from_dict(out) for out in outs]) for outs in (expected, found))
        return self.plugin.IPyNbCell.compare_outputs(self, other, one)


@given(expected=OUTPUTS, found=OUTPUTS | st.none())
@settings(max_examples=150, deadline=None)
def test_the_verdict_is_that_of_nbval(expected, found):
    nbval = Nbval(pytest.importorskip("nbval.plugin"))
    found = expected if found is None else found
    (verdict,) = verdicts([cell(*expected)], [cell(*found)])
    assert (verdict == "same") == nbval.same(expected, found)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cells": 3}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_notebook_is_refused(content):
    with pytest.raises(BadInput, match="seance"):
        read_notebook(content, "seance.ipynb")


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([3], "missing"),
        ([{}], "missing"),
        ([{"cell_type": "code", "outputs": 4, "metadata": 5, "source": 6}], "not_run"),
    ],
)
def test_a_strange_notebook_is_compared_all_the_same(cells, verdict):
    (report,) = compare_outputs(notebook(cell(stream("a"))), {"cells": cells})
    assert (report.number, report.verdict) == (1, verdict)


def test_the_table_of_a_class_has_a_line_for_each_cell(tmp_path):
    report = OutputsReport(notebook(cell(stream("a"), source="=cmd()")))
    handed = json.dumps(notebook(cell(stream("b")))).encode()
    files = [Handed("P01.ipynb", handed), Handed("P02.ipynb", b"{"), Handed("P03.json", b"{}")]
    assert list(report.watch(files)) == files
    text = report.write(tmp_path).read_text("utf-8-sig")
    assert "P01.ipynb;1;'=cmd();different;stdout;a;b" in text
    assert "P02.ipynb" in text
    assert set(report.unreadable) == {"P02.ipynb"}
