"""The tagging table: a comparison whose texts are tagged by mouse, keys or buttons."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from promptlab.align.wording import rows_told
from promptlab.errors import BadInput
from promptlab.messages import _, percent
from promptlab.model.copie import DISCUSSION, REMARKS, TAGS, Contrast, Copie, Settings, Spot, Tagging
from promptlab.model.problem import Problem
from promptlab.review import tagging as rules
from promptlab.review.counts import fits
from promptlab.review.history import last_edit
from promptlab.review.writing import set_settings, write_discussion, write_remark
from promptlab.ui import reach
from promptlab.ui.aligned import Aligned, Writing, grid, legend
from promptlab.ui.desk import Desk
from promptlab.ui.editor import Deeds, Editor, short
from promptlab.ui.keeping import Kept
from promptlab.ui.marks import Mark, marks
from promptlab.ui.panel import Panel
from promptlab.ui.passages import Passages, State, by_text
from promptlab.ui.still import table_html
from promptlab.ui.tallies import list_of_tags, tallies
from promptlab.ui.view import (
    Child,
    Node,
    bar,
    button,
    checkbox,
    choice,
    columns,
    details,
    group,
    items,
    notice,
    radios,
    text,
)

AREAS = (TAGS, REMARKS, DISCUSSION)
SIZES = (100, 125, 150, 200)
SPACINGS = (100, 150, 200)
ALL = "all"


class TaggingTable(Panel):
    """The comparison table with the tags, remarks and discussion of the copie at work."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Tagging table")
        self._desk = desk
        self._passages: Passages | None = None
        self._kept = Kept()
        self._at: Spot | None = None
        self._editing = False
        self._apart = False
        self._by_rank = False
        self._only = ""

    @property
    def at(self) -> Spot | None:
        """The text, or the part of it, that is worked on."""
        return self._at

    def view(self) -> Node:
        """The tools, the table, and what the tags come to."""
        problems = self._desk.fit()
        copie, exercise = self._copie, self._desk.exercise
        signs = self._signs
        comparison = self._desk.ranked if self._by_rank else exercise.comparison
        layout = Aligned(comparison, self._texts(), self._kept, self._state(copie))
        rows = list(layout.rows(copie, Writing(self._write_remark, self._write_discussion)))
        spoken = exercise.case.language
        return group(
            [
                self._doubts(problems),
                legend(signs),
                self._tools(copie),
                text(rows_told(comparison), tone="soft"),
                grid(comparison, rows, signs, copie.settings, self._hand, spoken=spoken, shows=self._only),
                tallies(copie, exercise, signs),
                list_of_tags(copie, exercise, signs, self._go),
            ],
            key="tagging",
        )

    # ------------------------------------------------------------ what is shown

    @property
    def _copie(self) -> Copie:
        return self._desk.opened()

    @property
    def _signs(self) -> dict[str, Mark]:
        return self._texts().marks

    def _texts(self) -> Passages:
        if self._passages is not None and self._passages.exercise is not self._desk.exercise:
            self._passages, self._kept, self._at, self._editing = None, Kept(), None, False
        if self._passages is None:
            self._passages = Passages(self._desk.exercise, marks(self._desk.case.tags))
        return self._passages

    def _state(self, copie: Copie) -> State:
        only = None if not self._only else (self._desk.exercise.tags if self._only == ALL else (self._only,))
        placed = [tagging for tagging in copie.taggings if fits(tagging, self._desk.exercise)]
        found = by_text(placed)
        at = self._at
        if at is None or not self._editing:
            return State(found, at, None, only)
        here = found.get((at.column, at.item), ())
        passage = self._desk.exercise.passage(at.column, at.item)
        editor = Editor(self._desk.exercise, self._signs, passage, at, here, self._deeds())
        return State(found, at, editor.node, only, self._apart)

    def _doubts(self, problems: tuple[Problem, ...]) -> Child:
        """What does not fit the table any more."""
        lost = [one for one in self._copie.taggings if not fits(one, self._desk.exercise)]
        if not problems and not lost:
            return None
        removing = [
            button(_("Take out “{words}”", words=short(one.words)), f"lost-{place}", self._removing(one), tone="danger")
            for place, one in enumerate(lost)
        ]
        return notice("warn", items([str(problem) for problem in problems]), bar(removing), key="doubts")

    def _tools(self, copie: Copie) -> Node:
        filters = [("", _("everything")), (ALL, _("only what I have tagged"))]
        filters += [(mark.id, _("only {tag}", tag=mark.label)) for mark in self._signs.values()]
        layouts = [("meaning", _("by meaning")), ("rank", _("by rank"))]
        return group(
            [
                columns(
                    [
                        radios(_("Rows"), "rank" if self._by_rank else "meaning", layouts, "rows", self._lay),
                        choice(_("Show"), self._only, filters, "filter", self._filter),
                    ]
                ),
                columns(
                    [
                        details(_("Reading comfort"), self._comfort(copie.settings), key="comfort"),
                        details(_("Tagging with the keyboard"), [self._keys()], key="keys"),
                    ]
                ),
                bar(
                    [
                        button(_("Undo"), "undo", self._undo, disabled=last_edit(copie.past, AREAS) is None),
                        button(_("Redo"), "redo", self._redo, disabled=last_edit(copie.undone, AREAS) is None),
                    ]
                ),
            ],
            key="tools",
        )

    def _comfort(self, settings: Settings) -> list[Child]:
        contrasts = [("standard", _("usual")), ("high", _("high, black on white"))]
        sizes = [(str(size), percent(size)) for size in sorted({*SIZES, settings.font_size})]
        spaces = [(str(size), percent(size)) for size in sorted({*SPACINGS, settings.spacing})]
        return [
            choice(_("Size of the letters"), str(settings.font_size), sizes, "font-size", self._font),
            choice(_("Spacing"), str(settings.spacing), spaces, "spacing", self._space),
            radios(_("Contrast"), settings.contrast, contrasts, "contrast", self._contrast),
            checkbox(_("One answer under the other"), settings.stacked, "stacked", self._stack),
        ]

    def _keys(self) -> Node:
        letters = ", ".join(f"{mark.letter} = {mark.label}" for mark in self._signs.values())
        return items(
            [
                _("Arrows: go from text to text. Home, End: first and last text of the column."),
                _("Letters set a tag, the same letter takes it out: {letters}.", letters=letters),
                _("Shift + left or right arrow: choose a part, word by word."),
                _("Enter: open the form under the text. Escape: close it. Delete: take the tags out."),
                _("Ctrl + Z: undo. Ctrl + Y: redo."),
            ]
        )

    # ------------------------------------------------------------ mouse and keys

    def _hand(self, value: Mapping[str, Any]) -> None:
        what = value.get("what")
        if what in ("undo", "redo"):
            self._undo() if what == "undo" else self._redo()
            return
        spot = self._spot(value)
        self._apart = value.get("wide") is True
        doing: dict[str, Callable[[], object]] = {
            "open": lambda: self._open(spot, focus=bool(value.get("focus"))),
            "close": self._close,
            "select": lambda: self._select(spot),
            "extend": lambda: self._extend(spot, 1 if value.get("way") == 1 else -1),
            "tag": lambda: self._tag(str(value.get("tag"))),
            "erase": self._erase,
        }
        if what in ("tag", "erase") and not self._is_here(spot):
            self._at, self._editing = spot, False
        if action := doing.get(str(what)):
            action()

    def _spot(self, value: Mapping[str, Any]) -> Spot:
        column, item, span = value.get("column"), value.get("item"), value.get("span")
        if not isinstance(column, int) or not isinstance(item, str):
            raise BadInput(_("Choose a text of the table first."))
        passage = self._desk.exercise.passage(column, item)
        if not isinstance(span, list) or len(span) != 2 or not passage.divisible:
            return Spot(column, item)
        return Spot(column, item, reach.whole_words(passage.text, (int(span[0]), int(span[1]))))

    def _is_here(self, spot: Spot) -> bool:
        return self._at is not None and (self._at.column, self._at.item) == (spot.column, spot.item)

    def _open(self, spot: Spot, *, focus: bool = False) -> None:
        if self._editing and self._at == spot and not focus:
            self._close()
            return
        part = self._at.span if self._at and self._is_here(spot) and focus else None
        self._at, self._editing = replace(spot, span=part), True
        if focus:
            self.focus(f"tag-{next(iter(self._signs), '')}")

    def _select(self, spot: Spot) -> None:
        if spot.span is None:
            self._open(spot)
            return
        self._at, self._editing = spot, True
        self.say(self._quoted(spot))

    def _close(self) -> None:
        self._at, self._editing = None, False

    def _extend(self, spot: Spot, way: int) -> None:
        if not self._is_here(spot):
            self._at, self._editing = spot, False
        self._move("end", way)

    def _move(self, end: str, way: int) -> None:
        if self._at is None:
            return
        passage = self._desk.exercise.passage(self._at.column, self._at.item)
        if not passage.divisible:
            raise BadInput(_("{where}: this text can only be tagged as a whole.", where=passage.where))
        move = reach.widened if end == "end" else reach.moved_start
        self._at = replace(self._at, span=move(passage.text, self._at.span, way))
        self.say(self._quoted(self._at))

    def _quoted(self, spot: Spot) -> str:
        passage = self._desk.exercise.passage(spot.column, spot.item)
        if spot.span is None:
            return _("the whole text “{words}”", words=short(passage.text))
        return _("selected: “{words}”", words=passage.text[spot.span[0] : spot.span[1]])

    # ------------------------------------------------------------ tagging

    def _tag(self, tag: str) -> None:
        """Set `tag` where the person is; where it is set already, take it out."""
        at, exercise = self._at, self._desk.exercise
        if at is None:
            raise BadInput(_("Choose a text of the table first."))
        there = any(one.spot == at and one.tag == tag for one in self._copie.taggings)
        if there:
            self._desk.change(lambda copie: rules.untag(copie, exercise, at, tag=tag))
            self.say(_("{tag}: taken out", tag=exercise.label(tag)))
            return
        self._desk.change(lambda copie: rules.tag(copie, exercise, at, tag))
        self.say(_("{tag}: set", tag=exercise.label(tag)))
        if not self._editing:
            self._at = None

    def _erase(self) -> None:
        at = self._at
        if at is not None:
            self._desk.change(lambda copie: rules.untag(copie, self._desk.exercise, at))
            self.say(_("tags taken out"))

    def _deeds(self) -> Deeds:
        return Deeds(
            tag=self._tag,
            move=self._move,
            whole=self._whole_text,
            reason=lambda tagging, value: self._explain(tagging, reason=value or None),
            evidence=lambda tagging, value: self._explain(tagging, evidence=value or None),
            rationale=self._rationale,
            remove=self._remove,
            close=self._leave,
        )

    def _whole_text(self) -> None:
        if self._at:
            self._at = replace(self._at, span=None)

    def _leave(self) -> None:
        if self._at:
            self.focus(f"{self._at.column}:{self._at.item}")
        self._close()

    def _explain(self, tagging: Tagging, *, typing: str = "", **said: Any) -> None:
        exercise = self._desk.exercise

        def explained(copie: Copie) -> Copie:
            now = rules.tagging_at(copie, tagging.spot)
            told = {"reason": now.reason, "rationale": now.rationale, "evidence": now.evidence}
            return rules.explain(copie, exercise, tagging.spot, **(told | said))

        self._desk.change(explained, typing=typing)

    def _rationale(self, tagging: Tagging, words: str) -> None:
        self._explain(tagging, typing=f"{tagging.column}:{tagging.item}:{tagging.span}", rationale=words)

    def _remove(self, tagging: Tagging) -> None:
        self._desk.change(lambda copie: rules.remove(copie, *_same(copie, tagging)))
        self.focus(f"{tagging.column}:{tagging.item}")

    def _removing(self, tagging: Tagging) -> Callable[[], object]:
        return lambda: self._desk.change(lambda copie: rules.remove(copie, tagging))

    # ------------------------------------------------------------ the rest

    def _write_remark(self, column: int, words: str) -> None:
        exercise = self._desk.exercise
        self._desk.change(lambda copie: write_remark(copie, exercise, column, words), typing=f"remark-{column}")

    def _write_discussion(self, column: int, words: str) -> None:
        exercise = self._desk.exercise
        self._desk.change(lambda copie: write_discussion(copie, exercise, column, words), typing=f"discussion-{column}")

    def _undo(self) -> None:
        self._desk.undo(*AREAS)
        self.say(_("undone"))

    def _redo(self) -> None:
        self._desk.redo(*AREAS)
        self.say(_("made again"))

    def _go(self, tagging: Tagging) -> None:
        self._only, self._at, self._editing = "", replace(tagging.spot, span=None), True
        self.focus(f"{tagging.column}:{tagging.item}")

    def _lay(self, value: str) -> None:
        self._by_rank = value == "rank"
        self._close()

    def _filter(self, value: str) -> None:
        self._only = value
        self._close()

    def _font(self, value: str) -> None:
        self._set(font_size=int(value))

    def _space(self, value: str) -> None:
        self._set(spacing=int(value))

    def _contrast(self, value: str) -> None:
        self._set(contrast=value if value in get_args(Contrast) else "standard")

    def _stack(self, value: bool) -> None:
        self._set(stacked=value)

    def _set(self, **settings: Any) -> None:
        self._desk.change(lambda copie: set_settings(copie, replace(copie.settings, **settings)))


def _same(copie: Copie, tagging: Tagging) -> list[Tagging]:
    """The tagging that stands where `tagging` stood, whatever has been said of it since."""
    return [one for one in copie.taggings if (one.spot, one.tag) == (tagging.spot, tagging.tag)]


def show_tagging(desk: Desk) -> None:
    """Show the table in the cell that runs, and under it the static one that stays in the notebook."""
    from IPython.display import display

    display(TaggingTable(desk))  # type: ignore[no-untyped-call]
    desk.embed("tagging", lambda: table_html(desk.opened(), desk.exercise))
