"""The table that a copie is worked on: that of a recorded run, or of the pupil's own answers where that is chosen."""

from dataclasses import replace
from pathlib import Path

from promptlab.align.columns import columns_of
from promptlab.align.compare import compare
from promptlab.errors import BadInput
from promptlab.messages import _
from promptlab.model.answer import Answer, Run
from promptlab.model.case import Case
from promptlab.model.comparison import Comparison
from promptlab.model.copie import About, Copie, Plain
from promptlab.review.correcting import Replayed, replay
from promptlab.review.counts import fits
from promptlab.review.exercise import Exercise, exercise
from promptlab.review.starting import start


class Tables:
    """The tables of one case and one recorded run; each is worked out when it is first asked for, once.

    `results` is the folder where the checked rows of a shipped case are kept.
    """

    def __init__(self, case: Case, run: Run, results: Path) -> None:
        self.case, self.run, self.results = case, run, results
        self._made: dict[tuple[Answer, ...], tuple[Exercise, Comparison, str]] = {}
        self._corrected: tuple[Exercise, tuple[Plain, ...], Exercise, Replayed] | None = None  # the last one asked for

    def exercise(self, copie: Copie | None) -> Exercise:
        """The table that `copie` is about, as the pupil has corrected it, with the lists of the case.

        It starts from the checked rows of the case, else from those by meaning.
        """
        return self._as_corrected(copie)[0]

    def replayed(self, copie: Copie) -> Replayed:
        """The same table with each correction of `copie`, those too that no longer fit."""
        return self._as_corrected(copie)[1]

    def base(self, copie: Copie | None) -> Comparison:
        """The same table as it was before the pupil corrected it."""
        return self._tables(copie)[0].comparison

    def why_not_checked(self, copie: Copie | None) -> str:
        """Why the checked rows of the case are not used; "" where they are, and where there are none."""
        return self._tables(copie)[2]

    def ranked(self, copie: Copie | None) -> Comparison:
        """The same answers with step n of each on row n."""
        return self._tables(copie)[1]

    def shown(self, copie: Copie) -> Copie:
        """`copie`, which says of the table that it is worked on how the rows are made; of another one, as it is."""
        base = self._tables(copie)[0]
        same = copie.about.answers == base.answers
        return replace(copie, about=replace(copie.about, by=base.comparison.by)) if same else copie

    def is_own(self, copie: Copie | None) -> bool:
        """Whether `copie` is about the pupil's own answers."""
        if copie is None or copie.about.run or len(copie.answers) < len(self.case.prompts):
            return False
        own = {saved.answer for saved in self._of(copie.answers)[0].answers}
        return bool(own & {saved.answer for saved in copie.about.answers})

    def has_own(self, copie: Copie) -> bool:
        """Whether `copie` holds an answer to every prompt, and not just the recorded ones."""
        recorded = {answer.text for answer in self.run.answers}
        return len(copie.answers) >= len(self.case.prompts) and any(
            answer.text not in recorded for answer in copie.answers
        )

    def choose(self, copie: Copie, *, own: bool) -> Copie:
        """`copie` about the pupil's own answers, or about the recorded run again.

        BadInput where an answer is missing, and where a text of the table is tagged: the tag would lose its text.
        """
        if own == self.is_own(copie):
            return copie
        missing = len(self.case.prompts) - len(copie.answers)
        if own and missing > 0:
            count = len(copie.answers)
            raise BadInput(_("Your copie holds {count} answers of your own: three are needed.", count=count))
        if any(fits(tagging, self.exercise(copie)) for tagging in copie.taggings):
            said = _("You have tagged items of this table: take the tags off first, then choose the other table.")
            raise BadInput(said)
        made = self._of(copie.answers if own else self.run.answers)[0]
        about = About("" if own else self.run.name, made.comparison.by, made.answers)
        return replace(copie, about=about)

    def _as_corrected(self, copie: Copie | None) -> tuple[Exercise, Replayed]:
        """A correction moves whole steps and leaves every text its place, so the tags stay on their texts."""
        base = self._tables(copie)[0]
        if copie is None or not copie.corrections:
            return base, Replayed(base.comparison)
        last = self._corrected
        if last is None or last[0] is not base or last[1] != copie.corrections:
            replayed = replay(base.comparison, copie)
            last = self._corrected = (base, copie.corrections, replace(base, comparison=replayed.table), replayed)
        return last[2], last[3]

    def _tables(self, copie: Copie | None) -> tuple[Exercise, Comparison, str]:
        return self._of(copie.answers if copie is not None and self.is_own(copie) else self.run.answers)

    def _of(self, answers: tuple[Answer, ...]) -> tuple[Exercise, Comparison, str]:
        if answers not in self._made:
            run = self.run if answers == self.run.answers else Run(_("your answers"), answers)
            columns = columns_of(run)
            begun = start(self.case, columns, self.results)
            ranked = compare(columns, by="rank", title=self.case.title)
            self._made[answers] = (exercise(self.case, begun.table), ranked, begun.why_not)
        return self._made[answers]
