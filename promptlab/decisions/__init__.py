"""Decision tables: read from files, proved complete or not, drawn as a tree and as a flowchart, exported."""

from promptlab.decisions.boxes import Space
from promptlab.decisions.check import Check, Gap, Merge, Overlap, Unreachable, check
from promptlab.decisions.document import decisions_docx
from promptlab.decisions.drawing import as_pages, as_tree
from promptlab.decisions.findings import faults_in_words, hints_in_words, to_json, verdict
from promptlab.decisions.flow import as_flowchart, flow_pages
from promptlab.decisions.plain import from_values, to_values
from promptlab.decisions.propose import propose
from promptlab.decisions.reading import SUFFIXES, parse_decisions, read_decisions
from promptlab.decisions.report import sections
from promptlab.decisions.sheets import decisions_csv, decisions_xlsx
from promptlab.decisions.text import decisions_html, decisions_markdown

__all__ = [
    "SUFFIXES",
    "Check",
    "Gap",
    "Merge",
    "Overlap",
    "Space",
    "Unreachable",
    "as_flowchart",
    "as_pages",
    "as_tree",
    "check",
    "decisions_csv",
    "decisions_docx",
    "decisions_html",
    "decisions_markdown",
    "decisions_xlsx",
    "faults_in_words",
    "flow_pages",
    "from_values",
    "hints_in_words",
    "parse_decisions",
    "propose",
    "read_decisions",
    "sections",
    "to_json",
    "to_values",
    "verdict",
]
