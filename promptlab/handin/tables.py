"""The tables that the copies of a case can be about, each worked out once."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from promptlab.align.columns import columns_of
from promptlab.errors import BadInput
from promptlab.files.cases import load_case, shipped_cases
from promptlab.messages import _
from promptlab.model.alignment import SavedAnswer, fingerprint
from promptlab.model.answer import Answer, Run
from promptlab.model.case import Case
from promptlab.model.comparison import Column, Comparison
from promptlab.model.copie import About
from promptlab.review.exercise import Exercise, exercise
from promptlab.word.reading.filled import HandedOut
from promptlab.word.reading.nouns import Flow
from promptlab.word.reading.placing import forms_of

FindRun = Callable[[Case, str], Run]  # a run that is not in the case's folder; raises BadInput where there is none
MOST_KEPT = 4
_LEAST_TEXTS, _LEAST_SHARE = 5, 0.3  # of a table that a document must hold to be about it


class Tables:
    """The tables of one case: its recorded runs, and any mixture of their answers."""

    def __init__(self, case: Case, find_run: FindRun | None = None) -> None:
        """`find_run` is asked for runs that the case does not hold."""
        self.case = case
        self.find_run = find_run
        self._runs: dict[str, Exercise] = {}
        self._mixed: dict[tuple[str, ...], tuple[str, Exercise] | None] = {}
        self._handed_out: dict[int, HandedOut] = {}
        self._prints: dict[str, list[tuple[str, Column]]] | None = None

    def table(self, about: About, own: Sequence[Answer] = ()) -> tuple[Exercise | None, str]:
        """The table that a copie is about, and why there is none.

        It is that of its run, else one of the same answers, else that of the answers `own` that the copie keeps.
        """
        why = ""
        # A copie comes from elsewhere: what it calls its run may not lead out of the folder of the runs.
        name = about.run.strip()
        if name and "/" not in name and "\\" not in name and not name.startswith("."):
            try:
                return self._of_run(name), ""
            except BadInput as error:
                why = str(error)
        if found := self.same(about.answers):
            return found[1], ""
        kept = Run(_("answers of the copie"), tuple(own))
        return (self._made(columns_of(kept)), "") if len(kept.answers) > 1 else (None, why)

    def same(self, answers: Sequence[SavedAnswer]) -> tuple[str, Exercise] | None:
        """The table of exactly these answers in this order, with the name of their run ("" for several)."""
        prints = tuple(answer.answer for answer in answers)
        if not prints:
            return None
        if prints not in self._mixed:
            self._mixed[prints] = self._mix(prints)
        return self._mixed[prints]

    def nearest(self, flow: Flow) -> tuple[str, Exercise] | None:
        """The run whose texts stand in a document that does not say what it is about; None where no one's do."""
        texts = {form for line in flow.lines for form in forms_of(line.text)}
        best, most = None, 0.0
        for run in self.case.runs:
            if len(run.answers) < 2:
                continue
            on = self._of_run(run.name)
            wanted = [line.forms for line in self.handed_out(on).originals.lines.values() if line.forms]
            found = sum(not texts.isdisjoint(forms) for forms in wanted)
            share = found / max(1, len(wanted))
            if found >= _LEAST_TEXTS and share >= _LEAST_SHARE and share > most:
                best, most = (run.name, on), share
        return best

    def handed_out(self, on: Exercise) -> HandedOut:
        """The document of a table, as it was handed out."""
        if id(on) not in self._handed_out:
            self._handed_out[id(on)] = HandedOut.of(on)
        return self._handed_out[id(on)]

    def _of_run(self, name: str) -> Exercise:
        if name not in self._runs:
            self._runs[name] = self._made(columns_of(self._run(name)))
        return self._runs[name]

    def _run(self, name: str) -> Run:
        try:
            return self.case.run(name)
        except KeyError:
            if self.find_run:
                return self.find_run(self.case, name)
        names = ", ".join(run.name for run in self.case.runs) or "–"
        raise BadInput(
            _("{case} has no run “{name}”. There are: {names}.", case=self.case.name, name=name, names=names)
        )

    def _made(self, columns: tuple[Column, ...]) -> Exercise:
        return exercise(self.case, Comparison("", columns, ()))

    def _mix(self, prints: tuple[str, ...]) -> tuple[str, Exercise] | None:
        if self._prints is None:
            self._prints = {}
            for run in self.case.runs:
                for column in columns_of(run) if len(run.answers) > 1 else ():
                    self._prints.setdefault(fingerprint(column.answer), []).append((run.name, column))
        known = [self._prints.get(each, []) for each in prints]
        if not all(known):
            return None
        names = set.intersection(*({name for name, _column in places} for places in known))
        if len(names) == 1:
            name = names.pop()
            columns = tuple(next(column for run, column in places if run == name) for places in known)
            whole = self._of_run(name)
            return name, whole if whole.comparison.columns == columns else self._made(columns)
        return "", self._made(tuple(places[0][1] for places in known))


_kept: list[Tables] = []


def tables_of(case: Case, find_run: FindRun | None = None) -> Tables:
    """The tables of `case`; those of the last few cases are kept, so that a class is read in one go."""
    for known in _kept:
        # Workers in other processes get equal cases, not the same one.
        if known.find_run is find_run and (known.case is case or known.case == case):
            return known
    made = Tables(case, find_run)
    _kept.append(made)
    del _kept[:-MOST_KEPT]
    return made


@lru_cache(maxsize=MOST_KEPT)
def shipped_case(name: str) -> Case | None:
    """The case of that name that comes with promptlab, None where none does."""
    plain = name and name not in (".", "..") and not set(name) & set("/\\:\0") and not name.startswith(".")
    return load_case(name) if plain and (shipped_cases() / name / "case.toml").is_file() else None
