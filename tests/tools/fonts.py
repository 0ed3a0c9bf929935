"""Fonts of the one-pagers: Inter and Literata from npm, cut down to the scripts they are set in, into the themes.

`python -m tests.tools.fonts` makes them anew, byte for byte the same; `pip install fonttools` first, which nothing
else here needs. Typst reads neither woff2 nor a family that is spread over subsets: each face is one whole file.
"""

import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tools.node import run_npm

THEMES = Path(__file__).parents[2] / "themes"
LICENSE = "LICENSE_FONT"


@dataclass(frozen=True)
class Family:
    """A family, and what of it a theme has."""

    theme: str
    package: str
    name: str
    characters: str

    @property
    def faces(self) -> dict[str, str]:
        """The faces of the package, with the files that they become."""
        return {
            f"{folder}/{self.name}_{folder}.ttf": f"{self.name}-{face}.ttf"
            for folder, face in (
                ("400Regular", "Regular"),
                ("400Regular_Italic", "Italic"),
                ("600SemiBold", "SemiBold"),
                ("600SemiBold_Italic", "SemiBoldItalic"),
            )
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
LATIN = "0020-007E,00A0-024F,0259,02BB,02BC,02C6-02DD,0300-036F,1E00-1EFF,2000-206F,2070-209F,20A0-20CF,2116,2122,2150-215E,2190-2193,2212,2248,2260,2264,2265"
"""For a family that stands in front of Inter, which sets the rest."""
FAMILIES = (
    Family("base", "@expo-google-fonts/inter@0.4.2", "Inter", CHARACTERS),
    Family("folio", "@expo-google-fonts/literata@0.4.3", "Literata", LATIN),
)
FEATURES = "ccmp,locl,kern,mark,mkmk,liga,calt,case,frac,numr,dnom,sups,subs,ordn"
NAMES = "0,1,2,3,4,5,6,13,14,16,17"  # copyright, family and style, licence


def unpack(package: str, folder: Path) -> Path:
    """Bring the package with npm, and unpack it in the folder."""
    if run_npm("pack", package, "--silent", "--pack-destination", str(folder)) != 0:
        raise SystemExit("npm pack failed, see above")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def cut(source: Path, target: Path, characters: str) -> None:
    """Write the face with these characters alone, without hinting; its time stamp stays that of the source."""
    options = [
        f"--unicodes={characters}",
        f"--layout-features={FEATURES}",
        f"--name-IDs={NAMES}",
        "--no-hinting",
        "--no-recalc-timestamp",
        "--drop-tables+=STAT",
        f"--output-file={target}",
    ]
    subprocess.run([sys.executable, "-m", "fontTools.subset", str(source), *options], check=True)


def main() -> None:
    """Write the faces and their licences."""
    for family in FAMILIES:
        fonts = THEMES / family.theme / "fonts"
        fonts.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as name:
            package = unpack(family.package, Path(name))
            for source, target in family.faces.items():
                cut(package / source, fonts / target, family.characters)
            (fonts / "OFL.txt").write_bytes((package / LICENSE).read_bytes())
        for path in sorted(fonts.iterdir()):
            print(f"{path.stat().st_size // 1024:>5} KB  {family.theme}/{path.name}")


if __name__ == "__main__":
    main()
