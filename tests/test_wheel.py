"""The wheel: complete, without a stray file, and a working program with its example far from any checkout or network."""

import importlib.metadata
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest
from trove_classifiers import classifiers

from bragfolio.core.render.dialect import module_of
from tests.portfolios import AS_OF
from tests.program import tree_of, without_network
from tests.tools.locks import read_pins
from tests.tools.release import clean, make_archives, read_metadata
from tests.tools.system import require_tool

pytestmark = pytest.mark.skipif(os.name != "posix", reason="environments have other folders on Windows")

PLACES = {
    "generator/bragfolio/": "bragfolio/",
    "generator/requirements/runtime.txt": "bragfolio/_bundled/requirements/runtime.txt",
    "themes/": "bragfolio/_bundled/themes/",
    "site_content/": "bragfolio/_bundled/example/",
}
"""Where the folders of the checkout go, and the lock."""
STRAY = (
    "generator/bragfolio/__pycache__/main.cpython-311.pyc",
    "generator/bragfolio/cli/.DS_Store",
    "themes/base/templates/__pycache__/x.pyc",
    "site_content/.DS_Store",
    "site_content/achievements/.DS_Store",
    "site_content/__pycache__/x.pyc",
    "generator/bragfolio/_templates/told.py",
    ".brag/cache.db",
    "output/index.html",
    ".venv/lib/x.py",
)
"""What lies about on a developer's disk."""


def list_ours(repository):
    """List the files that git tracks or would track, without those that are deleted."""
    listing = [str(require_tool("git")), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(listing, cwd=repository, capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("this is no git repository: which files belong to it is not known")
    names = sorted({name for name in answer.stdout.decode().split("\0") if name})
    return [name for name in names if (repository / name).is_file()]


def make_wheel(folder, target, *words):
    """Make the archives of a checkout; return the wheel."""
    make_archives(folder, target, *words)
    (wheel,) = target.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def checkout(repository, tmp_path_factory):
    """A copy of the checkout with what lies about on a disk; and what belongs to it."""
    folder = tmp_path_factory.mktemp("checkout")
    ours = list_ours(repository)
    for name in (*ours, *STRAY):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name in STRAY:
            (folder / name).write_text("stray")
        else:
            shutil.copyfile(repository / name, folder / name)
    return folder, ours


@pytest.fixture(scope="module")
def wheel(checkout, tmp_path_factory):
    """The wheel, made from the source archive as `python -m build` does."""
    return make_wheel(checkout[0], tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment that has the wheel and the locked libraries, and knows nothing of the checkout."""
    environment = tmp_path_factory.mktemp("installed") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True, env=clean(environment))
    (packages,) = environment.glob("lib/python*/site-packages")
    for pin in read_pins("runtime"):
        if "== 'win32'" not in pin.marker:
            link_distribution(pin.name, packages)
    subprocess.run([*pip, "check"], check=True, env=clean(environment), stdout=subprocess.DEVNULL)
    return environment


def link_distribution(name, packages):
    """Make an installed library visible in another site-packages, and nothing else with it."""
    distribution = importlib.metadata.distribution(name)
    assert distribution.files
    for top in {path.parts[0] for path in distribution.files} - {"..", "__pycache__"}:
        (packages / top).symlink_to(Path(str(distribution.locate_file(top))))


def run(environment, *words, cwd, before=()):
    """Run words in *environment*; return standard output."""
    answer = subprocess.run(
        [*before, *words], cwd=cwd, env=clean(environment), capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def packed_names(folder):
    """List the modules that the built-in templates of a checkout become."""
    templates = folder.glob("themes/*/templates/**/*.html")
    return {module_of(template.read_text(encoding="utf-8")) for template in templates}


def test_the_wheel_has_our_files_and_no_others(checkout, wheel):
    folder, ours = checkout
    expected = {
        target + name.removeprefix(source): name
        for name in ours
        for source, target in PLACES.items()
        if name.startswith(source)
    }
    assert all(any(name.startswith(source) for name in ours) for source in PLACES)
    assert [name for name in expected if name.endswith(".gitignore")] == [], "hatchling leaves .gitignore out"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        info = {name for name in names if name.split("/")[0].endswith(".dist-info")}
        packed = {f"bragfolio/_templates/{name}.py" for name in packed_names(folder)}
        assert names - info == set(expected) | packed
        assert all(archive.read(name) == (folder / source).read_bytes() for name, source in expected.items())
    assert {name.partition("/")[2] for name in info} == {
        "METADATA", "RECORD", "WHEEL", "entry_points.txt",
        "licenses/LICENSE", "licenses/themes/base/fonts/OFL.txt", "licenses/themes/folio/fonts/OFL.txt",
    }  # fmt: skip


def test_the_wheel_is_the_same_with_and_without_the_source_archive(checkout, wheel, tmp_path):
    assert make_wheel(checkout[0], tmp_path, "--wheel").read_bytes() == wheel.read_bytes()


def test_the_wheel_asks_for_what_pyproject_asks_for(repository, wheel):
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    metadata = read_metadata(wheel)

    def plain(requirement):
        return re.sub(r"[\s'\"]", "", requirement)

    assert {plain(line) for line in metadata.get_all("Requires-Dist", [])} == {
        plain(line) for line in project["dependencies"]
    }
    assert metadata.get_all("Provides-Extra") is None
    assert metadata["Requires-Python"] == project["requires-python"]


def test_the_wheel_says_what_it_is_under_which_licence_and_names_no_place_that_is_not_there(repository, wheel):
    metadata = read_metadata(wheel)
    assert (metadata["Name"], metadata["License-Expression"]) == ("bragfolio", "MIT AND OFL-1.1")
    assert set(metadata.get_all("License-File", [])) == {
        "LICENSE", "themes/base/fonts/OFL.txt", "themes/folio/fonts/OFL.txt"
    }  # fmt: skip
    assert metadata["Summary"].startswith("A static site generator for career achievements")
    assert metadata["Description-Content-Type"] == "text/markdown"
    description = metadata.get_payload(decode=True)
    assert isinstance(description, bytes)
    assert description.strip() == (repository / "README.md").read_bytes().strip()
    told = metadata.get_all("Classifier", [])
    assert "Typing :: Typed" in told
    assert set(told) <= classifiers
    assert not [name for name in ("Home-page", "Download-URL", "Project-URL") if metadata[name]]


def test_the_wheel_starts_two_programs_and_all_may_read_its_files(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (points,) = [name for name in archive.namelist() if name.endswith("/entry_points.txt")]
        settings = ConfigParser()
        settings.read_string(archive.read(points).decode())
        assert {name: dict(settings[name]) for name in settings.sections()} == {
            "console_scripts": {"brag": "bragfolio.__main__:main", "bragfolio": "bragfolio.__main__:main"}
        }
        assert {stat.S_IMODE(info.external_attr >> 16) for info in archive.infolist()} == {0o644}


def test_every_way_to_start_it_works(installed, tmp_path):
    ways = [["brag"], ["bragfolio"], ["python", "-m", "bragfolio"]]
    said = {run(installed, *way, "--version", cwd=tmp_path) for way in ways}
    assert len(said) == 1
    assert re.fullmatch(r"brag \d+\.\d+\.\d+\n", said.pop())
    where = run(installed, "python", "-c", "import bragfolio; print(bragfolio.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(installed)


def test_c06_the_example_is_built_without_a_network_far_from_the_checkout(checkout, installed, tmp_path):
    folder, ours = checkout
    cut = without_network()
    run(installed, "brag", "init", "demo", "--example", cwd=tmp_path, before=cut)
    run(installed, "brag", "-C", "demo", "--as-of", AS_OF, "build", cwd=tmp_path, before=cut)
    demo = tmp_path / "demo"
    example = {name.removeprefix("site_content/") for name in ours if name.startswith("site_content/")}
    content = tree_of(demo / "site_content")
    assert set(content) == example
    changed = [name for name in content if content[name] != (folder / "site_content" / name).read_bytes()]
    assert changed == ["site.yaml"]
    original = (folder / "site_content" / "site.yaml").read_text()
    assert original.count("repository: private") == 1
    assert content["site.yaml"].decode() == original.replace("repository: private", "repository: public")
    assert (demo / ".gitignore").read_text().splitlines() == ["/site_content/private/", "/.brag/"]
    built = tree_of(demo / "output")
    assert len([name for name in built if name.endswith(".html")]) > 80
    beside = [sys.executable, "-m", "bragfolio", "-C", str(demo), "--as-of", AS_OF, "build", "--output", "other"]
    env = {**os.environ, "PYTHONPATH": str(folder / "generator")}
    subprocess.run(beside, cwd=demo, env=env, check=True, stdout=subprocess.DEVNULL)
    assert tree_of(demo / "other") == built, "the checkout builds the same"


def test_c09_no_python_of_a_portfolio_or_a_theme_runs(installed, tmp_path):
    trap = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    mine = tmp_path / "mine"
    run(installed, "brag", "init", "mine", cwd=tmp_path)
    run(installed, "brag", "theme", "new", "own", cwd=mine)
    for folder in (".", "site_content", "site_content/achievements", "themes", "themes/own", "themes/own/templates"):
        (mine / folder).mkdir(exist_ok=True)
        for name in ("conf", "bragfolio", "jinja2", "yaml", "sitecustomize", "usercustomize", "__init__"):
            (mine / folder / f"{name}.py").write_text(trap)
    run(installed, "python", mine / "conf.py", cwd=tmp_path)
    (tmp_path / "ran").unlink()  # so it would be seen
    site = mine / "site_content" / "site.yaml"
    site.write_text(site.read_text().replace("theme: ledger", "theme: own"))
    run(installed, "brag", "add", "Closed the books", "--public", cwd=mine)
    run(installed, "brag", "build", "--no-pdf", cwd=mine)
    built = tree_of(mine / "output")
    assert "achievements/closed-the-books.html" in built
    assert not [name for name in built if name.endswith(".py")]
    assert not (tmp_path / "ran").exists()


def test_git_takes_nothing_private_of_the_example(installed, tmp_path):
    git = str(require_tool("git"))
    run(installed, "brag", "init", "demo", "--example", cwd=tmp_path)
    demo = tmp_path / "demo"
    run(installed, "brag", "build", "--no-pdf", cwd=demo)
    run(installed, "brag", "build", "--no-pdf", "--audience", "self", cwd=demo)
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run([git, *words], cwd=demo, check=True, env=clean(installed))
    listing = subprocess.run([git, "ls-files"], cwd=demo, check=True, capture_output=True, text=True)
    tracked = listing.stdout.splitlines()
    private = [path.name for path in (demo / "site_content" / "private").rglob("*") if path.is_file()]
    assert private
    assert [name for name in tracked if "private/" in name or name.startswith(".brag")] == []
    assert [name for name in tracked if name.startswith("output/")] == ["output/.gitignore"]
    assert {"site_content/site.yaml", ".gitignore"} <= set(tracked)
