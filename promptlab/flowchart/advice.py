"""Structural advice on a flowchart, by rules alone: what a careful reader would ask its author to look at again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from promptlab.flowchart.crossings import crossings
from promptlab.flowchart.faults import faults
from promptlab.flowchart.verbs import begins_with_a_verb
from promptlab.flowchart.wrapping import clean
from promptlab.messages import _, ngettext
from promptlab.model.flowchart import Edge, Flowchart, Node

LONGEST = 90  # letters that a shape holds without becoming a paragraph
MOST_WORDS = 14
UNEQUAL = 3.0  # a shape with so many times the usual number of words tells more detail than the others
MOST_CROSSINGS = 2
_YES, _NO = frozenset({"oui", "yes", "si", "sí", "o", "y"}), frozenset({"non", "no", "n"})
_SHOWN = 3  # shapes that a message names


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at again: which rule says so, the ids of the shapes it is about, a sentence."""

    rule: str
    nodes: tuple[str, ...]
    message: str


def advise(chart: Flowchart, *, phases: Sequence[str] = (), language: str = "fr") -> tuple[Advice, ...]:
    """What could be better in `chart`, in the order of importance. Advice, never points.

    `phases` are the labels of a comparison table: those that no shape seems to be about are named. `language` is that
    of the chart's texts ("fr", "en", "es"); verbs are looked at in French and Spanish. Works on any chart, also on one
    that cannot be drawn yet.
    """
    graph = _Graph(chart)
    return (
        *_ends(chart),
        *_paths(graph),
        *_decisions(graph),
        *_actions(chart, language),
        *_lanes(chart),
        *_documents(graph),
        *_missing_phases(chart, phases, language),
        *_texts(chart),
        *_crossing_arrows(chart),
    )


class _Graph:
    """Who leads to whom."""

    def __init__(self, chart: Flowchart) -> None:
        self.chart = chart
        self.ids = [node.id for node in chart.nodes]
        known = set(self.ids)
        self.edges = [edge for edge in chart.edges if edge.source in known and edge.target in known]
        self.after: dict[str, list[Edge]] = {id_: [] for id_ in self.ids}
        self.before: dict[str, list[str]] = {id_: [] for id_ in self.ids}
        for edge in self.edges:
            self.after[edge.source].append(edge)
            self.before[edge.target].append(edge.source)

    def reached(self, starts: Iterable[str]) -> set[str]:
        """All that `starts` lead to, themselves included."""
        found, waiting = set(), list(starts)
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += [edge.target for edge in self.after[at]]
        return found

    def leading(self, ends: Iterable[str]) -> set[str]:
        """All that lead to `ends`, themselves included."""
        found, waiting = set(), list(ends)
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += self.before[at]
        return found


def _named(nodes: Sequence[Node]) -> str:
    """The texts of a few shapes, in quotation marks."""
    shown = ", ".join(_("“{text}”", text=_short(node.text)) for node in nodes[:_SHOWN])
    return shown + (" …" if len(nodes) > _SHOWN else "")


def _short(text: str) -> str:
    flat = clean(text)
    return flat if len(flat) <= 60 else f"{flat[:59]}…"


def _about(rule: str, nodes: Sequence[Node], message: str) -> Advice:
    return Advice(rule, tuple(node.id for node in nodes), message)


def _ends(chart: Flowchart) -> Iterator[Advice]:
    starts = [node for node in chart.nodes if node.kind == "start"]
    if not starts:
        yield Advice("one_start", (), _("No start: add one oval that says what sets the process off."))
    if len(starts) > 1:
        said = _("{count} starts: keep one, {names}.", count=len(starts), names=_named(starts))
        yield _about("one_start", starts, said)
    if not any(node.kind == "end" for node in chart.nodes):
        yield Advice("end", (), _("No end: add an oval that says how the process ends."))


def _paths(graph: _Graph) -> Iterator[Advice]:
    nodes = graph.chart.nodes
    starts = [node.id for node in nodes if node.kind == "start"]
    if starts:
        reached = graph.reached(starts)
        lost = [node for node in nodes if node.id not in reached and node.kind != "document"]
        if lost:
            yield _about("reachable", lost, _("Nothing leads from the start to {names}.", names=_named(lost)))
    # A document may be the fruit of a step, with nothing after it.
    closing = {
        node.id for node in nodes if node.kind == "end" or (node.kind == "document" and not graph.after[node.id])
    }
    stopped = [node for node in nodes if not graph.after[node.id] and node.id not in closing]
    if stopped:
        said = _("The way stops at {names}: say what comes next, or end there.", names=_named(stopped))
        yield _about("dead_end", stopped, said)
    onward = graph.leading([*closing, *(node.id for node in stopped)])
    circling = [node for node in nodes if node.id not in onward]
    if circling:
        yield _about("loop", circling, _("A loop without a way out: {names}. Add an exit.", names=_named(circling)))
    after = [node for node in nodes if node.kind == "end" and graph.after[node.id]]
    if after:
        yield _about("end", after, _("Something follows the end {names}: let it end there.", names=_named(after)))


def _decisions(graph: _Graph) -> Iterator[Advice]:
    for node in graph.chart.nodes:
        labels = [edge.label.strip().casefold().rstrip(".") for edge in graph.after[node.id]]
        if node.kind != "decision":
            if len(labels) > 1 and any(labels):
                said = _("{name} has labelled exits: draw it as a decision (diamond).", name=_named([node]))
                yield _about("decision_shape", [node], said)
            continue
        if not clean(node.text).endswith("?"):
            yield _about(
                "question", [node], _("{name} is a decision: end it with a question mark.", name=_named([node]))
            )
        if len(labels) < 2:
            yield _about("exits", [node], _("{name} needs two exits at least.", name=_named([node])))
        elif not all(labels) or max(Counter(labels).values()) > 1:
            yield _about("exits", [node], _("{name}: give each exit its own label.", name=_named([node])))
        elif bool(_YES & set(labels)) != bool(_NO & set(labels)):
            yield _about("closed", [node], _("{name}: answer both yes and no.", name=_named([node])))
        targets = {edge.target for edge in graph.after[node.id]}
        if len(labels) > 1 and len(targets) == 1:
            said = _("{name}: all exits lead to the same shape, so it decides nothing.", name=_named([node]))
            yield _about("decides_nothing", [node], said)


def _actions(chart: Flowchart, language: str) -> Iterator[Advice]:
    wrong = [
        node
        for node in chart.nodes
        if node.kind == "action" and node.text.strip() and not begins_with_a_verb(node.text, language)
    ]
    if wrong:
        said = ngettext(
            "{names}: begin the action with a verb in the infinitive.",
            "{names}: begin each action with a verb in the infinitive.",
            len(wrong),
            names=_named(wrong),
        )
        yield _about("infinitive", wrong, said)


def _lanes(chart: Flowchart) -> Iterator[Advice]:
    known = {lane.id for lane in chart.lanes}
    if len(chart.lanes) < 2:
        yield Advice("lanes", (), _("Give each actor a lane: who does what is then seen."))
    outside = [node for node in chart.nodes if node.lane not in known]
    if outside:
        yield _about("lane_of", outside, _("{names}: put each shape in a lane.", names=_named(outside)))
    used = {node.lane for node in chart.nodes}
    empty = [lane.name for lane in chart.lanes if lane.id not in used]
    if empty:
        names = ", ".join(_("“{text}”", text=_short(name)) for name in empty[:_SHOWN])
        yield Advice("empty_lane", (), _("Nothing stands in the lane {names}: take it out, or use it.", names=names))


def _documents(graph: _Graph) -> Iterator[Advice]:
    loose = [
        node
        for node in graph.chart.nodes
        if node.kind == "document" and not graph.after[node.id] and not graph.before[node.id]
    ]
    if loose:
        said = _("{names}: link each document to the step that makes or uses it.", names=_named(loose))
        yield _about("document", loose, said)


def _missing_phases(chart: Flowchart, phases: Sequence[str], language: str) -> Iterator[Advice]:
    from promptlab.flowchart.phases import missing_phases

    for phase in missing_phases(chart, phases, language):
        said = _("No shape seems to be about the phase “{phase}”: add it, or check that you leave it out.", phase=phase)
        yield Advice("phase", (), said)


def _texts(chart: Flowchart) -> Iterator[Advice]:
    counts = {node.id: len(clean(node.text).split(" ")) for node in chart.nodes}
    long = [node for node in chart.nodes if len(clean(node.text)) > LONGEST or counts[node.id] > 1.5 * MOST_WORDS]
    if long:
        said = _("{names}: too long for a shape. Keep a verb and its object.", names=_named(long))
        yield _about("long", long, said)
    actions = sorted(counts[node.id] for node in chart.nodes if node.kind == "action")
    if len(actions) < 4:
        return
    usual = actions[len(actions) // 2]
    uneven = [
        node
        for node in chart.nodes
        if node.kind == "action" and node not in long and counts[node.id] > max(MOST_WORDS, UNEQUAL * usual)
    ]
    if uneven:
        said = _("{names}: more detail than the other shapes. Split it, or shorten it.", names=_named(uneven))
        yield _about("detail", uneven, said)


def _crossing_arrows(chart: Flowchart) -> Iterator[Advice]:
    if faults(chart):
        return
    count = crossings(chart)
    if count > MOST_CROSSINGS:
        said = _("{count} times arrows cross: try another order of the lanes or of the steps.", count=count)
        yield Advice("crossing", (), said)
