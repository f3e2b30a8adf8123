"""Hand-ins of every kind about one recorded run of the shipped case."""

import io
import json
from dataclasses import replace
from functools import cache

import docx

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.files.cases import load_case
from promptlab.files.copie_form import to_text, to_values
from promptlab.model.copie import Spot
from promptlab.review.begin import begin
from promptlab.review.exercise import exercise
from promptlab.review.tagging import tag
from promptlab.review.writing import write_remark
from promptlab.word.comparison import comparison_docx

MIME = "application/vnd.promptlab.work+json"


@cache
def case():
    return load_case("reclamation")


@cache
def on(run="run-a"):
    return exercise(case(), compare(columns_of(case().run(run)), by="meaning", title=case().title))


def a_copie(run="run-a", **changes):
    copie = begin(on(run), ["P07"], session=2, run=run)
    copie = tag(copie, on(run), Spot(2, "1.1"), "inappropriate", reason="channel", rationale="à l’oral")
    copie = write_remark(copie, on(run), 3, "plus précis")
    return replace(copie, revision=3, saved_at="2026-11-21T10:00:00+01:00", past=(), **changes)


def as_docx(copie=None, run="run-a", of=None):
    return comparison_docx(on(run).comparison, case=of or case(), copie=copie)


def as_json(copie):
    return to_text(copie).encode()


def as_notebook(*payloads, **more):
    """A saved notebook with one work cell for each payload."""
    cells = [{"cell_type": "markdown", "source": ["# Séance"], "metadata": {}}]
    for payload in payloads:
        output = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": ["x"], MIME: payload}}
        cells.append({"cell_type": "code", "source": [], "metadata": {}, "execution_count": 1, "outputs": [output]})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def values(copie):
    return to_values(copie)


def by_hand(run="run-a"):
    """A table that a teacher typed from the answers: no bookmark, no reference, no property."""
    document = docx.Document()
    columns = on(run).comparison.columns
    table = document.add_table(rows=1, cols=4)
    for cell, head in zip(table.rows[0].cells, ("PHASES", "PROMPT 1", "PROMPT 2", "PROMPT 3"), strict=True):
        cell.text = head
    for rank in range(1, max(len(column.answer.steps) for column in columns) + 1):
        cells = table.add_row().cells
        cells[0].text = str(rank)
        for cell, column in zip(cells[1:], columns, strict=True):
            for step in column.answer.steps[rank - 1 : rank]:
                cell.text = f"Étape {rank} : {step.title}"
                for item in step.items:
                    label = f"{item.label} : " if item.label else ""
                    cell.add_paragraph(f"• {label}{item.text}")
    for title in ("Remarques sur les résultats et sur les différences", "Échange sur les éléments surlignés"):
        table.add_row().cells[0].text = title
    return document


def saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
