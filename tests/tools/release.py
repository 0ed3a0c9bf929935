"""Release: the last commit as wheel, source archive, bill of materials and sums in dist/; made twice alike, and tried out.

`make release` runs this and then `tests.tools.audit`. Every step is a failure or a line that says what was shown. What is
tried out knows neither the checkout nor a network.
"""

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.utils import canonicalize_name

from tests.program import find_wall, tree_of
from tests.tools.bill import write_bill
from tests.tools.locks import read_pins, write_pins

REPOSITORY = Path(__file__).parents[2]
DIST = REPOSITORY / "dist"
BILL = "bragfolio.cdx.json"
"""The bill's name, as https://cyclonedx.org/specification/overview/ recommends it."""
SUMS = "SHA256SUMS"
PIP: tuple[str | Path, ...] = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where and how a build runs; none of it may show in what it makes."""

    folder: str
    umask: int
    mode: int
    """The permissions of every file."""
    changed: int
    """When every file was changed last, in seconds since 1970."""
    hash_seed: str
    zone: str
    language: str


BUILDS = (
    Surroundings("a", 0o022, 0o644, 1_000_000_000, "1", "UTC", "C"),
    Surroundings("another/and a deeper", 0o077, 0o600, 1_700_000_001, "2", "Pacific/Auckland", "C.UTF-8"),
)


def run(words: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None, umask: int = -1) -> str:
    """Run a program and return its standard output; end the release with what it said when it fails."""
    answer = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=env, umask=umask, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SystemExit(f"release: {' '.join(map(str, words))} failed:\n{answer.stdout}{answer.stderr}")
    return answer.stdout


def make_archives(
    folder: Path, target: Path, *words: str, env: Mapping[str, str] | None = None, umask: int = -1
) -> None:
    """Run `python -m build` in *folder* with what is installed here: a source archive, and from that the wheel, into *target*."""
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", target, *words, "."], folder, env, umask)


def clean(environment: Path) -> dict[str, str]:
    """Return the variables of somebody who has just made this virtual environment, and has no settings of pip."""
    home = environment.parent / "home"
    home.mkdir(exist_ok=True)
    path = os.pathsep.join([str(environment / "bin"), "/usr/local/bin", "/usr/bin", "/bin"])
    return {"PATH": path, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "PIP_CONFIG_FILE": os.devnull}


def find_day(repository: Path) -> int:
    """Return when the last commit was made, in seconds since 1970; refuse a working tree that differs from it."""
    if run(["git", "status", "--porcelain"], repository):
        raise SystemExit("release: the working tree differs from the last commit: commit or stash first")
    return int(run(["git", "log", "-1", "--format=%ct"], repository))


def build_in(around: Surroundings, commit: Path, epoch: int, folder: Path) -> dict[str, bytes]:
    """Unpack the commit in these surroundings, and return the archives that it becomes."""
    checkout = folder / around.folder / "checkout"
    with tarfile.open(commit) as archive:
        archive.extractall(checkout, filter="data")
    for path in checkout.rglob("*"):
        if path.is_file():
            path.chmod(around.mode | (path.stat().st_mode & 0o100))
            os.utime(path, (around.changed, around.changed))
    env = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": around.hash_seed,
           "TZ": around.zone, "LC_ALL": around.language, "HOME": str(folder / around.folder)}  # fmt: skip
    target = folder / around.folder / "dist"
    make_archives(checkout, target, env=env, umask=around.umask)
    return tree_of(target)


def build_twice(repository: Path, epoch: int, folder: Path) -> dict[str, bytes]:
    """Return wheel and source archive by name, equal byte for byte from two surroundings."""
    commit = folder / "commit.tar"
    run(["git", "archive", "--output", commit, "HEAD"], repository)
    one, other = (build_in(around, commit, epoch, folder) for around in BUILDS)
    if one != other or len(one) != 2:
        raise SystemExit(f"release: two builds of one commit differ: {sorted(one)}, {sorted(other)}")
    (source,) = (folder / BUILDS[0].folder / "dist").glob("*.tar.gz")
    with tarfile.open(commit) as tracked, tarfile.open(source) as packed:
        ours = {member.name for member in tracked if member.isfile()}
        theirs = {member.name.partition("/")[2] for member in packed if member.isfile()}
    if theirs != ours | {"PKG-INFO"}:
        raise SystemExit(f"release: the source archive is not the commit: {sorted(theirs ^ ours)}")
    return one


def bring_wheels(folder: Path) -> Path:
    """Bring the locked wheels of what Brag needs and of what builds it, for this Python; the digests are held against the lock."""
    wheels = folder / "wheels"
    # Libraries for other systems, too: the bill says which licence they have.
    lock = write_pins(
        {pin.name: pin for purpose in ("build", "runtime") for pin in read_pins(purpose)}.values(), folder / "lock.txt"
    )
    run(
        [
            *PIP,
            "download",
            "--require-hashes",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--dest",
            wheels,
            "--requirement",
            lock,
        ],
        folder,
    )
    return wheels


def read_metadata(wheel: Path) -> Message:
    """Read what a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1)
        return message_from_bytes(archive.read(name))


def find_or_refuse_wall() -> tuple[str, ...]:
    """Return the words that start a program without a network."""
    wall = find_wall()
    if wall is None:
        raise SystemExit(
            "release: `unshare --net` is missing or not allowed here, so nothing can be shown to need no network"
        )
    return wall


def try_out(archive: Path, wheels: Path, folder: Path) -> dict[str, bytes]:
    """Install an archive as somebody without a network does, and make, check and publish the example; return its site."""
    environment = folder / "env"
    python, brag = environment / "bin" / "python", environment / "bin" / "brag"
    wall = find_or_refuse_wall()
    run([sys.executable, "-m", "venv", "--without-pip", environment], folder.parent)
    env = clean(environment)
    install = [*wall, *PIP, "--python", python, "install", "--no-index", "--find-links", wheels]
    run(
        [
            *install,
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--requirement",
            REPOSITORY / "generator" / "requirements" / "runtime.txt",
        ],
        folder,
        env,
    )
    run([*install, "--no-deps", archive], folder, env)
    run([*PIP, "--python", python, "check"], folder, env)
    run([*wall, brag, "init", "demo", "--example"], folder, env)
    demo = folder / "demo"
    run(["git", "init", "--quiet", "--bare", folder / "remote.git"], folder, env)
    run(["git", "init", "--quiet"], demo, env)
    run(["git", "remote", "add", "origin", folder / "remote.git"], demo, env)
    for words in (["build"], ["check"], ["deploy", "--dry-run"], ["pdf", "--out", "resume.pdf"]):
        run([*wall, brag, *words], demo, env)
    return tree_of(demo / "output")


def make_wheel_of_source(source: Path, wheels: Path, epoch: int, folder: Path) -> bytes:
    """Return the wheel that pip makes of the source archive without a network, in an environment of its own."""
    target = folder / "from-source"
    env = {**clean(folder / "nowhere"), "PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(epoch)}
    words: list[str | Path] = [
        "wheel",
        "--no-deps",
        "--no-index",
        "--find-links",
        wheels,
        "--wheel-dir",
        target,
        source,
    ]
    run([*find_or_refuse_wall(), *PIP, *words], folder, env)
    (wheel,) = target.glob("*.whl")
    return wheel.read_bytes()


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a release and their sums, and nothing else, into *folder*."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    (folder / SUMS).write_text("".join(sums), encoding="ascii")


def make_release(repository: Path, dist: Path, folder: Path) -> None:
    """Make the files of a release of *repository*'s last commit in *dist*; *folder* is for what is needed in between."""
    epoch = find_day(repository)
    files = build_twice(repository, epoch, folder)
    print(
        f"release: built twice in different surroundings, equal byte for byte: {', '.join(sorted(files))}", flush=True
    )
    wheels = bring_wheels(folder)
    built = folder / BUILDS[0].folder / "dist"
    (wheel,), (source,) = built.glob("*.whl"), built.glob("*.tar.gz")
    if make_wheel_of_source(source, wheels, epoch, folder) != wheel.read_bytes():
        raise SystemExit("release: pip makes another wheel of the source archive")
    print("release: pip makes the same wheel of the source archive, without a network", flush=True)
    sites = []
    for archive in (wheel, source):
        place = folder / archive.suffix.strip(".")
        place.mkdir()
        sites.append(try_out(archive, wheels, place))
        print(
            f"release: {archive.name}: installed by its lock without a network; example built, checked, set, deployed dry",
            flush=True,
        )
    if sites[0] != sites[1]:
        raise SystemExit("release: wheel and source archive build different sites")
    metadata: dict[str, Message] = {
        canonicalize_name(says["Name"]): says for says in map(read_metadata, wheels.glob("*.whl"))
    }
    moment = dt.datetime.fromtimestamp(epoch, dt.UTC)
    files[BILL] = write_bill(read_metadata(wheel), read_pins("runtime"), metadata, moment).encode()
    write_files(files, dist)
    print(f"release: {BILL} is valid CycloneDX; all sums are in {SUMS}", flush=True)


def main() -> int:
    """Make dist/."""
    with TemporaryDirectory(prefix="brag-release-") as folder:
        make_release(REPOSITORY, DIST, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
