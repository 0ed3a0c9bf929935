"""Fonts of the one-pagers: Inter from npm, cut down to the scripts it is set in, into themes/base/fonts.

`python -m tests.tools.fonts` makes them anew, byte for byte the same; `pip install fonttools` first, which nothing
else here needs. Typst reads neither woff2 nor a family that is spread over subsets: each face is one whole file.
"""

import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tools.node import run_npm

FONTS = Path(__file__).parents[2] / "themes" / "base" / "fonts"
PACKAGE = "@expo-google-fonts/inter@0.4.2"
LICENSE = "LICENSE_FONT"
FACES = {
    "400Regular/Inter_400Regular.ttf": "Inter-Regular.ttf",
    "400Regular_Italic/Inter_400Regular_Italic.ttf": "Inter-Italic.ttf",
    "600SemiBold/Inter_600SemiBold.ttf": "Inter-SemiBold.ttf",
    "600SemiBold_Italic/Inter_600SemiBold_Italic.ttf": "Inter-SemiBoldItalic.ttf",
}

CHARACTERS = (
    "0020-007E,00A0-024F,0259,02BB,02BC,02C6-02DD"  # Latin: Basic, Latin-1, Extended-A and -B, letters for modifying
    ",0300-036F"  # combining marks
    ",0370-03FF,1F00-1FFF"  # Greek, with its old accents
    ",0400-052F"  # Cyrillic
    ",1E00-1EFF"  # Latin Extended Additional: Vietnamese, Welsh
    ",2000-206F,2070-209F,20A0-20CF"  # punctuation and spaces, superscripts and subscripts, currencies
    ",2100-218B"  # letterlike symbols (№, ™, Ω) and fractions
    ",2190-21FF"  # arrows
    ",2200-22FF"  # mathematics
    ",25A0-25FF,2605,2606,2713-2718"  # shapes, stars, ticks
    ",FEFF,FFFD"
)
FEATURES = "ccmp,locl,kern,mark,mkmk,liga,calt,case,frac,numr,dnom,sups,subs,ordn"
NAMES = "0,1,2,3,4,5,6,13,14,16,17"  # copyright, family and style, licence


def unpack(folder: Path) -> Path:
    """Bring the package with npm, and unpack it in the folder."""
    if run_npm("pack", PACKAGE, "--silent", "--pack-destination", str(folder)) != 0:
        raise SystemExit("npm pack failed, see above")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def cut(source: Path, target: Path) -> None:
    """Write the face with our characters alone, without hinting; its time stamp stays that of the source."""
    options = [
        f"--unicodes={CHARACTERS}",
        f"--layout-features={FEATURES}",
        f"--name-IDs={NAMES}",
        "--no-hinting",
        "--no-recalc-timestamp",
        "--drop-tables+=STAT",
        f"--output-file={target}",
    ]
    subprocess.run([sys.executable, "-m", "fontTools.subset", str(source), *options], check=True)


def main() -> None:
    """Write the faces and their licence."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        package = unpack(Path(name))
        for source, target in FACES.items():
            cut(package / source, FONTS / target)
        (FONTS / "OFL.txt").write_bytes((package / LICENSE).read_bytes())
    for path in sorted(FONTS.iterdir()):
        print(f"{path.stat().st_size // 1024:>5} KB  {path.name}")


if __name__ == "__main__":
    main()
