"""Release: what `make release` says and refuses, without making one."""

import contextlib
import datetime as dt
import importlib.metadata
import json
import os
import subprocess
import sys
from email import message_from_string
from pathlib import Path

import pytest

from tests.program import without_network
from tests.repositories import WHO, Repository
from tests.tools import release
from tests.tools.audit import read_answer
from tests.tools.bill import write_bill
from tests.tools.locks import Pin, read_pins

REPOSITORY = Path(__file__).parents[1]
MOMENT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def metadata_of(name):
    """What the installed library says of itself; of what is for other systems, that it is free."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return message_from_string(importlib.metadata.distribution(name).read_text("METADATA") or "")
    return message_from_string("License: Free")


def make_bill():
    """The bill of what is installed here."""
    pins = read_pins("runtime")
    return write_bill(metadata_of("bragfolio"), pins, {pin.name: metadata_of(pin.name) for pin in pins}, MOMENT)


def test_the_bill_names_every_library_with_its_digests_and_licence():
    bill = json.loads(make_bill())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    program = bill["metadata"]["component"]
    assert (program["name"], program["licenses"]) == ("bragfolio", [{"expression": "MIT AND OFL-1.1"}])
    parts = {part["name"]: part for part in bill["components"]}
    pins = read_pins("runtime")
    assert parts.keys() == {pin.name for pin in pins} | {"inter", "literata"}
    for pin in pins:
        part = parts[pin.name]
        assert (part["version"], part["purl"]) == (pin.version, f"pkg:pypi/{pin.name}@{pin.version}")
        assert {digest["content"] for digest in part["hashes"]} == set(pin.digests)
        assert part["licenses"], pin.name
    asked = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert parts["markupsafe"]["bom-ref"] in asked[parts["jinja2"]["bom-ref"]]
    assert len(asked[program["bom-ref"]]) > 10


def test_the_bill_is_the_same_in_every_process():
    words = [sys.executable, "-c", "from tests.test_release import make_bill; print(make_bill(), end='')"]
    env = {**os.environ, "PYTHONHASHSEED": "1"}
    answer = subprocess.run(words, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=True)
    assert answer.stdout == make_bill()


PINS = [Pin("jinja2", "3.1.6", "", ("0" * 64,)), Pin("mdurl", "0.1.2", "", ("1" * 64,))]


@pytest.mark.parametrize(
    ("out", "known"),
    [
        ([{"name": "jinja2", "vulns": []}, {"name": "mdurl", "vulns": []}], {"jinja2": [], "mdurl": []}),
        ([{"name": "jinja2", "vulns": [{"id": "X-1"}]}, {"name": "mdurl", "vulns": []}], {"jinja2": ["X-1"], "mdurl": []}),
        ([{"name": "jinja2", "vulns": []}], "it did not answer for mdurl"),
        ([{"name": "jinja2", "vulns": []}, {"name": "mdurl", "skip_reason": "not found"}], "it did not answer for mdurl"),
        ([], "it did not answer for jinja2, mdurl"),
        (None, "no route"),
    ],
    ids=["sound", "vulnerable", "one left out", "one skipped", "none", "no answer"],
)  # fmt: skip
def test_c07_an_audit_that_leaves_something_out_is_none(out, known):
    text = "" if out is None else json.dumps({"dependencies": out, "fixes": []})
    assert read_answer(text, "trying\nno route\n", PINS) == known


def test_c07_an_audit_that_cannot_be_made_is_a_failure():
    words = [*without_network(), sys.executable, "-m", "tests.tools.audit"]
    answer = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "NOT MADE for" in answer.stdout
    assert "must not be published" in answer.stderr


def test_only_what_is_committed_is_released(tmp_path, monkeypatch):
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "a.txt").write_text("a")
    repository = Repository(tmp_path).stage().commit()
    assert release.find_day(tmp_path) == int(repository.git("log", "-1", "--format=%ct"))
    (tmp_path / "a.txt").write_text("b")
    with pytest.raises(SystemExit, match="differs from the last commit"):
        release.find_day(tmp_path)


def test_the_sums_are_those_of_the_files_and_nothing_older_stays(tmp_path):
    dist = tmp_path / "dist"
    release.write_files({"old.whl": b"old"}, dist)
    release.write_files({"b.whl": b"wheel", "a.tar.gz": b"source"}, dist)
    assert sorted(path.name for path in dist.iterdir()) == ["SHA256SUMS", "a.tar.gz", "b.whl"]
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=dist, check=True)
    assert len((dist / "SHA256SUMS").read_text().splitlines()) == 2
