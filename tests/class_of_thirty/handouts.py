"""The documents that the class starts from, out of the command line: that of the case, and that of another case."""

import hashlib
import re
import tomllib

ANSWER = """Les étapes d'un inventaire, version {0} :

1. **Préparer** : dresser la liste des articles du rayon {0}.
2. **Compter** : relever les quantités à deux personnes.
3. **Comparer** : rapprocher le stock réel et le stock théorique n° {0}.
"""


def handout(promptlab, folder):
    """The comparison that `promptlab demo` writes, as bytes; `promptlab` runs a command line."""
    promptlab("demo", "--to", folder)
    return next(folder.glob("*.docx")).read_bytes()


def other_handout(promptlab, folder):
    """The comparison of a new case with answers written by hand: stock-taking."""
    case = folder / "inventaire"
    promptlab("new", case)
    prompts = tomllib.loads((case / "case.toml").read_text("utf-8"))["prompts"]
    run = case / "answers" / "run-a"
    run.mkdir(parents=True)
    lines = [
        'format = 1\nname = "run-a"\nmodel = "Essai"\nprovider = "Essai"\ncollected = "2026-11-21"\nmodified = false'
    ]
    for number, prompt in enumerate(prompts, 1):
        text = ANSWER.format(number).encode()
        (run / f"prompt{number}.md").write_bytes(text)
        mark = hashlib.sha256(text).hexdigest()
        said = re.sub(r'(["\\])', r"\\\1", prompt)
        lines.append(
            f'[[answers]]\nprompt = "{said}"\nfile = "prompt{number}.md"\nstatus = "complete"\nsha256 = "{mark}"'
        )
    (run / "run.toml").write_text("\n\n".join(lines) + "\n", "utf-8")
    promptlab("run", case, "--to", folder / "autre")
    return next((folder / "autre").glob("*.docx")).read_bytes()
