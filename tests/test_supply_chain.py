"""Supply chain, cases C01 to C09: what we depend on is pinned, hashed and explained, and the program runs no text as code.

C06 and C09 are in test_wheel.py, C07 in test_release.py too; C02 to C05 are of the workflow that Brag writes.
"""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.tools.locks import read_pins
from tests.tools.system import require_tool

REPOSITORY = Path(__file__).parents[1]
GENERATOR = REPOSITORY / "generator" / "bragfolio"
LOCKS = sorted((REPOSITORY / "generator" / "requirements").glob("*.txt"))

REGISTRY = re.compile(
    r"files[.]pythonhosted[.]org|pypi[.]org/simple|registry[.]npmjs[.]org|registry[.]yarnpkg[.]com"
    r"|--(extra-)?index-url[ =]+\S*/|--find-links[ =]+\S*/|--registry[ =]+\S*/|^\s*registry\s*=|\"resolved\"\s*:\s*\"\w+:",
    re.MULTILINE,
)
"""Addresses of package servers, and the options that name one (brackets keep this file from matching itself)."""

RUNS_CODE = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle"}
YAML_READERS = {"yaml.load", "yaml.load_all"}
UNSAFE_YAML = {"yaml.unsafe_load", "yaml.unsafe_load_all", "yaml.full_load", "yaml.full_load_all"}
SAFE_YAML_LOADERS = {"yaml.BaseLoader", "yaml.CBaseLoader", "yaml.SafeLoader", "yaml.CSafeLoader"}


def list_our_files() -> list[Path]:
    """List what git tracks or would track."""
    listing = [str(require_tool("git")), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(listing, cwd=REPOSITORY, capture_output=True, check=True).stdout.decode()
    files = [REPOSITORY / name for name in answer.split("\0") if name]
    return [file for file in files if file.is_file()]


def test_no_file_names_a_package_server():
    files = list_our_files()
    assert files
    naming = [
        f"{file.relative_to(REPOSITORY)}: {found.group()}"
        for file in files
        if (found := REGISTRY.search(file.read_bytes().decode(errors="replace")))
    ]
    assert naming == []


@pytest.mark.parametrize(
    "text",
    ["pip install --index-url=" + "ftp://host/", "x\nregistry" + " = host", '"resolved"' + ': "ftp://host/a.tgz"'],
)
def test_a_package_server_would_be_noticed(text):
    assert REGISTRY.search(text)


def test_there_is_a_lock_for_each_purpose():
    assert [lock.stem for lock in LOCKS] == ["build", "lock", "release", "runtime", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_c01_every_line_of_a_lock_is_pinned_and_hashed(lock):
    text = re.sub(r"^\s*#.*\n?", "", lock.read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    requirements = text.splitlines()
    assert requirements
    shape = re.compile(r"[a-z0-9-]+==[^\s;]+( ; [^#\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*(#.*)?")
    assert [line for line in requirements if not shape.fullmatch(line)] == []


def test_the_locks_agree_on_every_version():
    pins = {lock.stem: {(pin.name, pin.version) for pin in read_pins(lock.stem)} for lock in LOCKS}
    assert pins["build"] | pins["runtime"] <= pins["test"] <= pins["release"]


SOUND = {
    "filelock": "3.20.3",  # CVE-2025-68146, CVE-2026-22701: a link in place of the lock
    "jinja2": "3.1.6",  # CVE-2025-27516: out of the sandbox by |attr
    "markdown-it-py": "2.2.0",  # CVE-2023-26302, CVE-2023-26303: input that ends it
    "pillow": "12.2.0",  # CVE-2026-25990, CVE-2026-42308: a PSD writes outside its memory, numbers overflow in texts
    "pypdf": "6.1.3",  # CVE-2025-62707, CVE-2025-62708: loops and memory without an end
    "pyyaml": "5.4",  # CVE-2020-14343: full_load runs code
}
"""The first version of each library without the vulnerabilities that were known in 2026-11; asking for news is `make audit`."""


@pytest.mark.parametrize("name", SOUND)
def test_c07_neither_we_ask_for_nor_lock_a_version_that_is_known_to_be_vulnerable(name):
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    (wanted,) = [wish for wish in map(Requirement, project["dependencies"]) if wish.name == name]
    (least,) = [part.version for part in wanted.specifier if part.operator == ">="]
    (locked,) = [pin.version for pin in read_pins("runtime") if pin.name == name]
    assert Version(SOUND[name]) <= Version(least) <= Version(locked)


def test_c07_npm_brings_nothing_that_runs_for_our_users():
    manifests = [file for file in list_our_files() if file.name == "package.json"]
    assert manifests
    for manifest in manifests:
        kinds = {key for key in json.loads(manifest.read_text()) if "ependencies" in key}
        assert kinds == {"devDependencies"}, manifest
        assert manifest.is_relative_to(REPOSITORY / "tests")


def test_every_direct_dependency_is_locked_and_has_a_reason():
    text = (REPOSITORY / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    groups = project["dependency-groups"]
    named = {"runtime": project["project"]["dependencies"], **groups}
    wanted = [(group, line) for group, lines in named.items() for line in lines if isinstance(line, str)]
    assert wanted
    for group, requirement in wanted:
        reason = re.compile(rf'"{re.escape(requirement)}", +# \w.{{10,}}$', re.MULTILINE)
        assert reason.search(text), f"say in pyproject.toml what {requirement} spares us"
        name = re.split(r"[<>=!~;\[ ]", requirement)[0].lower().replace(".", "-")
        lock = (REPOSITORY / "generator" / "requirements" / f"{group}.txt").read_text()
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), f"{name} is not in {group}.txt: make lock"


@pytest.mark.parametrize("folder", ["web", "lighthouse"])
def test_every_node_package_has_its_integrity_and_no_address(folder):
    packages = json.loads((REPOSITORY / "tests" / folder / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if not package.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, package in installed.items() if "resolved" in package] == []


def list_imported_names(tree: ast.AST) -> dict[str, str]:
    """Map the names that a module's imports bind to what they mean: {"load": "yaml.load"}."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_expression(node: ast.expr, names: dict[str, str]) -> str:
    """Give the dotted name of an expression, with imports followed; empty where it has none."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        owner = name_expression(node.value, names)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def list_imported_modules(node: ast.AST) -> list[str]:
    """List the top-level modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    return [node.module.partition(".")[0]] if isinstance(node, ast.ImportFrom) and node.module else []


def is_unsafe_yaml(call: ast.Call, name: str, names: dict[str, str]) -> bool:
    """Say whether a call of PyYAML may build any object that the text asks for."""
    loaders = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "Loader")]
    named = {name_expression(loader, names) for loader in loaders}
    return name in UNSAFE_YAML or (name in YAML_READERS and not (named and named <= SAFE_YAML_LOADERS))


def find_dangers(source: str, folder: str) -> Iterator[str]:
    """Yield what a module of the given top folder ("core", "edge", ...) must not do."""
    tree = ast.parse(source)
    names = list_imported_names(tree)
    for node in ast.walk(tree):
        for module in list_imported_modules(node):
            if module in UNSAFE_MODULES or (module == "subprocess" and folder != "edge"):
                yield f"import {module}"
        if isinstance(node, ast.Call):
            name = name_expression(node.func, names)
            if name.removeprefix("builtins.") in RUNS_CODE or is_unsafe_yaml(node, name, names):
                yield name
            if any(word.arg == "shell" for word in node.keywords):
                yield f"{name}(shell=)"


def test_c08_the_program_runs_no_text_as_code_and_starts_programs_in_edge_only():
    modules = sorted(GENERATOR.rglob("*.py"))
    assert modules
    dangers = {
        str(module.relative_to(REPOSITORY)): found
        for module in modules
        if (found := list(find_dangers(module.read_text(), module.relative_to(GENERATOR).parts[0])))
    }
    assert dangers == {}


@pytest.mark.parametrize(
    ("folder", "source", "danger"),
    [
        ("core", "eval('1')", "eval"),
        ("edge", "import builtins as b\nb.exec('1')", "builtins.exec"),
        ("edge", "import pickle", "import pickle"),
        ("edge", "from marshal import loads", "import marshal"),
        ("edge", "import os\nos.system('ls')", "os.system"),
        ("edge", "from os import popen as p\np('ls')", "os.popen"),
        ("core", "import subprocess", "import subprocess"),
        ("app", "from subprocess import run", "import subprocess"),
        ("edge", "import subprocess\nsubprocess.run('ls', shell=True)", "subprocess.run(shell=)"),
        ("core", "import yaml\nyaml.load(x)", "yaml.load"),
        ("core", "from yaml import load\nload(x, Loader=L)", "yaml.load"),
        ("core", "import yaml\nyaml.full_load(x)", "yaml.full_load"),
    ],
)
def test_a_danger_is_noticed(folder, source, danger):
    assert list(find_dangers(source, folder)) == [danger]


@pytest.mark.parametrize(
    ("folder", "source"),
    [
        ("edge", "import subprocess\nsubprocess.run(['git', 'status'])"),
        ("core", "import re\nre.compile('a')"),
        ("core", "import yaml\nyaml.load(x, Loader=yaml.CBaseLoader)"),
        ("core", "import yaml as y\ny.load(x, y.SafeLoader)"),
    ],
)
def test_what_is_safe_is_left_alone(folder, source):
    assert list(find_dangers(source, folder)) == []


@pytest.mark.parametrize("case", [f"C{number:02}" for number in range(1, 10)])
def test_every_case_has_a_test_by_its_name(case):
    if case in {"C02", "C03", "C04", "C05"} and not any(
        b".github/workflows" in module.read_bytes() for module in GENERATOR.rglob("*.py")
    ):
        pytest.skip("Brag writes no workflow, so nothing in one can be wrong")
    files = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py")]
    named = re.compile(
        rf"^ *def test_(\w*_)?{case.lower()}_|^ *def test_[^\n]*\n *\"{{3}}[^\n]*\b{case}\b", re.MULTILINE
    )
    assert [text for text in files if named.search(text)], f"no test is named after {case}, or says it in its docstring"
