"""A case with a key, made once for all tests of this folder that only read it."""

import pytest

from promptlab.grade.setup import prepare
from tests.grade.builders import a_case_folder, an_exercise


@pytest.fixture(scope="session")
def keyed_case(tmp_path_factory):
    return a_case_folder(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="session")
def on(keyed_case):
    return an_exercise(keyed_case)


@pytest.fixture(scope="session")
def setup(keyed_case):
    return prepare(keyed_case)
