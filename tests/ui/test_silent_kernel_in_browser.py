"""Panels whose kernel is silent, dead or back: nothing written is lost, and what is not saved is told."""

import pytest

from promptlab.ui.panel import Panel
from promptlab.ui.tagging import TaggingTable
from promptlab.ui.view import text
from tests.ui.builders import a_desk_on
from tests.ui.window import ANSWER, tags

pytestmark = [pytest.mark.tool, pytest.mark.slow]


@pytest.mark.parametrize("kernel", ["dead", "gone"])
def test_kernel_that_is_silent_is_told(tagging, kernel):
    tagging.page.evaluate(f"window.kernel = '{kernel}'")
    tagging.words(1, "1.1").focus()
    tagging.page.keyboard.press("i")
    banner = tagging.page.locator(".pl-banner")
    banner.wait_for(state="visible")
    assert "NOT SAVED" in banner.text_content()
    assert "✔" not in tagging.page.locator(".pl-status").text_content()
    assert "NOT SAVED" in tagging.page.locator("body > .pl-alarm").text_content()
    assert tags(tagging) == []
    tagging.page.evaluate("window.leave()")
    assert tagging.page.locator(".pl-alarm").count() == 0


def test_alarm_goes_with_its_panel_also_where_nothing_answered(window, tmp_path):
    opened = window(TaggingTable(a_desk_on(tmp_path, ANSWER, ANSWER)))
    opened.page.evaluate("window.kernel = 'dead'")
    opened.button("remark-1").locator("textarea").fill("écrit juste avant")
    opened.page.evaluate("() => { window.kernel = 'gone'; document.activeElement.blur(); window.leave(); }")
    opened.page.wait_for_timeout(3000)  # longer than the patience with a silent kernel
    assert opened.page.locator(".pl-alarm").count() == 0


def test_panel_that_never_came_onto_the_page_stays_mute(tagging):
    tagging.page.evaluate("() => { window.leave(); window.again(document.createElement('div')); }")
    tagging.page.evaluate("() => { window.kernel = 'gone'; window.fire('comm_live_update'); }")
    tagging.page.wait_for_timeout(3000)  # longer than the patience with a silent kernel
    assert tagging.page.locator(".pl-alarm").count() == 0


def test_panel_speaks_once_it_is_on_the_page(tagging):
    tagging.page.evaluate("() => { window.leave(); window.late = document.createElement('div'); window.again(late); }")
    tagging.page.wait_for_timeout(100)
    tagging.page.evaluate("document.querySelector('main').append(window.late)")
    area = tagging.page.locator("main > div:last-child [data-k='remark-1'] textarea")
    area.fill("venu plus tard")
    area.blur()
    tagging.settle()
    assert tagging.panel.desk.copie.remarks == ("venu plus tard",)


@pytest.mark.parametrize("sent", [True, False])
def test_text_written_without_a_kernel_comes_back_on_the_next_panel(tagging, sent):
    tagging.page.evaluate("window.kernel = 'dead'")
    area = tagging.button("remark-1").locator("textarea")
    area.fill("écrit sans noyau")
    if sent:
        area.blur()
        tagging.page.locator(".pl-banner").wait_for(state="visible")
    tagging.page.evaluate("() => { window.leave(); window.kernel = 'alive'; window.again(); }")
    tagging.page.wait_for_function("document.querySelector('textarea').value === 'écrit sans noyau'")
    tagging.settle()
    tagging.page.wait_for_timeout(300)
    assert tagging.panel.desk.copie.remarks == ("écrit sans noyau",)
    assert tagging.page.evaluate("sessionStorage.length") == 0


def test_text_of_one_copie_never_comes_back_in_another(tagging):
    tagging.page.evaluate("window.kernel = 'dead'")
    tagging.button("remark-1").locator("textarea").fill("de P07")
    tagging.page.evaluate("() => { window.leave(); window.kernel = 'alive'; }")
    tagging.panel.desk.leave()
    tagging.panel.desk.sign_in("P08")
    tagging.page.evaluate("window.again()")
    tagging.page.wait_for_timeout(300)
    assert tagging.button("remark-1").locator("textarea").input_value() == ""
    assert tagging.panel.desk.copie.remarks == ()


def test_panel_without_kernel_takes_nothing_in(tagging):
    tagging.page.evaluate("() => { window.kernel = 'dead'; window.fire('comm_live_update'); }")
    tagging.page.locator(".pl-banner").wait_for(state="visible")
    assert not tagging.button("remark-1").locator("textarea").is_editable()
    assert tagging.button("filter").locator("select").is_disabled()
    assert tagging.page.locator(".pl-radios input:not([disabled])").count() == 0
    tagging.page.evaluate("() => { window.kernel = 'alive'; window.fire('comm_live_update'); }")
    tagging.page.locator(".pl-banner").wait_for(state="hidden")
    assert tagging.button("remark-1").locator("textarea").is_editable()


def test_other_pupil_stands_under_a_panel_whose_tree_stays(window, tmp_path):
    class Same(Panel):
        def view(self):
            return text("always the same")

    desk = a_desk_on(tmp_path, ANSWER, ANSWER)
    opened = window(Same(desk))
    desk.leave()
    desk.sign_in("P21")
    assert "P21" in opened.page.locator(".pl-status").text_content()


def test_page_without_kernel_says_that_it_only_shows(tagging):
    tagging.page.evaluate("() => { window.kernel = 'dead'; window.fire('comm_live_update'); }")
    banner = tagging.page.locator(".pl-banner")
    banner.wait_for(state="visible")
    assert "Read only" in banner.text_content()


def test_kernel_that_comes_back_is_believed(tagging):
    tagging.page.evaluate("() => { window.kernel = 'dead'; window.fire('comm_live_update'); }")
    tagging.page.locator(".pl-banner").wait_for(state="visible")
    tagging.page.evaluate("() => { window.kernel = 'alive'; window.fire('comm_live_update'); }")
    tagging.page.locator(".pl-banner").wait_for(state="hidden")
