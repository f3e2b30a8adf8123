"""Rules about the works that have a room of their own: quiz, flowchart and its grid, letter, decision scheme."""

from fractions import Fraction
from typing import Any

from promptlab.errors import BadInput
from promptlab.grade.figures import figure
from promptlab.grade.subject import Judged, Rule, Subject, no_basis, share
from promptlab.messages import _
from promptlab.model.mark import Found
from promptlab.model.rubric import Criterion

NOTHING = Fraction(0)


def quiz(subject: Subject, criterion: Criterion) -> Judged:  # noqa: ARG001 - rules are called alike
    """The points of the quiz of the case, of those that it has."""
    asked = subject.material.get("quiz")
    if asked is None:
        return no_basis(_("the case has no quiz."))
    from promptlab.quiz.marking import mark_quiz

    work = subject.work("quiz")
    given = work.get("answers") if isinstance(work, dict) else None
    result = mark_quiz(asked, given if isinstance(given, dict) else {})
    texts = {question.id: question.text for question in asked.questions}
    behind = []
    for mark in result.marks:
        verdict: Any = (
            "right" if mark.share == 1 else "partly" if mark.share else "wrong" if mark.answered else "missed"
        )
        why = " ".join(mark.feedback)
        behind.append(
            Found(verdict, _("question {id}", id=mark.question), texts[mark.question], mark.given, mark.right, why)
        )
    points = sum((mark.share * Fraction(mark.out_of) for mark in result.marks), NOTHING)
    reason = _("Points in the quiz: {points} of {out_of}.", points=figure(points), out_of=figure(result.out_of))
    advice = "" if points == result.out_of else _("Read the resource sheet again for the questions that went wrong.")
    return Judged(share(points, Fraction(result.out_of)), reason, tuple(behind), advice)


def flowchart(subject: Subject, criterion: Criterion) -> Judged:
    """The structure of the pupil's flowchart: each piece of advice on it costs `each`, and so does each thing it lacks.

    It should have at least `shapes` shapes and `decisions` decisions.
    """
    work = subject.work("flowchart")
    if not isinstance(work, dict) or not work.get("node"):
        return Judged(NOTHING, _("There is no flowchart in the copie."), (), _("Draw your flowchart in session 3."))
    from promptlab.files.toml import to_toml
    from promptlab.flowchart import parse_flowchart
    from promptlab.flowchart.advice import advise

    try:
        chart = parse_flowchart(to_toml(work), name=_("flowchart"))
    except (BadInput, TypeError, UnicodeEncodeError) as error:
        lines = [line.strip(" -") for line in str(error).splitlines()]
        faults = tuple(Found("wrong", _("flowchart"), line) for line in lines[1:] or lines)
        advice = _("Mend these faults: the flowchart can then be drawn.")
        return Judged(NOTHING, _("The flowchart cannot be drawn yet."), faults, advice)
    behind = [Found("partly", _("flowchart"), one.message) for one in advise(chart, language=subject.case.language)]
    decisions = sum(node.kind == "decision" for node in chart.nodes)
    for count, least, said in (
        (len(chart.nodes), criterion.setting("shapes"), _("shapes: {count} (at least {least} expected)")),
        (decisions, criterion.setting("decisions"), _("decisions: {count} (at least {least} expected)")),
    ):
        if count < least:
            behind.append(Found("missed", _("flowchart"), said.format(count=count, least=least)))
    score = max(NOTHING, 1 - len(behind) * criterion.setting("each"))
    reason = _(
        "Shapes: {shapes}; decisions: {decisions}; points to mend: {count}.",
        shapes=len(chart.nodes),
        decisions=decisions,
        count=len(behind),
    )
    advice = behind[0].text if behind else ""
    return Judged(score, reason, tuple(behind), advice)


def grid(subject: Subject, criterion: Criterion) -> Judged:
    """Whether the grid that measures the flowchart is filled in: three quarters for its levels, one for the notes."""
    work = subject.work("grid")
    levels = work.get("levels") if isinstance(work, dict) else None
    notes = str(work.get("notes") or "") if isinstance(work, dict) else ""
    chosen = sum(bool(level) for level in levels.values()) if isinstance(levels, dict) else 0
    written = len(notes.split()) >= criterion.setting("words")
    score = share(chosen, criterion.setting("count")) * Fraction(3, 4) + Fraction(written, 4)
    reason = _(
        "Lines of the grid that are filled in: {chosen} of {count}; words of the conclusion: {words}.",
        chosen=chosen,
        count=criterion.setting("count"),
        words=len(notes.split()),
    )
    return Judged(
        score, reason, (), "" if score == 1 else _("Fill in every line of the grid, then conclude in a sentence.")
    )


def letter_facts(subject: Subject, criterion: Criterion) -> Judged:
    """The facts of the reply: `least` proved ones make the full score; what is contradicted or unsupported takes away.

    A contradicted fact takes `wrong` of the score, an unsupported one `unsupported`.
    """
    if not subject.case.documents:
        return no_basis(_("the case has no documents to prove a letter by."))
    checked = _letter(subject)
    if checked is None:
        return _no_letter()
    verdicts: dict[str, Any] = {"proved": "right", "contradicted": "wrong", "unsupported": "partly"}
    behind = tuple(
        Found(
            verdicts[claim.verdict],
            _("letter, line {line}", line=claim.line),
            claim.text,
            expected=claim.expected or "",
            why=claim.source,
        )
        for claim in checked.claims
    )
    counts = {name: sum(claim.verdict == name for claim in checked.claims) for name in verdicts}
    lost = counts["contradicted"] * criterion.setting("wrong") + counts["unsupported"] * criterion.setting(
        "unsupported"
    )
    score = share(counts["proved"], criterion.setting("least")) * max(NOTHING, 1 - lost)
    reason = _(
        "Facts proved by the case file: {proved}; contradicted: {contradicted}; supported by nothing: {unsupported}.",
        **counts,
    )
    advice = _("Check each amount, date and reference of your reply against the documents.") if lost else ""
    return Judged(score, reason, behind, advice)


def letter_parts(subject: Subject, criterion: Criterion) -> Judged:
    """Whether the reply has the parts that its medium asks for: each missing one takes `each` of the score."""
    checked = _letter(subject)
    if checked is None:
        return _no_letter()
    behind = tuple(Found("missed", _("letter"), part) for part in checked.missing)
    behind += tuple(Found("aside", _("letter"), advice) for advice in checked.advice)
    score = max(NOTHING, 1 - len(checked.missing) * criterion.setting("each"))
    reason = _("All the parts that are expected are there.")
    if checked.missing:
        reason = _("Missing: {parts}.", parts=", ".join(checked.missing))
    return Judged(score, reason, behind, _("Add the missing parts.") if checked.missing else "")


def decisions(subject: Subject, criterion: Criterion) -> Judged:
    """The part of all cases that the decision scheme covers; each contradiction between rules takes `each` of it."""
    work = subject.work("decisions")
    if not work:
        return Judged(NOTHING, _("There is no decision scheme in the copie."), (), _("Build your decision scheme."))
    from promptlab.decisions.check import check
    from promptlab.decisions.plain import from_values
    from promptlab.decisions.words import in_words

    try:
        table = from_values(work)
    except BadInput as error:
        lines = [line.strip(" -") for line in str(error).splitlines()]
        faults = tuple(Found("wrong", _("decision scheme"), line) for line in lines[1:] or lines)
        return Judged(NOTHING, _("The decision scheme cannot be read yet."), faults, _("Mend these faults first."))
    found = check(table)
    open_cases = sum(gap.count or found.combinations for gap in found.gaps)
    covered = 1 - share(open_cases, found.combinations)
    behind = [Found("missed", _("decision scheme"), in_words(table, gap.when)) for gap in found.gaps]
    behind += [
        Found(
            "wrong",
            _("rules {one} and {other}", one=clash.rules[0], other=clash.rules[1]),
            in_words(table, clash.example),
        )
        for clash in found.conflicts
    ]
    score = covered * max(NOTHING, 1 - len(found.conflicts) * criterion.setting("each"))
    reason = _(
        "Cases covered: {percent} %; contradictions between rules: {conflicts}.",
        percent=round(covered * 100),
        conflicts=len(found.conflicts),
    )
    return Judged(
        score, reason, tuple(behind), _("Decide what to do in each case that is left open.") if behind else ""
    )


RULES = {
    "quiz": Rule(quiz, {}),
    "flowchart": Rule(flowchart, {"each": Fraction(1, 10), "shapes": 8, "decisions": 1}),
    "grid": Rule(grid, {"count": 5, "words": 10}),
    "letter_facts": Rule(letter_facts, {"least": 8, "wrong": Fraction(1, 5), "unsupported": Fraction(1, 10)}),
    "letter_parts": Rule(letter_parts, {"each": Fraction(1, 6)}),
    "decisions": Rule(decisions, {"each": Fraction(1, 5)}),
}


def _letter(subject: Subject) -> Any:
    """The check of the reply of the copie, made once; None where there is no reply."""
    work = subject.work("letter")
    text = work.get("text") if isinstance(work, dict) else None
    if not isinstance(text, str) or not text.strip():
        return None
    if "letter" not in subject.kept:
        from promptlab.letter.check import check_letter

        medium: Any = work.get("medium") if work.get("medium") in ("letter", "email") else None
        subject.kept["letter"] = check_letter(text, subject.case, medium=medium)
    return subject.kept["letter"]


def _no_letter() -> Judged:
    return Judged(NOTHING, _("There is no reply in the copie."), (), _("Write your reply in session 4."))
