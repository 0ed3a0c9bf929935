"""Pack templates: a step of packing that makes Python of the built-in templates, so that no run has to (`core/render/dialect.py`).

In a wheel the modules come as bragfolio/_templates/; for a checkout they are written there, and git ignores them.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bragfolio.core.render import dialect  # noqa: E402 - after the path: what is packed is not installed

FOLDER = HERE / "bragfolio" / "_templates"
EDITABLE = "editable"


class PackTemplates(BuildHookInterface[Any]):
    """Adds the modules to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the modules into the checkout, or where the wheel takes them from."""
        folder = FOLDER if version == EDITABLE else Path(self.directory) / ".templates"
        names = pack(folder)
        if version != EDITABLE:
            build_data["force_include"].update({str(folder / name): f"bragfolio/_templates/{name}" for name in names})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's own signature
        """Remove what only the wheel needed."""
        if version != EDITABLE:
            shutil.rmtree(Path(self.directory) / ".templates", ignore_errors=True)


def pack(folder: Path) -> list[str]:
    """Write a module for each template of the built-in themes into *folder*, and nothing else; return their names."""
    environment = dialect.Dialect()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    modules = {}
    for template in sorted((HERE.parent / "themes").glob("*/templates/**/*.html")):
        source = template.read_text(encoding="utf-8")
        modules[f"{dialect.module_of(source)}.py"] = environment.compile(source, template.name, template.name, raw=True)
    for name, module in modules.items():
        (folder / name).write_text(f"{module}\n", encoding="utf-8")
    return sorted(modules)


if __name__ == "__main__":
    pack(FOLDER)
