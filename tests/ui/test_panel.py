"""A panel without browser: what the screen tells, what it is answered."""

import json

import pytest

from promptlab.errors import BadInput, CannotWrite
from promptlab.review.writing import write_remark
from promptlab.ui.panel import Panel
from promptlab.ui.tagging import TaggingTable
from promptlab.ui.view import File, button, choice, download, group, page, text, text_area, upload
from tests.ui.acting import has, node_of, nodes, press, send, show, words_of, write
from tests.ui.acting import upload as give_file
from tests.ui.builders import a_desk


class Remark(Panel):
    """A field for the remark on the first answer, and a few buttons."""

    def view(self):
        copie = self.desk.opened()
        value = copie.remarks[0] if copie.remarks else ""
        return group(
            [
                text_area("Remark", value, "remark", self._write),
                button("Refuse", "refuse", self._refuse),
                button("Speak", "speak", self._speak),
                choice("One", "a", [("a", "A"), ("b", "B")], "one", self._refuse),
                download("Give", "give", lambda: File("é.txt", b"content", "text/plain")),
                upload("Take", "take", self._take),
            ]
        )

    def _write(self, words):
        self.desk.change(lambda copie: write_remark(copie, self.desk.exercise, 1, words), typing="remark")

    def _refuse(self, *_value):
        raise BadInput("not like this")

    def _speak(self):
        self.say("hello")
        self.focus("remark")

    def _take(self, name, content):
        self.taken = (name, content)


@pytest.fixture
def panel(tmp_path):
    return Remark(a_desk(tmp_path, "P07"))


def test_panel_asks_for_the_pseudonym_first(tmp_path):
    panel = Remark(a_desk(tmp_path))
    assert not has(panel, "remark")
    write(panel, "pseudonym", "P07")
    press(panel, "sign-in")
    assert has(panel, "remark")


def test_bad_pseudonym_is_told_beside_its_button(tmp_path):
    panel = Remark(a_desk(tmp_path))
    write(panel, "pseudonym", "Jean Dupont")
    press(panel, "sign-in")
    assert "Jean Dupont" in node_of(panel, "sign-in")["error"]
    assert panel.desk.copie is None


def test_two_pupils_sign_in_together(tmp_path):
    panel = Remark(a_desk(tmp_path))
    write(panel, "pseudonym", "P07")
    write(panel, "pseudonym-2", "P12")
    press(panel, "sign-in")
    assert panel.desk.copie.pupils == ("P07", "P12")


def test_panel_without_copie_needs_none(tmp_path):
    class Plain(Panel):
        def view(self):
            return group([text("Hello")])

    assert "Hello" in words_of(Plain())


def test_change_is_acknowledged_with_the_time_of_the_save(panel):
    show(panel)
    ((message, _buffers),) = write(panel, "remark", "Bien")
    assert message["id"] == "1"
    assert panel.desk.saved in message["status"]
    assert panel.desk.copie.remarks == ("Bien",)


def test_refusal_stands_beside_its_node_until_the_next_action(panel):
    press(panel, "refuse")
    assert node_of(panel, "refuse")["error"] == "not like this"
    write(panel, "remark", "Bien")
    assert node_of(panel, "refuse")["error"] == ""


def test_refusal_of_a_field_stays_until_that_field_is_mended(panel):
    write(panel, "one", "b")
    press(panel, "speak")
    assert node_of(panel, "one")["error"] == "not like this"


def test_what_is_said_and_focused_goes_once(panel):
    show(panel)
    first, second = press(panel, "speak")[0][0], press(panel, "give")[-1][0]
    assert (first["say"], first["focus"]) == ("hello", "remark")
    assert "say" not in second


def test_file_goes_to_the_browser_as_bytes(panel):
    (message, buffers), _ack = press(panel, "give")
    assert (message["name"], buffers) == ("é.txt", [b"content"])


def test_file_comes_from_the_browser_as_bytes(panel):
    give_file(panel, "take", "copie.json", b"{}")
    assert panel.taken == ("copie.json", b"{}")


def test_button_that_is_gone_does_nothing(panel):
    show(panel)
    ((message, _buffers),) = send(panel, "nowhere")
    assert message["id"] == "1"


def test_other_panel_of_the_desk_shows_the_change(panel):
    other = Remark(panel.desk)
    show(other)
    heard = []
    other.send = lambda message, buffers=None: heard.append(message)
    write(panel, "remark", "Bien")
    assert node_of(other, "remark")["value"] == "Bien"
    assert heard[0]["patches"]


def test_panel_that_nobody_sees_sends_nothing(panel):
    other = Remark(panel.desk)
    show(other)
    other.receive({"do": "bye", "view": "view"})
    heard = []
    other.send = lambda message, buffers=None: heard.append(message)
    write(panel, "remark", "Bien")
    assert heard == []
    assert node_of(other, "remark")["value"] == "Bien"


def test_page_opened_again_is_told_where_the_notebook_holds_the_copie(panel, monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda *_args, **_more: None)
    panel.desk.embed("x", lambda: "")
    show(panel, page="first")
    show(panel, page="second")
    assert not has(panel, "reopened")  # once for the notebook, at its top
    panel.home, panel._pages = True, set()
    show(panel, page="first")
    assert not has(panel, "reopened")
    show(panel, page="first", view="another view of the same page")
    assert not has(panel, "reopened")
    show(panel, page="second")
    assert has(panel, "reopened")


def test_disk_that_refuses_is_told_in_every_panel(panel, monkeypatch):
    def refuse(*_args, **_more):
        raise CannotWrite("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("promptlab.files.copies.write_bytes", refuse)
        ((message, _buffers),) = write(panel, "remark", "à garder")
    assert "NOT SAVED" in words_of(panel)
    assert "Saved" not in message["status"]
    (_content, buffers), _ack = press(panel, "rescue")
    assert json.loads(buffers[0])["remarks"] == ["à garder"]
    press(panel, "retry-save")
    assert not has(panel, "unsaved")


def test_text_changed_elsewhere_is_not_lost_silently(tmp_path, panel):
    other = Remark(a_desk(tmp_path, "P07"))
    write(other, "remark", "de l’autre")
    send(panel, "remark", "la mienne", was="")
    assert "de l’autre" in words_of(panel)
    panel.desk.undo()
    assert panel.desk.copie.remarks == ("de l’autre",)


def test_looking_again_shows_what_another_window_saved(tmp_path, panel):
    show(panel)
    write(Remark(a_desk(tmp_path, "P07")), "remark", "de l’autre")
    panel.receive({"do": "look"})
    assert node_of(panel, "remark")["value"] == "de l’autre"


def test_panel_is_called_the_same_in_every_saved_notebook(panel):
    name = panel.title or "Remark"
    assert repr(panel).startswith(f"{name}: ")
    assert "0x" not in repr(panel)
    assert panel._repr_mimebundle_()[0]["text/plain"] == repr(panel)


def test_all_that_is_sent_is_json(panel):
    write(panel, "remark", "\ud83d 😀 \u202e שלום")
    for message, _buffers in show(panel):
        json.dumps(message, ensure_ascii=False, allow_nan=False).encode("utf-8")


def test_output_in_the_notebook_is_brought_up_to_date_after_a_rest(panel, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **more: shown.append((bundle, more)))
    monkeypatch.setattr("IPython.display.update_display", lambda bundle, **more: shown.append((bundle, more)))
    panel.desk.embed("work", lambda: f"<p>{len(panel.desk.copie.remarks)}</p>")
    write(panel, "remark", "Bien")
    assert len(shown) == 1
    panel.receive({"do": "idle"})
    panel.receive({"do": "idle"})
    assert [bundle["text/html"] for bundle, _more in shown] == ["<p>0</p>", "<p>1</p>"]
    assert {more["display_id"] for _bundle, more in shown} == {"promptlab-work"}
    copie = shown[1][0]["application/vnd.promptlab.work+json"]
    assert (copie["remarks"], copie["history"]) == (["Bien"], {"past": [], "undone": []})


def _damage(path):
    path.write_bytes(path.read_bytes()[:-40])


def test_damaged_copie_leaves_one_message_and_one_button(tmp_path):
    desk = a_desk(tmp_path, "P07")
    for words in ("un", "deux"):
        desk.change(lambda copie, words=words: write_remark(copie, desk.exercise, 1, words))
    _damage(desk.path)
    panel = TaggingTable(a_desk(tmp_path))
    write(panel, "pseudonym", "P07")
    press(panel, "sign-in")
    shown = [node for node in nodes(panel.tree()) if node.get("error") or node["kind"] == "notice"]
    assert [node["k"] for node in shown] == ["sign-in-damage"]
    press(panel, "sign-in-recover")
    assert panel.desk.copie.remarks == ("un",)


def test_damaged_copie_without_a_save_before_says_where_it_is_and_what_to_do(tmp_path):
    desk = a_desk(tmp_path, "P07")
    _damage(desk.path)
    for backup in desk.path.parent.glob("*.bak"):
        backup.unlink()
    panel = TaggingTable(a_desk(tmp_path))
    write(panel, "pseudonym", "P07")
    press(panel, "sign-in")
    said = node_of(panel, "sign-in")["error"]
    assert "damaged-1.json" in said
    assert "teacher" in said
    assert "\n" not in said


def test_damaged_file_from_elsewhere_is_one_sentence(tmp_path):
    desk = a_desk(tmp_path, "P07")
    panel = TaggingTable(a_desk(tmp_path / "b"))
    give_file(panel, "sign-in-file", "copie-P07.json", desk.path.read_bytes().replace(b'"revision"', b'"revizion"'))
    said = node_of(panel, "sign-in-file")["error"]
    assert "copie-P07.json" in said
    assert "\n" not in said


def test_newer_copie_sends_the_pupil_to_the_teacher(tmp_path):
    desk = a_desk(tmp_path, "P07")
    desk.path.write_text(desk.path.read_text("utf-8").replace('"format": 1', '"format": 99'), "utf-8")
    panel = TaggingTable(a_desk(tmp_path))
    write(panel, "pseudonym", "P07")
    press(panel, "sign-in")
    assert "teacher" in node_of(panel, "sign-in")["error"]


def test_page_to_print_is_shown_and_a_file_is_kept():
    class Pages(Panel):
        def view(self):
            def made():
                return File("page.html", b"<!doctype html>", "text/html")

            return group([page("Print", "shown", made), download("Keep", "kept", made)])

    for key, shows in (("shown", True), ("kept", False)):
        (message, buffers), _state = press(Pages(), key)
        assert (message["t"], message["shows"], buffers) == ("file", shows, [b"<!doctype html>"])


def test_disk_that_refuses_names_no_option_of_the_command_line(tmp_path):
    desk = a_desk(tmp_path, "P07")
    panel = TaggingTable(desk)
    folder = desk.path.parent
    folder.rename(tmp_path / "kept")
    folder.write_text("no folder")
    write(panel, "remark-1", "Bien")
    assert "--" not in words_of(panel)
    assert "teacher" in words_of(panel)


def test_other_pupil_is_told_to_panels_whose_tree_stays(tmp_path):
    class Same(Panel):
        def view(self):
            return text("always the same")

    desk = a_desk(tmp_path, "P07")
    panel = Same(desk)
    show(panel)
    heard = []
    panel.send = lambda message, buffers=None: heard.append(message)
    desk.leave()
    desk.sign_in("P21")
    assert "P21" in heard[-1]["status"]
    assert heard[-1]["copie"] == desk.copie.id
    told = len(heard)
    desk.tell("said to nobody")
    panel.render()
    assert len(heard) == told
