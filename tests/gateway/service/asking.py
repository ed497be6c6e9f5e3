"""The sample office with another system in place of its table of applications."""

import shutil
from pathlib import Path


def asking(sample: Path, folder: Path) -> Path:
    """Copy a sample to a folder in which `application` is asked of a connector; return the folder."""
    shutil.copytree(sample, folder)
    (folder / "tables" / "applications.csv").unlink()
    flow = folder / "flow.yaml"
    text = flow.read_text()
    for line in "  applications:\n    file: tables/applications.csv\n", "    table: applications\n":
        text = text.replace(line, "")
    flow.write_text(text)
    return folder
