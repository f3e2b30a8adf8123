"""JSON and vectors from a server on this machine."""

import json

import pytest

from promptlab.ask.structured import NotReadableError, json_in, vectors_in
from promptlab.errors import AskFailed, PersonalDataFound
from tests.ask.server import Server, fails, replies, says
from tests.ask.test_live import KEY, source_for

SCHEMA = {"type": "object"}


def embeddings(*vectors, model="embed-1", order=None):
    """An embeddings response; `order` gives the places in which the vectors come."""
    places = order or range(len(vectors))
    data = [{"index": place, "embedding": list(vectors[place])} for place in places]
    return replies(json.dumps({"model": model, "data": data}).encode())


def complete(*script, **options):
    with Server(*script) as server, source_for(server, **options) as source:
        return source.complete_json("trie", SCHEMA), server


def test_value_and_its_answer_come_back_and_the_schema_was_asked_for():
    structured, server = complete(says('{"phases": ', "[1]}"), settings={"temperature": 0})
    assert structured.value == {"phases": [1]}
    assert structured.answer.text == '{"phases": [1]}'
    assert structured.answer.provenance.settings == (("temperature", "0"),)
    (request,) = server.requests
    assert request["response_format"]["json_schema"]["schema"] == SCHEMA
    assert request["messages"] == [{"role": "user", "content": "trie"}]


def test_server_that_knows_no_schemas_is_asked_without():
    structured, server = complete(fails(400, "response_format is not supported"), says("{}"))
    assert structured.value == {}
    assert ["response_format" in request for request in server.requests] == [True, False]


def test_value_in_a_code_fence_is_read():
    assert complete(says('```json\n{"a": 1}\n```'))[0].value == {"a": 1}


@pytest.mark.parametrize("script", [says("Bien sûr !"), says('{"a": ', finish="length"), says("")])
def test_reply_that_is_no_whole_json_is_refused(script):
    with pytest.raises(AskFailed, match="127"):
        complete(script)


def test_later_prompts_of_the_same_source_are_asked_for_prose_again():
    with Server(says("{}"), says("{}")) as server, source_for(server) as source:
        source.complete_json("un", SCHEMA)
        source.complete_json("deux", SCHEMA)
        assert all("response_format" in request for request in server.requests)
        assert source._format == {}


def test_nothing_with_personal_data_or_the_key_is_sent():
    with Server(says("{}")) as server, source_for(server) as source:
        for text in ("Écrire à lea.dupont@exemple.fr", f"clé {KEY}"):
            with pytest.raises(PersonalDataFound):
                source.complete_json(text, SCHEMA)
            with pytest.raises(PersonalDataFound):
                source.embed(["un", text])
    assert server.requests == []


def test_vectors_come_in_the_order_of_the_texts():
    with Server(embeddings((1, 0), (0, 1), order=(1, 0))) as server, source_for(server, model="e") as source:
        embedded = source.embed(["un", "deux"])
    assert embedded.vectors == ((1.0, 0.0), (0.0, 1.0))
    assert (embedded.provenance.model, embedded.provenance.asked_model) == ("embed-1", "e")
    assert server.requests == [{"model": "e", "input": ["un", "deux"], "encoding_format": "float"}]
    assert server.paths == ["/v1/embeddings"]


def test_many_texts_go_out_in_several_requests():
    script = (embeddings(*[(1, 2)] * 128), embeddings((3, 4)))
    with Server(*script) as server, source_for(server) as source:
        assert len(source.embed([str(number) for number in range(129)]).vectors) == 129
    assert [len(request["input"]) for request in server.requests] == [128, 1]


def test_busy_server_is_asked_again():
    with Server(fails(503), embeddings((1,))) as server, source_for(server) as source:
        assert source.embed(["un"]).vectors == ((1.0,),)
    assert len(server.requests) == 2


def test_server_without_embeddings_is_told():
    with Server(fails(404, "no such route")) as server, source_for(server) as source, pytest.raises(AskFailed):
        source.embed(["un"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": []},
        {"data": [{"embedding": "AAAA"}]},
        {"data": [{"embedding": []}]},
        {"data": [{"embedding": [None]}]},
        {"data": [1]},
        [],
    ],
)
def test_response_that_holds_no_vectors_is_refused(body):
    server = Server(replies(json.dumps(body).encode()))
    with server, source_for(server) as source, pytest.raises(AskFailed, match="127"):
        source.embed(["un"])


def test_vectors_of_different_lengths_are_refused():
    body = json.dumps({"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1, 2]}]})
    with pytest.raises(NotReadableError, match="length"):
        vectors_in(body, 2)


def test_text_that_is_not_json_is_quoted():
    with pytest.raises(NotReadableError, match="Voici"):
        json_in("Voici la liste")
