"""A new plugin works at once: it is found, migrates, conforms and passes its own tests."""

import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from extranet.cli import main
from extranet.errors import PluginError
from extranet.plugins.making import SKELETON, make_plugin
from tests.plugins.installing import announce


def run(folder, *command):
    path = os.pathsep.join([str(folder), str(SKELETON.parents[2])])
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_new_plugin_passes_its_own_tests(tmp_path):
    answer = CliRunner().invoke(main, ["plugin", "new", "buurtwarmte", "--folder", str(tmp_path)])
    folder = tmp_path / "buurtwarmte"
    announce(folder, "buurtwarmte")

    result = run(folder, "-m", "pytest", "-q", "-W", "error")

    assert answer.exit_code == 0, answer.output
    assert "4 passed" in result.stdout, result.stdout + result.stderr


def test_new_plugin_leaves_no_trace_of_the_skeleton(tmp_path):
    folder = make_plugin("buurtwarmte", tmp_path)

    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if "skelet" in path.read_text() or "skelet" in str(path)] == []
    assert len(files) > 10


def test_bundled_plugin_has_no_pyproject_of_its_own(tmp_path):
    assert not (make_plugin("buurtwarmte", tmp_path, is_bundled=True) / "pyproject.toml").exists()


@pytest.mark.parametrize("name", ["Warmte", "buurt_warmte", "1warmte", "", "../weg", "x" * 40])
def test_name_that_no_plugin_can_have_is_refused(tmp_path, name):
    with pytest.raises(PluginError, match="is no name for a plugin"):
        make_plugin(name, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_there_is_left_alone(tmp_path):
    (tmp_path / "warmte").mkdir()

    answer = CliRunner().invoke(main, ["plugin", "new", "warmte", "--folder", str(tmp_path)])

    assert answer.exit_code == 1
    assert re.search("is there already", answer.output)
