"""`brag deploy`: the public site as the one commit of a branch, from a repository that stays as it was."""

import json
import shutil

import pytest

from bragfolio.app.remotes import is_address_allowed, is_address_local, told_address, told_message
from tests.portfolios import SITE, Portfolio, achievement, assert_built, assert_sound, run_brag
from tests.program import tree_of
from tests.repositories import WHO, Repository

CANARY = "zqcanary"
BRANCH = "refs/heads/gh-pages"


class Elsewhere:
    """The bare repository that the portfolio is pushed to."""

    def __init__(self, repository, folder):
        self.repository, self.folder = repository, folder
        repository.git("init", "--quiet", "--bare", "--initial-branch=main", str(folder))
        repository.git("remote", "add", "origin", str(folder))

    def git(self, *words):
        return self.repository.git(f"--git-dir={self.folder}", *words)

    def refs(self):
        return dict(
            line.split(" ")[::-1] for line in self.git("for-each-ref", "--format=%(objectname) %(refname)").splitlines()
        )

    def files(self, ref=BRANCH):
        return self.git("ls-tree", "-r", "-z", "--name-only", ref).split("\0")[:-1]

    def reachable(self):
        """Return every object that the branch leads to, as one text."""
        ids = [line.split(" ")[0] for line in self.git("rev-list", "--objects", BRANCH).splitlines()]
        assert len(ids) > 10
        return self.repository.git(
            f"--git-dir={self.folder}", "cat-file", "--batch", given="".join(f"{name}\n" for name in ids).encode()
        )  # fmt: skip

    def commit(self, parents, files):
        """Commit *files* on the branch, as another program would."""
        blobs = {
            name: self.repository.git(f"--git-dir={self.folder}", "hash-object", "-w", "--stdin", given=data).strip()
            for name, data in files.items()
        }
        listing = "".join(f"100644 blob {blob}\t{name}\n" for name, blob in blobs.items())
        tree = self.repository.git(f"--git-dir={self.folder}", "mktree", given=listing.encode()).strip()
        words = [word for parent in parents for word in ("-p", parent)]
        commit = self.git("commit-tree", "-m", "x", *words, tree).strip()
        self.git("update-ref", BRANCH, commit)
        return commit


@pytest.fixture(autouse=True)
def _the_same_git_for_everybody(monkeypatch):
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, WHO[name])


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A portfolio in a repository, with its public site, made once."""
    portfolio = Portfolio(tmp_path_factory.mktemp("original")).entry(achievement())
    Repository(portfolio.write({".gitignore": "/output/\n/.brag/\n"}).root).commit()
    assert_built(portfolio.build("--no-pdf"))
    return portfolio


@pytest.fixture
def built(original, portfolio):
    shutil.copytree(original.root, portfolio.root, dirs_exist_ok=True)
    return portfolio


@pytest.fixture
def elsewhere(built, tmp_path_factory):
    return Elsewhere(Repository(built.root), tmp_path_factory.mktemp("elsewhere") / "b.git")


def deploy(portfolio, *words, code=0):
    outcome = portfolio.brag("deploy", *words)
    assert_sound(outcome)
    assert outcome.code == code, outcome.text
    assert not list((portfolio.root / ".brag").glob("deploy-*"))
    return outcome


# --- what is on the branch -------------------------------------------------------------------------------------------


def test_the_branch_holds_what_was_built_and_nothing_else(built, elsewhere):
    said = deploy(built).text
    files = elsewhere.files()
    assert sorted(files) == sorted([*built.built(), ".nojekyll"])
    assert "index.html" in files
    assert ".brag.json" not in files
    assert ".gitignore" not in files
    for path, data in built.built().items():
        assert elsewhere.git("rev-parse", f"{BRANCH}:{path}").strip() == elsewhere.repository.git(
            "hash-object", "--stdin", given=data
        ).strip()  # fmt: skip
    assert elsewhere.git("cat-file", "-s", f"{BRANCH}:.nojekyll") == "0\n"
    assert list(elsewhere.refs()) == [BRANCH]
    assert f"Pushed {len(files)} files (" in said
    assert f"built as of 2026-08-15, to gh-pages of origin ({elsewhere.folder}): one commit" in said
    assert "On GitHub: Settings, Pages, deploy from a branch, gh-pages, folder / (root)." in said


def test_l14_what_is_private_now_is_in_no_object_of_the_branch(built, elsewhere):
    built.entry(achievement(body=f"The {CANARY} paid 4711.").replace("Cut the queue", f"Deal with {CANARY}"))
    assert_built(built.build("--no-pdf"))
    deploy(built)
    assert CANARY in elsewhere.reachable()
    first = elsewhere.refs()[BRANCH]
    assert_built(built.entry(achievement()).build("--no-pdf"))
    said = deploy(built).text
    second = elsewhere.refs()[BRANCH]
    assert second != first
    assert elsewhere.git("rev-list", "--count", "--all") == "1\n"
    assert "\nparent " not in elsewhere.git("cat-file", "commit", second)
    assert CANARY not in elsewhere.reachable()
    assert "Settings, Pages" not in said, "it was told the first time"


def test_the_same_build_is_the_same_commit_and_pushing_it_again_does_nothing(built, elsewhere, tmp_path_factory):
    deploy(built)
    first = elsewhere.refs()
    text = elsewhere.git("cat-file", "commit", first[BRANCH])
    assert text.partition("\n")[2] == (
        "author Brag <brag@localhost> 1786752000 +0000\n"
        "committer Brag <brag@localhost> 1786752000 +0000\n"
        "\n"
        "The site as of 2026-08-15"
    )
    assert f"Nothing to do: gh-pages of origin ({elsewhere.folder}) holds this build already.\n" in deploy(built).text
    assert elsewhere.refs() == first
    assert_built(built.build("--no-pdf", "--clean"))
    other = tmp_path_factory.mktemp("other") / "b.git"
    elsewhere.repository.git("init", "--quiet", "--bare", str(other))
    elsewhere.repository.git("remote", "add", "backup", str(other))
    deploy(built, "--remote", "backup", "--branch", "site/live")
    assert elsewhere.git(f"--git-dir={other}", "rev-parse", "refs/heads/site/live").strip() == first[BRANCH]


def test_days_before_1970_are_pushed_too(built, elsewhere):
    built.entry(achievement().replace("2026-07-20", "1969-07-20"))
    assert_built(run_brag(built.root, "--as-of", "1969-12-31", "build", "--no-pdf"))
    deploy(built)
    assert " 0 +0000\n" in elsewhere.git("cat-file", "commit", BRANCH)


def test_a_domain_that_the_branch_alone_has_is_kept(built, elsewhere):
    deploy(built)
    tree = elsewhere.files()
    ours = elsewhere.refs()[BRANCH]
    elsewhere.commit([ours], {"CNAME": b"www.example.org", "index.html": b"<p>"})
    said = deploy(built).text
    assert "Kept the domain on the branch: www.example.org" in said
    assert elsewhere.git("cat-file", "blob", f"{BRANCH}:CNAME") == "www.example.org"
    assert sorted(elsewhere.files()) == sorted([*tree, "CNAME"])
    assert elsewhere.git("rev-list", "--count", "--all") == "1\n"
    kept = elsewhere.refs()
    assert "Nothing to do" in deploy(built).text
    assert elsewhere.refs() == kept
    assert_built(built.entry("new.example.org\n", "static/CNAME").build("--no-pdf"))
    assert "Kept the domain" not in deploy(built).text
    assert elsewhere.git("cat-file", "blob", f"{BRANCH}:CNAME") == "new.example.org\n"


def test_a_file_in_output_that_brag_did_not_write_stays_out(built, elsewhere):
    built.write({"output/notes.txt": CANARY, "output/pages/.git/config": CANARY})
    said = deploy(built).text
    assert "Left out notes.txt, which Brag did not write.\n" in said
    assert CANARY not in elsewhere.reachable()


def test_small_files_come_with_a_server_that_can_choose(built, elsewhere):
    """As GitHub's can: what is large and was not asked for does not come, and is not missed."""
    elsewhere.git("config", "uploadpack.allowFilter", "true")
    deploy(built)
    elsewhere.commit([elsewhere.refs()[BRANCH]], {"CNAME": b"www.example.org", "large.bin": b"x" * 5000})
    assert "Kept the domain on the branch: www.example.org" in deploy(built).text
    assert elsewhere.git("rev-list", "--count", "--all") == "1\n"
    elsewhere.commit([elsewhere.refs()[BRANCH]], {"CNAME": b"x" * 5000})
    assert "Kept" not in deploy(built).text
    assert "CNAME" not in elsewhere.files()


# --- what stays as it was --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"site_content/achievements/x.md": achievement().replace("visibility: public", "visibility: private")}, "achievements/x.html"),
        ({"site_content/achievements/x.md": None}, "achievements/x.html"),
        ({"site_content/achievements/x.md": achievement("impact: Another one.")}, "achievements/x.html"),
        ({"site_content/achievements/y.md": achievement()}, "achievements/x.html"),
        ({"themes/ledger/static/style.css": "body{--mine:1}"}, "assets/style-"),
    ],
    ids=["private now", "deleted", "edited", "new", "another look"],
)  # fmt: skip
def test_l14_what_the_files_no_longer_say_is_not_pushed(built, elsewhere, change, path):
    for name, text in change.items():
        (built.root / name).unlink(missing_ok=True)
        built.write({name: text} if text else {})
    for words in (("--dry-run",), ()):
        outcome = deploy(built, *words, code=1)
        (problem,) = outcome.problems
        assert (problem.place, problem.code) == ("output", "deploy")
        assert f"such as {path}" in problem.message
        assert "run `brag build`" in problem.hint
    assert elsewhere.refs() == {}
    assert not (built.root / ".brag/builds/public").exists()
    assert_built(built.build("--no-pdf"))
    deploy(built)


def test_what_cannot_be_built_any_more_is_not_pushed(built, elsewhere):
    built.entry(achievement("visibilty: private"), "achievements/y.md")
    assert deploy(built, code=1).errors == [("site_content/achievements/y.md:5:1", "key-unknown")]
    assert elsewhere.refs() == {}


@pytest.mark.parametrize("words", [("--base-url", "https://ada.github.io/mine/"), ("--no-pdf",), ()])
def test_a_site_is_judged_by_the_options_and_the_day_that_it_was_built_with(built, elsewhere, words):
    built.entry(achievement("expiry_date: 2026-08-16", "featured: true"))
    assert_built(built.build(*words))
    deploy(built)
    assert list(elsewhere.refs()) == [BRANCH]


def test_a_dry_run_says_what_would_be_pushed_and_pushes_nothing(built, elsewhere):
    before = tree_of(elsewhere.folder)
    size = sum(map(len, built.built().values()))
    said = deploy(built, "--dry-run").text
    count = len(built.built()) + 1
    assert f"Would push {count} files ({size / 1e6:.1f} MB), built as of 2026-08-15, to gh-pages of origin (" in said
    assert "Nothing was pushed." in said
    assert tree_of(elsewhere.folder) == before
    data = json.loads(built.brag("deploy", "--dry-run", "--json").text)
    commit = data.pop("commit")
    assert data == {
        "pushed": False, "same": False, "address": str(elsewhere.folder), "built": "2026-08-15", "files": count,
        "bytes": size, "kept_domain": None, "left_out": [], "problems": [],
    }  # fmt: skip
    deploy(built)
    assert elsewhere.refs()[BRANCH] == commit
    elsewhere.commit([commit], {"CNAME": b"www.example.org"})
    assert "www.example.org" in deploy(built, "--dry-run").text


def test_the_users_repository_is_as_it_was(built, elsewhere):
    (built.root / "site_content/achievements/x.md").write_text(achievement("impact: edited, and staged"))
    elsewhere.repository.git("add", "site_content")
    built.entry(achievement("impact: edited"))
    assert_built(built.build("--no-pdf"))
    before = {path: data for path, data in tree_of(built.root).items() if not path.startswith(".brag/")}
    deploy(built)
    assert {path: data for path, data in tree_of(built.root).items() if not path.startswith(".brag/")} == before


def test_variables_of_a_hook_do_not_lead_git_elsewhere(built, elsewhere, monkeypatch, tmp_path):
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    deploy(built)
    monkeypatch.undo()
    assert "index.html" in elsewhere.files()


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["self", "leadership"])
def test_l23_a_build_for_others_is_refused(built, elsewhere, audience):
    shutil.rmtree(built.root / "output")
    assert_built(built.build("--no-pdf", "--audience", audience))
    assert deploy(built, code=1).errors == [("output", "deploy")]
    (built.root / f".brag/builds/{audience}").rename(built.root / "output")
    outcome = deploy(built, code=1)
    assert outcome.errors == [("output", "deploy")]
    assert f"this site was built for the audience “{audience}”" in outcome.said("deploy").message
    assert elsewhere.refs() == {}


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"index.html": "mine"},
        {".brag.json": "[]"},
        {".brag.json": '{"made_by": "bragfolio", "audience": "public", "as_of": "2026-08-15", "files": {}}'},
        {".brag.json": '{"made_by": "bragfolio", "audience": "public", "files": {"index.html": "0"}}'},
        {".brag.json": '{"made_by": "bragfolio", "as_of": "2026-08-15", "files": {"index.html": "0"}}'},
    ],
)
def test_l23_what_is_no_build_is_refused_with_whatever_else_is_wrong(built, files):
    shutil.rmtree(built.root / "output")
    outcome = deploy(built.write({f"output/{path}": text for path, text in files.items()}), code=1)
    assert outcome.errors == [("output", "deploy"), ("origin", "remote")]
    assert "run `brag build`" in outcome.said("deploy").hint


def edit(root):
    (root / "index.html").write_text("mine")


def delete(root):
    (root / "index.html").unlink()


def lead_out(root):
    (root / "index.html").rename(root.parent / "secret")
    (root / "index.html").symlink_to(root.parent / "secret")


def lead_folder_out(root):
    (root / "achievements").rename(root.parent / "elsewhere")
    (root / "achievements").symlink_to(root.parent / "elsewhere")


def climb(root):
    text = (root / ".brag.json").read_text()
    (root / "index.html").rename(root.parent / "secret")
    (root / ".brag.json").write_text(text.replace('"index.html"', '"../secret"'))


@pytest.mark.parametrize(
    ("change", "place"),
    [(edit, "output/index.html"), (delete, "output/index.html"), (lead_out, "output/index.html"), (climb, "output/../secret")],
)  # fmt: skip
def test_l23_a_site_that_somebody_changed_is_refused(built, elsewhere, change, place):
    change(built.root / "output")
    outcome = deploy(built, code=1)
    assert outcome.errors == [(place, "deploy")]
    assert "Nothing was pushed: 1 error.\n" in outcome.text
    assert elsewhere.refs() == {}


def test_l24_the_pages_of_a_private_repository_are_public(built, elsewhere):
    built.write({"site_content/site.yaml": SITE + "repository: private\n"})
    outcome = deploy(built, "--strict", code=1)
    assert elsewhere.refs() == {}
    outcome = deploy(built)
    assert outcome.warnings == [("site_content/site.yaml:5:13", "repository-private")]
    assert "public all the same" in outcome.said("repository-private").message
    assert list(elsewhere.refs()) == [BRANCH]
    built.write({"site_content/site.yaml": SITE + "repository: private\ncheck: {ignore: [repository-private]}\n"})
    assert deploy(built, "--strict").problems == []


def test_a_branch_that_brag_did_not_make_goes_on_request_only(built, elsewhere):
    elsewhere.repository.git("push", "--quiet", "origin", "HEAD:gh-pages", "HEAD:main")
    before = elsewhere.refs()
    for branch in ("main", "gh-pages"):
        outcome = deploy(built, "--branch", branch, code=1)
        assert outcome.errors == [("origin", "remote")]
        assert "--replace" in outcome.said("remote").hint
    assert elsewhere.refs() == before
    deploy(built, "--replace")
    assert elsewhere.git("rev-list", "--count", BRANCH) == "1\n"
    assert elsewhere.refs()["refs/heads/main"] == before["refs/heads/main"]
    deploy(built)


@pytest.mark.parametrize("option", ["--remote", "--branch"])
@pytest.mark.parametrize(
    "name", ["-x", "--upload-pack=touch ran", "--output=ran", "a b", "a..b", "", "@{-1}", "a\nb", "a:b", "x.lock", "~", "HEAD"]
)  # fmt: skip
def test_i06_names_that_are_no_names_are_refused(portfolio, option, name):
    outcome = portfolio.brag("deploy", f"{option}={name}")
    assert outcome.code == 2, outcome.text
    assert f"is no name of a {option[2:]}" in outcome.text
    assert [path.name for path in portfolio.root.iterdir()] == ["site_content"]


def test_i07_nothing_that_a_repository_names_is_run(built, elsewhere):
    ran = built.root.parent / f"{built.root.name}-ran"
    program = built.root / "evil"
    program.write_text(f"#!/bin/sh\necho $0 $@ >> {ran}\ncat\n")
    program.chmod(0o755)
    mine, theirs = built.root / ".git/hooks", elsewhere.folder / "hooks"
    mine.mkdir(exist_ok=True)
    theirs.mkdir(exist_ok=True)
    for hook in ("pre-push", "reference-transaction", "post-index-change", "pre-auto-gc"):
        (mine / hook).symlink_to(program)
    for hook in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction"):
        (theirs / hook).symlink_to(program)
    git = elsewhere.repository.git
    settings = {
        "core.sshCommand": program, "core.gitProxy": program, "credential.helper": program, "core.askPass": program,
        "core.fsmonitor": program, "core.alternateRefsCommand": program, "gpg.program": program, "push.gpgSign": "true",
        "remote.origin.receivepack": program, "remote.origin.uploadpack": program, "remote.origin.vcs": "evil",
        "uploadpack.packObjectsHook": program, "gc.recentObjectsHook": program,
        f"url.ext::{program}.insteadOf": str(elsewhere.folder), "protocol.ext.allow": "always",
    }  # fmt: skip
    for key, value in settings.items():
        git("config", key, str(value))
        elsewhere.git("config", key, str(value))
    deploy(built)
    elsewhere.commit([elsewhere.refs()[BRANCH]], {"CNAME": b"www.example.org"})
    ran.unlink(missing_ok=True)
    deploy(built)
    assert not ran.exists(), ran.read_text()
    git("config", "--unset", "remote.origin.vcs")
    git("config", "--remove-section", f"url.ext::{program}")
    git("push", "--quiet", "--no-signed", "--receive-pack=git receive-pack", "origin", "HEAD:refs/heads/other")
    assert "pre-push" in ran.read_text(), "these would have run"
    assert "pre-receive" in ran.read_text()
    ran.unlink()
    assert elsewhere.git("rev-list", "--count", BRANCH) == "1\n"


@pytest.mark.parametrize(
    "address",
    ["ext::sh -c touch% ran", "fd::7", "-x", "--upload-pack=touch ran", "ssh://-oProxyCommand=touch/x", "-o@host:x",
     "git@-oProxyCommand=x:y", "ssh://git@-oProxy/x", "http://example.org/x", "git://example.org/x", "ftp://example.org/x",
     "https::https://example.org/", "a\tb", ""],
)  # fmt: skip
def test_i07_addresses_that_run_programs_or_are_open_to_all_are_refused(address):
    assert not is_address_allowed(address)


@pytest.fixture
def home(built, elsewhere, monkeypatch, tmp_path_factory):
    """A folder with settings of the user's, for this portfolio alone, that make ssh what leads to the other repository."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "ssh").write_text(f'#!/bin/sh\necho "$@" >> {folder}/asked\nexec sh -c "git ${{2#git-}}"\n')
    (folder / "ssh").chmod(0o755)
    place = f'[includeIf "gitdir:{built.root}/"]\n\tpath = {folder}/work\n'
    (folder / "gitconfig").write_text(place + "[ssh]\n\tvariant = simple\n")
    (folder / "work").write_text(f"[core]\n\tsshCommand = {folder}/ssh\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(folder / "gitconfig"))
    elsewhere.repository.git("config", "remote.origin.url", f"git@example.org:{elsewhere.folder}")
    return folder


def test_settings_of_the_user_are_honoured_and_those_of_the_repository_are_not(built, elsewhere, home, monkeypatch):
    elsewhere.repository.git("config", "core.sshCommand", "false")
    deploy(built)
    assert "index.html" in elsewhere.files()
    assert (home / "asked").read_text().splitlines() == [
        f"git@example.org git-upload-pack '{elsewhere.folder}'",
        f"git@example.org git-receive-pack '{elsewhere.folder}'",
    ]
    monkeypatch.setenv("GIT_SSH_COMMAND", "false")
    assert deploy(built, code=3).errors == [("origin", "remote")]


@pytest.mark.usefixtures("home")
def test_what_the_server_says_when_it_refuses_is_told_without_its_control_characters(built, elsewhere):
    hook = elsewhere.folder / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nprintf 'error: a file\\033[2J is too large\\n' >&2\nexit 1\n")
    hook.chmod(0o755)
    outcome = deploy(built, code=3)
    assert "[remote rejected] (pre-receive hook declined), remote: error: a file" in outcome.said("remote").message
    assert "\\x1b[2J is too large" in outcome.said("remote").message
    assert "\033" not in outcome.text


def test_i07_a_remote_that_is_a_program_is_not_spoken_to(built, elsewhere):
    elsewhere.repository.git("config", "remote.origin.url", "ext::sh -c touch% ran")
    outcome = deploy(built, code=1)
    assert outcome.errors == [("origin", "remote")]
    assert not (built.root / "ran").exists()


@pytest.mark.parametrize(
    ("address", "is_local"),
    [("https://github.com/a/b.git", False), ("HTTPS://user:token@example.org/b", False), ("ssh://git@host:22/a", False),
     ("git@github.com:a/b.git", False), ("host:b", False), ("[::1]:b", False), ("file:///srv/b.git", True),
     ("/srv/b.git", True), ("../b.git", True), ("./a:b", True)],
)  # fmt: skip
def test_addresses_that_sites_are_pushed_to(address, is_local):
    assert is_address_allowed(address)
    assert is_address_local(address) is is_local


def test_passwords_in_addresses_are_not_told(built, elsewhere):
    assert told_address("https://me:zqtoken@example.org/b") == "https://example.org/b"
    assert told_address("https://zqtoken@example.org/b") == "https://example.org/b"
    assert told_address("ssh://git:zqtoken@host:22/b@c") == "ssh://git@host:22/b@c"
    assert told_address("git@host:b") == "git@host:b"
    told = told_message("no access to https://me:zqtoken@example.org/b/info", "https://me:zqtoken@example.org/b")
    assert told == "no access to https://example.org/b/info"
    elsewhere.repository.git("config", "remote.origin.url", "https://me:zqtoken@127.0.0.1:1/b")
    outcome = deploy(built, code=3)
    assert outcome.errors == [("origin", "remote")]
    assert "zqtoken" not in outcome.text
    assert "127.0.0.1" in outcome.said("remote").message


# --- what is in the way ----------------------------------------------------------------------------------------------


def test_without_a_repository_or_a_remote_it_says_what_to_do(built):
    outcome = deploy(built, code=1)
    assert outcome.errors == [("origin", "remote")]
    assert outcome.said("remote").hint == "make one: git remote add origin URL"
    git = Repository(built.root).git
    git("remote", "add", "origin", "/nowhere")
    assert deploy(built, "--remote", "orign", code=1).said("remote").hint == "did you mean “origin”?"
    git("remote", "set-url", "--add", "origin", "/elsewhere")
    assert "several addresses" in deploy(built, code=1).said("remote").message
    shutil.rmtree(built.root / ".git")
    outcome = deploy(built, code=1)
    assert outcome.errors == [(str(built.root), "remote")]
    assert "git init" in outcome.said("remote").hint


def test_without_git_it_says_so(built, monkeypatch):
    monkeypatch.setenv("PATH", str(built.root))
    assert [code for _, code in deploy(built, code=3).errors] == ["engine"]


def test_a_remote_that_is_not_there_is_an_environment_error(built, elsewhere):
    elsewhere.folder.rename(elsewhere.folder.with_name("gone"))
    outcome = deploy(built, code=3)
    assert outcome.errors == [("origin", "remote")]
    assert "does not appear to be a git repository" in outcome.said("remote").message
    assert "Nothing was pushed: 1 error.\n" in outcome.text


def test_a_remote_that_refuses_is_told_in_its_words(built, elsewhere):
    elsewhere.git("config", "receive.denyDeletes", "true")
    elsewhere.git("config", "transfer.hideRefs", BRANCH)
    outcome = deploy(built, code=3)
    assert outcome.errors == [("origin", "remote")]
    assert "the remote does not take the branch gh-pages: [remote rejected]" in outcome.said("remote").message


def test_somebody_who_was_faster_is_not_overwritten(built, elsewhere):
    from bragfolio.edge.workshop import Rejected, open_workshop

    deploy(built)
    with open_workshop(built.root / ".brag", str(elsewhere.folder), is_local=True) as workshop:
        tip = workshop.tip("gh-pages")
        assert tip
        theirs = elsewhere.commit([tip.commit], {"index.html": b"theirs"})
        mine = workshop.write_commit([("index.html", b"mine")], "x", 0)
        for expected in (tip.commit, ""):
            with pytest.raises(Rejected, match="stale info"):
                workshop.replace("gh-pages", mine, expected)
    assert elsewhere.refs()[BRANCH] == theirs


def test_a_folder_is_found_from_the_top_of_the_repository(built, elsewhere):
    elsewhere.repository.git("config", "remote.origin.url", "../b.git")
    elsewhere.folder.rename(built.root.parent / "b.git")
    try:
        assert "Pushed" in run_brag(built.root / "site_content", "deploy").text
        elsewhere.repository.git("config", "remote.origin.url", (built.root.parent / "b.git").as_uri())
        assert "Nothing to do" in deploy(built).text
    finally:
        shutil.rmtree(built.root.parent / "b.git")
