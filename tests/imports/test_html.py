"""Pages and copied HTML: every word that was shown is in the text, and nothing else."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlab.ask.imports.html import looks_like_html, read_html
from promptlab.errors import BadInput

CHAT = """<!doctype html><html><head><title>Chat</title><style>p{}</style></head><body>
<nav><button>Nouveau</button></nav>
<div data-message-author-role="user"><p>Quelles   étapes ?</p></div>
<div data-message-author-role="assistant"><p>Voici :</p><ol start="1"><li><strong>Recevoir</strong> : noter
<ul><li>la date</li></ul></li><li><strong>Répondre</strong></li></ol></div>
<div data-message-author-role="user">Par écrit</div>
<div data-message-author-role="assistant"><h3>1. Lire</h3><p>le courriel</p></div></body></html>"""


def text_of(content):
    page = read_html(content, "page")
    assert len(page.turns) == 1
    return page.turns[0].text


def test_structure_becomes_markdown():
    steps = "<ol><li><b>Recevoir</b> : noter<ul><li>la date</li></ul></li><li>Répondre</li></ol>"
    found = text_of(f"<h2>Étapes</h2>{steps}")
    assert found == "## Étapes\n\n1. **Recevoir** : noter\n   - la date\n2. Répondre"


def test_page_of_a_chat_gives_its_turns():
    page = read_html(CHAT, "page")
    assert [(turn.number, turn.prompt) for turn in page.turns] == [(1, "Quelles étapes ?"), (2, "Par écrit")]
    assert page.turns[0].text.startswith("Voici :\n\n1. **Recevoir** : noter\n   - la date")
    assert page.turns[1].text == "### 1. Lire\n\nle courriel"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert('oups')</script>",
        "<style>.oups{}</style>",
        "<button>oups</button>",
        "<span style='display: none'>oups</span>",
        "<div hidden>oups<p hidden>oups</p></div>",
        "<h5 class='x sr-only'>oups</h5>",
        "<!-- oups -->",
        "<svg><text>oups</text></svg>",
        "<iframe src='https://example.org'>oups</iframe>",
    ],
)
def test_what_is_not_shown_is_left_out(hidden):
    assert text_of(f"<p>Avant</p>{hidden}<p>Après</p>") == "Avant\n\nAprès"


def test_links_that_run_code_lose_their_address():
    assert (
        text_of('<p><a href="javascript:alert(1)">ici</a> <a href="https://a.fr">là</a></p>')
        == "ici [là](https://a.fr)"
    )


def test_pictures_are_told_and_their_words_kept():
    page = read_html('<p>Avant <img src="data:image/png;base64,AAAA" alt="un graphique"></p>', "page")
    assert page.turns[0].text == "Avant un graphique"
    assert "1 picture" in str(page.problems)


def test_table_becomes_a_table():
    rows = "<tr><th>Réf.</th><th>Qté</th></tr><tr><td>A52</td><td>25</td></tr>"
    assert "| Réf. | Qté |" in text_of(f"<table>{rows}</table>")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_bytes_are_decoded_as_the_page_says(encoding):
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Réclamation d’août</p></body></html>'
    assert text_of(page.encode(encoding)) == "Réclamation d’août"


@pytest.mark.parametrize("content", ["", "<html></html>", "<p> </p><script>x</script>"])
def test_page_without_words_is_refused(content):
    with pytest.raises(BadInput, match="page"):
        read_html(content, "page")


def test_page_nested_too_deeply_is_refused():
    with pytest.raises(BadInput, match="page"):
        read_html("<div>" * 5000 + "mot" + "</div>" * 5000, "page")


@pytest.mark.parametrize(
    "text",
    [
        "1. **Recevoir** : a < b et b > c",
        "Écrire <nom du client> ici",
        "# T\n- un",
        "",
        "| un<br>deux | trois<br>quatre |",
        "1. Répondre\n\n```html\n<p>Bonjour</p>\n<p>Merci</p>\n```",
        "<think>hm</think>\n1. Lire",
        "<br>- un\n- deux",
    ],
)
def test_markdown_is_not_taken_for_html(text):
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>un</p>",
        "<meta charset='utf-8'><ol><li>un</li></ol>",
        "<!--StartFragment--><b>un</b>",
        "\n<!DOCTYPE html><p>a",
    ],
)
def test_what_the_clipboard_holds_is_html(text):
    assert looks_like_html(text)


words = st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x2FF), min_size=1, max_size=8)
signs = st.sampled_from(["*", "_", "#", "<", "&", "1.", "-", "|", "`", "[x]"])
runs = st.lists(words | signs, min_size=1, max_size=6).map(" ".join).map(html.escape)
blocks = st.recursive(
    runs,
    lambda inner: (
        st.builds(
            lambda tag, parts: "".join(f"<{tag}>{part}</{tag}>" for part in parts),
            st.sampled_from(["p", "div", "h3", "b", "em", "blockquote", "code", "span", "pre"]),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"<ol><li>{'</li><li>'.join(parts)}</li></ol>")
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=4).map(lambda parts: f"<p>mot</p><p>{'</p><p>'.join(parts)}</p>"))
def test_every_letter_of_a_page_is_in_the_text_once_and_in_order(content):
    shown = html.unescape(re.sub(r"<[^<>]*>", "\n", content))
    assert re.findall(r"[^\W\d_]", text_of(content)) == re.findall(r"[^\W\d_]", shown)


def test_words_of_blocks_side_by_side_stay_apart():
    found = text_of("<ul><li>un</li><li>deux</li></ul><p>trois</p><div>quatre</div><div>cinq<br>six</div>")
    assert re.findall(r"\w+", found) == ["un", "deux", "trois", "quatre", "cinq", "six"]
