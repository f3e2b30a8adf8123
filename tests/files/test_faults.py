"""What is wrong with a file, told once with its place."""

import pytest

from promptlab.files.faults import refuse, without_name
from promptlab.model.problem import Problem


@pytest.mark.parametrize("what", ["c.json", "/home/x/c.json", "Rubric cas/c.json", r"C:\x\c.json"])
def test_file_that_the_head_names_is_not_named_again_below(what):
    faults = [Problem("no JSON.", "c.json, l. 1"), Problem("cut off.", "c.json")]
    assert str(refuse(what, faults)).splitlines()[1:] == ["  - l. 1 : no JSON.", "  - cut off."]


@pytest.mark.parametrize(("what", "where"), [("Case x", "c.json, l. 1"), ("abc.json", "c.json, l. 1"), ("c.json", "")])
def test_place_stays_as_it_is_where_the_head_names_something_else(what, where):
    fault = Problem("no JSON.", where)
    refusal = refuse(what, [fault])
    assert str(refusal).splitlines()[1:] == [f"  - {fault}"]
    assert refusal.problems == (fault,)


def test_name_that_stands_beside_a_message_is_taken_out_of_it():
    assert without_name("a/c.json: 2 faults.\n  - c.json, id : missing", "a/c.json") == "2 faults.\n  - id : missing"
    assert without_name("c.json is empty.", "a/c.json") == "this file is empty."
