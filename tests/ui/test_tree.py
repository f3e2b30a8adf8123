"""The tree of a panel: keys, handlers, and patches that make one tree of another."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlab.ui.tree import Ready, own, patches, prepare, words
from promptlab.ui.view import button, group, heading, notice, picture, row, table, text, text_field

KEYS = st.sampled_from("abcdefgh")
leaves = st.builds(lambda key, words: {"kind": "text", "k": key, "parts": words}, KEYS, st.integers(0, 3))
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda key, kind, look, children: {"kind": kind, "k": key, "look": look, "children": children},
        KEYS,
        st.sampled_from(["group", "card"]),
        st.integers(0, 1),
        st.lists(inner, max_size=4),
    ),
    max_leaves=8,
)


def without_doubles(node, seen):
    """`node` without the nodes whose key was there before."""
    seen.add(node["k"])
    kept = [without_doubles(child, seen) for child in node.get("children", ()) if child["k"] not in seen]
    return {**node, "children": kept} if "children" in node else node


roots = trees.map(lambda tree: without_doubles({"kind": "group", "k": "root", "children": [tree]}, set()))


def applied(tree, changes):
    """What a screen that shows `tree` shows after `changes`."""
    found = {}

    def note(node):
        found[node["k"]] = node
        for child in node.get("children", ()):
            note(child)

    tree = deepcopy(tree)
    note(tree)
    for change in deepcopy(list(changes)):
        node = found[change["k"]]
        if "p" in change:
            children = node.get("children")
            node.clear()
            node.update(change["p"])
            if children is not None:
                node["children"] = children
        if "order" in change:
            here = {child["k"]: child for child in node.get("children", ())}
            fresh = {child["k"]: child for child in change["new"]}
            node["children"] = [fresh.get(key) or here[key] for key in change["order"]]
            for child in change["new"]:
                note(child)
    return tree


def plain(node):
    """`node` where no children and an empty list of them are the same."""
    return {**own(node), "children": [plain(child) for child in node.get("children", ())]}


@given(roots, roots)
def test_patches_make_the_new_tree_of_the_old(before, after):
    assert plain(applied(before, patches(before, after))) == plain(after)


@given(roots)
def test_same_tree_needs_no_patch(tree):
    assert list(patches(tree, deepcopy(tree))) == []


def test_change_deep_in_a_tree_sends_only_what_changed():
    def tree(words):
        return prepare(group([text("same"), group([text(words), text("also same")])])).root

    (patch,) = patches(tree("old"), tree("new"))
    assert patch["p"]["parts"] == [{"s": "", "t": "new"}]
    assert "new" not in patch


def test_handlers_stay_in_python():
    ready = prepare(group([button("Go", "go", print)]))
    assert ready.handlers == {"go": print}
    assert "print" not in repr(ready.root)


def test_absent_child_leaves_the_keys_of_the_others():
    first, second = (prepare(group([child, text("stays")])).root["children"][-1] for child in (text("here"), None))
    assert first["k"] == second["k"]


def test_key_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        prepare(group([button("Go", "go", print), button("Also", "go", print)]))


def test_error_stands_at_its_field():
    root = prepare(group([text_field("Name", "", "name", print)]), {"name": "too long"}).root
    assert root["children"][0]["error"] == "too long"


def test_node_that_is_ready_is_sent_as_it_is():
    ready = Ready({"kind": "text", "k": "fixed", "parts": []})
    assert prepare(group([ready])).root["children"][0] is ready


def test_words_are_those_that_a_person_sees():
    tree = prepare(
        group(
            [
                heading("Title"),
                notice("warn", "Beware"),
                table("Caption", ["Head"], [row(["Line", "Cell"])]),
                text_field("Label", "Value", "key", print, help="Help"),
            ]
        )
    ).root
    said = list(words(tree))
    for expected in ("Title", "Beware", "Caption", "Head", "Line", "Cell", "Label", "Value", "Help"):
        assert expected in said


def test_picture_is_svg_or_png():
    assert picture(b"<svg/>", "a")["source"].startswith("data:image/svg+xml;base64,")
    with pytest.raises(ValueError, match="neither"):
        picture(b"GIF89a", "a")


def test_halves_of_a_pair_never_reach_the_wire():
    assert text("a\ud83db")["parts"][0]["t"] == "a\ufffdb"
