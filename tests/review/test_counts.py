from dataclasses import replace

from promptlab.model.copie import Spot
from promptlab.review.counts import counts
from promptlab.review.tagging import tag
from tests.review.builders import a_copie, an_exercise, part, whole

ON = an_exercise()


def some_tags():
    copie = tag(a_copie(), ON, part(0, 10), "inappropriate", reason="channel")
    copie = tag(copie, ON, part(11, 24), "non_compliant")
    copie = tag(copie, ON, Spot(2, "I"), "inappropriate")
    return tag(copie, ON, Spot(2, "S1.1"), "relevant", rationale="poli")


def test_counts_by_prompt_and_tag():
    first, second = counts(some_tags(), ON)
    assert dict(first.by_tag) == {"inappropriate": 1, "non_compliant": 1, "relevant": 0}
    assert dict(second.by_tag) == {"inappropriate": 1, "non_compliant": 0, "relevant": 1}


def test_item_with_two_unsuitable_parts_counts_once():
    first, _second = counts(some_tags(), ON)
    assert (first.unsuitable, first.items, first.share) == (1, 2, 0.5)


def test_introduction_is_no_item_of_the_share():
    _first, second = counts(some_tags(), ON)
    assert (second.unsuitable, second.items, second.share) == (0, 3, 0.0)


def test_what_counts_as_unsuitable_can_be_said():
    assert counts(some_tags(), ON, unsuitable=["relevant"])[1].unsuitable == 1


def test_tag_whose_item_is_gone_is_not_counted():
    copie = tag(a_copie(), ON, whole(), "inappropriate")
    gone = replace(copie, taggings=(replace(copie.taggings[0], text="autre"),))
    assert counts(gone, ON)[0].unsuitable == 0
