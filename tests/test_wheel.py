"""The wheel: complete, without a stray file, and a working program with its example far from any checkout or network."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from bragfolio.core.render.dialect import module_of
from tests.portfolios import AS_OF
from tests.program import tree_of, without_network
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
    """Run `python -m build` in *folder*, with what is installed here; return the wheel."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), *words, "."]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
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
def installed(repository, wheel, tmp_path_factory):
    """An environment that has the wheel and the locked libraries, and knows nothing of the checkout."""
    environment = tmp_path_factory.mktemp("installed") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True, env=clean(environment))
    (packages,) = environment.glob("lib/python*/site-packages")
    for requirement in list_locked(repository):
        link_distribution(requirement, packages)
    subprocess.run([*pip, "check"], check=True, env=clean(environment), stdout=subprocess.DEVNULL)
    return environment


def list_locked(repository):
    """List the names of the libraries that runtime.txt locks for this system."""
    text = (repository / "generator" / "requirements" / "runtime.txt").read_text()
    lines = re.findall(r"^([a-z0-9-]+)==\S+(.*)$", text, re.MULTILINE)
    names = [name for name, rest in lines if "== 'win32'" not in rest]
    assert len(names) > 5
    return names


def link_distribution(name, packages):
    """Make an installed library visible in another site-packages, and nothing else with it."""
    distribution = importlib.metadata.distribution(name)
    assert distribution.files
    for top in {path.parts[0] for path in distribution.files} - {"..", "__pycache__"}:
        (packages / top).symlink_to(Path(str(distribution.locate_file(top))))


def clean(environment):
    """Return the variables of somebody who has just installed Brag."""
    home = environment.parent / "home"
    home.mkdir(exist_ok=True)
    path = os.pathsep.join([str(environment / "bin"), "/usr/local/bin", "/usr/bin", "/bin"])
    return {"PATH": path, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


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
        "METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"
    }  # fmt: skip


def test_the_wheel_is_the_same_with_and_without_the_source_archive(checkout, wheel, tmp_path):
    assert make_wheel(checkout[0], tmp_path, "--wheel").read_bytes() == wheel.read_bytes()


def test_the_wheel_asks_for_what_pyproject_asks_for(repository, wheel):
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = message_from_bytes(archive.read(name))

    def plain(requirement):
        return re.sub(r"[\s'\"]", "", requirement)

    assert {plain(line) for line in metadata.get_all("Requires-Dist", [])} == {
        plain(line) for line in project["dependencies"]
    }
    assert metadata.get_all("Provides-Extra") is None
    assert metadata["Requires-Python"] == project["requires-python"]


def test_every_way_to_start_it_works(installed, tmp_path):
    ways = [["brag"], ["bragfolio"], ["python", "-m", "bragfolio"]]
    said = {run(installed, *way, "--version", cwd=tmp_path) for way in ways}
    assert len(said) == 1
    assert re.fullmatch(r"brag \d+\.\d+\.\d+\n", said.pop())
    where = run(installed, "python", "-c", "import bragfolio; print(bragfolio.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(installed)


def test_the_example_is_built_without_a_network_far_from_the_checkout(checkout, installed, tmp_path):
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


def test_git_takes_nothing_private_of_the_example(installed, tmp_path):
    git = str(require_tool("git"))
    run(installed, "brag", "init", "demo", "--example", cwd=tmp_path)
    demo = tmp_path / "demo"
    run(installed, "brag", "build", cwd=demo)
    run(installed, "brag", "build", "--audience", "self", cwd=demo)
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run([git, *words], cwd=demo, check=True, env=clean(installed))
    listing = subprocess.run([git, "ls-files"], cwd=demo, check=True, capture_output=True, text=True)
    tracked = listing.stdout.splitlines()
    private = [path.name for path in (demo / "site_content" / "private").rglob("*") if path.is_file()]
    assert private
    assert [name for name in tracked if "private/" in name or name.startswith(".brag")] == []
    assert [name for name in tracked if name.startswith("output/")] == ["output/.gitignore"]
    assert {"site_content/site.yaml", ".gitignore"} <= set(tracked)
