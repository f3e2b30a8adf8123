from dataclasses import replace

from promptlab.ask.names import Names
from promptlab.model.case import Party
from promptlab.review.privacy import personal_in
from promptlab.review.tagging import tag
from promptlab.review.writing import write_remark
from tests.review.builders import a_case, a_copie, an_exercise, whole

ON = an_exercise()


def test_names_and_addresses_in_what_a_pupil_wrote_are_told_masked():
    copie = tag(a_copie(), ON, whole(), "relevant", rationale="Léa le dit")
    copie = write_remark(copie, ON, 2, "écrivez à lea@lycee.fr")
    problems = personal_in(copie, a_case(), names=Names(["Léa Dupont"]))
    assert [problem.where for problem in problems] == ["remark on PROMPT 2", "PROMPT 1, 1.1"]
    assert "lea@lycee" not in problems[0].message


def test_what_the_case_itself_says_may_be_written():
    case = replace(a_case(), customer=Party("B", email="client@exemple.fr"))
    assert personal_in(write_remark(a_copie(), ON, 1, "client@exemple.fr n’a pas répondu"), case) == ()
