"""A document that LibreOffice saved again has lost nothing."""

import subprocess
from pathlib import Path

import pytest

from promptlab.files.copie_opening import copie_in
from promptlab.model.copie import Spot
from promptlab.review.begin import begin
from promptlab.review.tagging import tag
from promptlab.review.writing import write_discussion, write_remark
from promptlab.word.comparison import comparison_docx
from promptlab.word.reading.filled import read_filled
from promptlab.word.reading.opened import open_document
from tests.word_reading.builders import CASE, TABLE, Document, handed_out, new_copie, on, tags


def written():
    """A copie with every kind of tag, shown in a document."""
    copie = begin(on(), ["P07"], session=2)
    whole = (Spot(1, "1.1"), Spot(1, "1.2"), Spot(1, "2"), Spot(1, "I"), Spot(1, "2.3"), Spot(1, "1.3"))
    parts = (Spot(1, "2.1", (0, 8)), Spot(1, "2.1", (9, 20)), Spot(1, "1.1", (10, 16)), Spot(3, "1.1", (0, 7)))
    for number, spot in enumerate((*whole, *parts)):
        name = on().tags[number % 3]
        copie = tag(copie, on(), spot, name, reason=("law", None)[number % 2], rationale=f"raison {number}\nsuite",
                    evidence=(None, "order:A52000")[number % 2])  # fmt: skip
    copie = write_remark(copie, on(), 1, "trop général\n\net trop long")
    return write_discussion(copie, on(), 3, "d’accord")


def by_hand():
    """What a pupil did in the document that was handed out."""
    document = Document().highlight("pl_1_2_1", "red", words="la commande").highlight("pl_2_1_1", "yellow")
    document.highlight("pl_1_2_2", xml='<w:shd w:val="clear" w:color="auto" w:fill="92D050"/>')
    document.comment("pl_1_2_1", "pas celle-là", words="la facture").comment("pl_2_1_1", "à l’oral")
    return document.type("pl_2_remark", "plus précis").type("pl_1_discussion", "rien à dire")


def saved(soffice, folder, names, kind):
    """Have LibreOffice write the files anew, all in one go."""
    (folder / kind).mkdir(exist_ok=True)
    home = (folder / "home").as_uri()
    command = [soffice, f"-env:UserInstallation={home}", "--headless", "--convert-to", kind, "--outdir"]
    done = subprocess.run([*command, folder / kind, *names], check=True, capture_output=True, timeout=110)
    made = [folder / kind / f"{Path(name).stem}.{kind}" for name in names]
    assert all(path.exists() for path in made), done.stdout
    return made


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """Both documents, saved as docx, and as odt then docx: {(name, way): content}."""
    from tests.conftest import needs

    soffice = needs("soffice")
    folder = tmp_path_factory.mktemp("office")
    contents = {"written": comparison_docx(TABLE, case=CASE, copie=written()), "by_hand": by_hand().bytes()}
    sources = []
    for name, content in contents.items():
        sources.append(folder / f"{name}.docx")
        sources[-1].write_bytes(content)
    found = {(path.stem, "docx"): path.read_bytes() for path in saved(soffice, folder, sources, "docx")}
    through = saved(soffice, folder, sources, "odt")
    found |= {(path.stem, "odt"): path.read_bytes() for path in saved(soffice, folder, through, "docx")}
    return found


@pytest.mark.tool
@pytest.mark.parametrize("way", ["docx", "odt"])
def test_copie_that_was_written_comes_back_through_libreoffice(again, way):
    opened = open_document("a.docx", again["written", way])
    held = copie_in(opened.copie, Path("a.docx"))
    filled = read_filled(opened, handed_out(), held)
    assert filled.copie.taggings == written().taggings
    assert (filled.copie.remarks, filled.copie.discussion) == (written().remarks, written().discussion)
    assert (filled.changed, filled.problems) == ((), ())


@pytest.mark.tool
@pytest.mark.parametrize("way", ["docx", "odt"])
def test_work_of_a_pupil_comes_back_through_libreoffice(again, way):
    filled = read_filled(open_document("a.docx", again["by_hand", way]), handed_out(), new_copie())
    assert tags(filled) == [
        (1, "2.1", "la commande", "non_compliant"),
        (1, "2.2", "Vérifier le bon de livraison avec le transporteur", "relevant"),
        (2, "1.1", "Répondre par écrit", "inappropriate"),
    ]
    assert filled.copie.taggings[2].rationale == "à l’oral"
    assert (filled.copie.remarks, filled.copie.discussion) == (("", "plus précis"), ("rien à dire",))
    assert filled.changed == ()
    # The comment beside the tagged words is about words that nothing tags: there is but one tag, so it is about that.
    assert filled.copie.taggings[0].rationale == "pas celle-là"
