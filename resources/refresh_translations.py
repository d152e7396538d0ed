"""Bring the translations up to date with the sources: `python resources/refresh_translations.py`.

Takes the sentences out of the sources into the .ts files (keeping what is translated), and
compiles those to the .qm files beside them, which are committed too. Translate in between with Qt
Linguist or an editor; what is not translated is shown in English. Needs PySide6 in the Python that
runs it.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "maquette_resources" / "translations"
LANGUAGES = ("zh_CN",)


def main() -> int:
    """Refresh every language; returns 1 if sentences wait for a translation."""
    tools = Path(sys.executable).parent
    sources = sorted(
        str(path.relative_to(ROOT))
        for folder in ("gui", "state")
        for path in (ROOT / "app" / "maquette" / folder).rglob("*.py")
    )
    sources.append("app/maquette/app.py")
    waiting = False
    for language in LANGUAGES:
        text = TRANSLATIONS / f"maquette_{language}.ts"
        update = [tools / "pyside6-lupdate", "-no-obsolete", "-locations", "none", *sources]
        subprocess.run([*update, "-ts", text], cwd=ROOT, check=True)
        compiled = text.with_suffix(".qm")
        subprocess.run([tools / "pyside6-lrelease", text, "-qm", compiled], cwd=ROOT, check=True)
        waiting |= 'type="unfinished"' in text.read_text(encoding="utf-8")
    return int(waiting)


if __name__ == "__main__":
    raise SystemExit(main())
