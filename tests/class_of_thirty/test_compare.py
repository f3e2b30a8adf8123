"""The comparison with the gold notices what a reader would lose or invent."""

import pytest

from tests.class_of_thirty.compare import misses

TAG = {"column": 1, "item": "3.1", "tag": "inappropriate"}
GOLD = {
    "tags": [TAG | {"words": "sans l’interrompre", "whole": False, "rationale": "à l’oral", "reason": "channel"}],
    "remarks": ["trop\ngénéral", "", ""],
    "discussion": ["", "d’accord", ""],
    "texts": ["(par mail)"],
}


def what_is_read(**changes):
    """A right reading of GOLD, with `changes`."""
    tag = TAG | {"text": "sans l'interrompre", "span": [28, 46], "rationale": "à l’oral", "reason": "channel"}
    right = {
        "tags": [tag | changes.pop("tag", {})],
        "remarks": ["trop\n\ngénéral", "", ""],
        "discussion": ["", "d’accord", ""],
        "changed": [{"where": "row 2", "was": "Accuser", "is": "Accuser (par mail)"}],
        "problems": [],
    }
    return right | changes


def test_a_right_reading_has_no_fault():
    assert misses(GOLD, what_is_read()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tags": []}, "tag lost: 1·3.1"),
        ({"tag": {"tag": "relevant"}}, "tag lost: 1·3.1"),
        ({"tag": {"tag": "relevant"}}, "invented: 1·3.1 relevant"),
        ({"tag": {"column": 2}}, "invented: 2·3.1"),
        ({"tag": {"span": None, "text": "Laisser le client"}}, "tag lost: 1·3.1"),
        ({"tag": {"rationale": ""}}, "rationale 'à l’oral'"),
        ({"tag": {"reason": None}}, "reason channel"),
        ({"remarks": ["trop", "", ""]}, "remarks 1"),
        ({"remarks": ["trop général", "", ""]}, "remarks 1"),
        ({"remarks": ["trop\ngénéral", "trop", ""]}, "remarks 2: invented"),
        ({"discussion": ["", "", ""]}, "discussion 2"),
        ({"changed": []}, "text lost: '(par mail)'"),
    ],
)
def test_each_fault_is_told(changes, said):
    assert any(one.startswith(said) for one in misses(GOLD, what_is_read(**changes)))


def test_a_text_told_in_a_problem_is_not_lost():
    told = [{"where": "outside the table", "message": "“(par mail)” and “d’accord” belong to no answer"}]
    assert misses(GOLD, what_is_read(changed=[], discussion=["", "", ""], problems=told)) == []
