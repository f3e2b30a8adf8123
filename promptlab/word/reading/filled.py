"""A filled-in document made a copie: its tags, texts and comments, what was changed, and what was not understood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from promptlab.files.tags import default_tags
from promptlab.messages import _
from promptlab.model.copie import Copie, Tagging
from promptlab.model.hand_in import Changed
from promptlab.model.problem import Problem
from promptlab.review.exercise import Exercise
from promptlab.review.texts import cleaned
from promptlab.word.contract import DISCUSSION, REMARK
from promptlab.word.marking import Words, shown_taggings, words_of
from promptlab.word.reading import changes
from promptlab.word.reading.doubts import doubts, heads_marked, unread
from promptlab.word.reading.layout import TO_WRITE, grids, in_words
from promptlab.word.reading.marks import Seen, seen
from promptlab.word.reading.notes import On, chosen, explained, touched, typed_signs
from promptlab.word.reading.nouns import Comment, Line
from promptlab.word.reading.opened import Opened
from promptlab.word.reading.originals import Key, Originals, originals
from promptlab.word.reading.palette import Palette
from promptlab.word.reading.placing import Placer
from promptlab.word.reading.proofs import Proofs, proofs_of
from promptlab.word.reading.tagged import by_place, taggings
from promptlab.word.reading.written import Written, in_row, places_of, statement_cells, with_statement, written

_MOST_LETTERS = 10**9


@dataclass(frozen=True)
class HandedOut:
    """A table as it was handed out, with all that is needed to find its texts again. Made once for a table."""

    on: Exercise
    originals: Originals
    words: Words
    palette: Palette
    proofs: Proofs

    @classmethod
    def of(cls, on: Exercise) -> "HandedOut":
        """What the document of the table of `on` holds."""
        return cls(on, originals(on), words_of(on.case), Palette(on.case.tags), proofs_of(on.case))


@dataclass(frozen=True, slots=True)
class Filled:
    """What a document gave: the copie, what differs from the one handed out, what a person must look at."""

    copie: Copie
    changed: tuple[Changed, ...]
    problems: tuple[Problem, ...]
    placed: int  # how many texts of the answers were found in it


def read_filled(opened: Opened, handed_out: HandedOut | None, before: Copie) -> Filled:
    """The copie that `opened` shows.

    `before` is the copie that the document holds, or a new one: what is seen in the document wins over it, and it gives
    reason and evidence where the tag still stands. Without `handed_out` the document alone says what its texts are.
    """
    return _Reading(opened, handed_out, before).filled()


class _Reading:
    """One document being read."""

    def __init__(self, opened: Opened, handed_out: HandedOut | None, before: Copie) -> None:
        self.opened, self.handed_out, self.before = opened, handed_out, before
        self.words = handed_out.words if handed_out else words_of(None)
        self.palette = handed_out.palette if handed_out else Palette(default_tags())
        self.proofs = handed_out.proofs if handed_out else Proofs()
        self.problems: list[Problem] = []
        self.grids = grids(opened.flow)
        placer = Placer(opened.flow, self.grids, handed_out.originals if handed_out else None, opened.outside)
        if not handed_out:
            placer.know(before.taggings)
        self.placed = placer.place()
        self.seen = {
            key: seen(self.placed.originals[key], stretches, self.palette)
            for key, stretches in self.placed.found.items()
        }

    def filled(self) -> Filled:
        texts = written(self.grids)
        self.problems += texts.problems
        tags = self._tags(self._comments(texts))
        copie = replace(
            self.before,
            taggings=tuple(sorted(set(tags), key=lambda tagging: tagging.key)),
            remarks=texts.of(REMARK, self.before.remarks),
            discussion=texts.of(DISCUSSION, self.before.discussion),
        )
        cells = statement_cells(self.opened.flow)
        copie = with_statement(copie, cells, self.problems)
        changed = tuple(self._changed({id(line) for lines in cells.values() for line in lines}))
        self.problems += heads_marked(self.grids, self.palette)
        self.problems += unread(self.opened, self.grids)
        return Filled(copie, changed, tuple(dict.fromkeys(self.problems)), len(self.placed.found))

    # ------------------------------------------------------------ tags

    def _tags(self, said: Mapping[Key, Sequence[tuple[On, str]]]) -> Iterator[Tagging]:
        shown = shown_taggings(self.before, self.handed_out.on) if self.handed_out else by_place(self.before.taggings)
        visible = {tagging for place in shown.values() for tagging in place}
        yield from (tagging for tagging in self.before.taggings if tagging not in visible)
        for key, one in self._whole_texts().items():
            kept = shown.get((key.column, key.id), ())
            here = self._signed(one, taggings(one, kept), kept)
            if not here and key not in said:
                self.problems += doubts(one, self.words)
                continue
            yield from self._explained(key, here, said.get(key, ()))
            self.problems += doubts(one, self.words)
        for (column, item), gone in shown.items():
            if Key(column, item) not in self.seen:
                self.problems += [_gone(tagging, self.words) for tagging in gone]

    def _whole_texts(self) -> dict[Key, Seen]:
        """The texts with the colours of their further rows, which cannot be tagged apart from them."""
        found = {key: one for key, one in self.seen.items() if not key.row}
        for key, one in self.seen.items():
            head = found.get(Key(key.column, key.id)) if key.row else None
            if head is not None:
                for tag, count in one.beside.items():
                    head.beside[tag] = head.beside.get(tag, 0) + count
                head.strange += one.strange
                head.marked += one.marked
                head.signs += one.signs
                head.cells += one.cells
                head.bare += one.bare
        return found

    def _signed(self, one: Seen, here: tuple[Tagging, ...], kept: Sequence[Tagging]) -> tuple[Tagging, ...]:
        """`here` with the tags that were typed as signs beside the text, as the legend says for paper.

        A sign of a tag that is highlighted as well gives it its reason; words beside such a sign are told.
        """
        passage = one.original.passage
        for tag, reason, words in typed_signs(one.signs, kept, self.words) if one.signs else ():
            same = next((tagging for tagging in here if tagging.tag == tag), None)
            if same is None:
                rationale = cleaned(words, where="", most=_MOST_LETTERS)
                proof = self.proofs.evidence(rationale)
                here += (Tagging(passage.column, passage.id, passage.text, None, tag, reason, rationale, proof),)
                continue
            if reason and same.reason != reason:
                here = tuple(replace(each, reason=reason) if each is same else each for each in here)
            if words:
                said = _("“{text}” was typed beside this text: it was not read further.", text=words)
                self.problems.append(Problem(said, passage.where))
        return here

    def _explained(self, key: Key, here: Sequence[Tagging], said: Sequence[tuple[On, str]]) -> Iterator[Tagging]:
        notes: dict[int, list[str]] = {}
        for on, text in said:
            tagging = chosen(on, here)
            if tagging is not None:
                notes.setdefault(here.index(tagging), []).append(text)
                continue
            where = self.seen[key].original.passage.where
            told = _("comment “{text}”: nothing is tagged there. Highlight the words it is about.", text=text)
            self.problems.append(Problem(told, where))
        for at, tagging in enumerate(here):
            texts = [cleaned(text, where="", most=_MOST_LETTERS) for text in notes.get(at, ())]
            yield explained(tagging, texts, self.words, self.proofs, lossless=bool(self.opened.flow.comments))

    # ------------------------------------------------------------ comments

    def _comments(self, texts: Written) -> dict[Key, list[tuple[On, str]]]:
        """The comments by the text of an answer that they stand on; others go to a text written there, or are told."""
        extents: dict[int, list[tuple[int, int, Key]]] = {}
        for key, stretches in self.placed.found.items():
            for stretch in stretches:
                extents.setdefault(stretch.number, []).append((stretch.start, stretch.end, key))
        found: dict[Key, list[tuple[On, str]]] = {}
        for comment in self.opened.flow.comments:
            on = touched(comment, self.seen, extents)
            tagged = [each for each in on if self._is_tagged(each.key)]
            for each in tagged or on[:1]:
                found.setdefault(each.key, []).append((each, comment.text))
            if not on:
                self._elsewhere(comment, texts)
        return found

    def _is_tagged(self, key: Key) -> bool:
        rows = (one for place, one in self.seen.items() if (place.column, place.id) == (key.column, key.id))
        return any(one.beside or any(one.tags) for one in rows)

    def _elsewhere(self, comment: Comment, texts: Written) -> None:
        line = self._line(comment)
        cell = line.cell if line else None
        grid = self.grids.get(cell.table) if cell else None
        if cell and grid and (kind := grid.rows[cell.row]) in TO_WRITE:
            columns = places_of(grid, cell, kind)
            if columns and not cell.text.strip():
                texts.add(kind, columns[0], comment.text)
                return
        where = in_words(grid, cell) if grid and cell else _("outside the table")
        said = _("comment “{text}”: it stands on no text of an answer.", text=comment.text)
        self.problems.append(Problem(said, where))

    def _line(self, comment: Comment) -> Line | None:
        lines = self.opened.flow.lines
        return lines[comment.start.line] if comment.start and 0 <= comment.start.line < len(lines) else None

    # ------------------------------------------------------------ changes

    def _changed(self, stated: set[int]) -> Iterator[Changed]:
        opened, problems = self.opened, self.problems
        yield from changes.texts_changed(self.seen)
        if self.handed_out:
            yield from changes.texts_gone(self.handed_out.originals, self.placed)
        yield from changes.texts_added(self.placed, self.grids, problems)
        yield from changes.heads_changed(opened, self.grids, problems)
        yield from changes.rows_changed(opened, self.grids)
        yield from changes.texts_moved(opened, self.seen, self.placed, self.grids)
        yield from self._struck()
        anchored = {id(stretch.line) for stretches in self.placed.found.values() for stretch in stretches}
        outside = (
            line
            for line in opened.flow.lines
            if not (line.cell and line.cell.table in self.grids) and id(line) not in stated and id(line) not in anchored
        )
        yield from changes.outside_changed(opened, outside, problems, _("outside the table"))
        yield from changes.outside_changed(opened, iter(opened.flow.around), problems, _("header or footer"))

    def _struck(self) -> Iterator[Changed]:
        """Texts of the pupil's own that were struck out with track changes."""
        for line in self.opened.flow.lines:
            grid = self.grids.get(line.cell.table) if line.cell else None
            if line.deleted and line.cell and grid and (kind := grid.rows[line.cell.row]) in TO_WRITE:
                columns = places_of(grid, line.cell, kind)
                if columns:
                    yield Changed(in_row(kind, columns[0]), "".join(line.deleted), "")


def _gone(tagging: Tagging, words: Words) -> Problem:
    tag = words.tags.get(tagging.tag)
    said = _(
        "“{text}”, tagged {tag}, is not in the document any more: its tag was not kept.",
        text=tagging.words,
        tag=tag.label if tag else tagging.tag,
    )
    return Problem(said, _("PROMPT {column}, {item}", column=tagging.column, item=tagging.item))
