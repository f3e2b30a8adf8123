"""environment.yml and pyproject.toml ask for the same libraries."""

import re
import tomllib

from tests.catalogue import ROOT

# Called otherwise on conda-forge.
ON_CONDA = {"graphviz": "python-graphviz"}
CONDA_ALONE = {"pip"}


def split(requirement):
    name, bounds = re.fullmatch(r"([\w.-]+)\s*(.*)", requirement.strip()).groups()
    return name.lower().replace("_", "-"), bounds.replace(" ", "")


def of_pyproject(text):
    project = tomllib.loads(text)["project"]
    listed = dict(split(line) for line in project["dependencies"])
    renamed = {ON_CONDA.get(name, name): bounds for name, bounds in listed.items()}
    return renamed | {"python": project["requires-python"]}


def of_environment(text):
    lines = re.findall(r"^ +- (\w[^:#\n]*)", text.partition("\ndependencies:\n")[2], re.M)
    listed = dict(split(line) for line in lines)
    return {name: bounds for name, bounds in listed.items() if name not in CONDA_ALONE}


def test_environment_yml_lists_what_pyproject_lists():
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    environment = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert of_environment(environment) == of_pyproject(pyproject)


def test_environment_yml_installs_the_project_itself():
    assert "- --editable ." in (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_other_bound_is_seen():
    pyproject = '[project]\nrequires-python = ">=3.11"\ndependencies = ["lxml>=5.3", "graphviz>=0.20"]'
    same = "channels:\n  - conda-forge\ndependencies:\n  - python >=3.11\n  - lxml >=5.3\n  - python-graphviz >=0.20\n"
    assert of_environment(same) == of_pyproject(pyproject)
    assert of_environment(same.replace("5.3", "5.4")) != of_pyproject(pyproject)
