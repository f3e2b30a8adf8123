"""The papers of the solution, for who uses them: handed out blank, checked, written as documents."""

from promptlab.letter.papers_check import check_paper
from promptlab.letter.papers_docx import to_docx
from promptlab.letter.papers_form import KINDS, PaperKind, blank, columns, entries, model_paper, title_of

__all__ = ["KINDS", "PaperKind", "blank", "check_paper", "columns", "entries", "model_paper", "title_of", "to_docx"]
