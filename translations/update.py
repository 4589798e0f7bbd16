"""Keep the message catalogues in step with the sources, and compile them.

    python translations/update.py            update both .po files, compile, list what needs a translation
    python translations/update.py --check    write nothing; list what is wrong and exit 1 if anything is
    python translations/update.py --compile  write the .mo files alone, where they are older than the .po

The application's own messages are Indonesian in the source; those of Flask-AppBuilder, Flask-WTF and
WTForms are English. So each catalogue holds what the other language lacks:

* `id` has Indonesian for every message of the frameworks. Ours need no entry there.
* `en` has English for every message of ours. It may also hold better English for a message of the
  frameworks: add that entry by hand, and it stays for as long as the framework has the message.

After a change of words: run this script, fill in the entries that it lists, run it again. The header
of each file is written here, never by Babel: Babel knows no plural rule for Indonesian, and its dates
would change with each run.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
WIDTH = 110  # of a line in a .po file
Text = str | list[str] | tuple[str, ...]  # one text, or one for each number

FRAMEWORKS = ("flask_appbuilder", "flask_wtf", "wtforms")

# What marks a message, with the places of its texts among the arguments (None: the first alone).
KEYWORDS: Mapping[str, Any] = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "lazy_npgettext": ((1, "c"), 2, 3),
    "lazy_formatter_gettext": None,  # Flask-AppBuilder's own
}

HEADER = """\
# {comment}
# translations/update.py keeps this file: it adds, removes and sorts the entries. Only translate here.
msgid ""
msgstr ""
"Project-Id-Version: LAPOR 3\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""

# "%(count)d", "%s" and "{names}": what the program fills in. "%%" is a percent sign.
PLACEHOLDER = re.compile(r"%%|(%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdrf]|\{\w*\})")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True)
class Language:
    """A catalogue: its code, the plural rule in gettext's words, and what stands at its top."""

    code: str
    plural_forms: str
    comment: str

    def path(self, folder: Path = FOLDER) -> Path:
        """Where the .po file lies; the .mo file lies beside it."""
        return folder / self.code / "LC_MESSAGES" / "messages.po"


INDONESIAN = Language(
    "id",
    # By hand: Babel would write the English rule, and plural messages would stay English.
    "nplurals=1; plural=0;",
    "Indonesian for the messages of Flask-AppBuilder, Flask-WTF and WTForms. Ours are Indonesian already.",
)
ENGLISH = Language(
    "en",
    "nplurals=2; plural=(n != 1);",
    "English for the messages of LAPOR!, and better English for some of Flask-AppBuilder's.",
)
LANGUAGES = (INDONESIAN, ENGLISH)


def messages(catalog: Catalog) -> Iterator[Message]:
    """The entries of `catalog` without its header."""
    return (message for message in catalog if message.id)


def forms(text: Text | None) -> tuple[str, ...]:
    """A message's texts: one, or its singular and plural."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def name(message: Message) -> str:
    """The message as it is called in reports: its singular, after its context if it has one."""
    singular = forms(message.id)[0]
    return f"{message.context} | {singular}" if message.context else singular


def names(catalog: Catalog) -> set[str]:
    """The names of all entries."""
    return {name(message) for message in messages(catalog)}


def marked(
    file: BinaryIO, keywords: Iterable[str], _comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Babel's extraction method for Python, from the syntax tree.

    Babel's own reads tokens, and before Python 3.12 a message inside an f-string escapes it.
    """
    del options  # Babel passes it by this name
    functions = frozenset(keywords)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and (function := _called(node.func)) in functions:
            yield node.lineno, function, tuple(_text(argument) for argument in node.args), []


def _called(function: ast.expr) -> str:
    """The last part of a called name: gettext of field.gettext."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(argument: ast.expr) -> str | None:
    constant = argument.value if isinstance(argument, ast.Constant) else None
    return constant if isinstance(constant, str) else None


def _extracted(folder: Path, methods: Iterable[tuple[str, str]], options: Mapping[str, Any]) -> Catalog:
    catalog = Catalog()
    ours = [(pattern, f"{__name__}:marked" if method == "python" else method) for pattern, method in methods]
    files: list[str] = []
    found = extract_from_dir(
        folder, ours, options, keywords=KEYWORDS, callback=lambda file, *_: files.append(file)
    )
    try:
        for _file, _line, text, _comments, context in found:
            catalog.add(text, context=context)
    except Exception as error:
        error.add_note(f"while reading {files[-1]}")
        raise
    return catalog


def own_messages(root: Path = ROOT) -> Catalog:
    """The messages that the application under `root` marks, as an untranslated catalogue."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    return _extracted(root, methods, options)


@cache
def framework_messages() -> Catalog:
    """The messages of the installed frameworks, from their modules and templates; nothing is imported.

    Read once for a process: installed packages do not change under it.
    """
    catalog = Catalog()
    for package in FRAMEWORKS:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{package} is not installed: run this with the project's own Python.")
        files = (("**.py", "python"), ("**/templates/**.html", "jinja2"))
        for message in messages(_extracted(Path(spec.origin).parent, files, {})):
            catalog.add(message.id, context=message.context)
    return catalog


def read(language: Language, folder: Path = FOLDER) -> Catalog:
    """The catalogue of `language` as it lies on disk; an empty one where there is none yet."""
    path = language.path(folder)
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=language.code)
    return _empty(language)


def _empty(language: Language) -> Catalog:
    catalog = Catalog(locale=language.code, fuzzy=False)
    catalog.mime_headers = [("Plural-Forms", language.plural_forms)]
    return catalog


def updated(language: Language, old: Catalog, own: Catalog, framework: Catalog) -> Catalog:
    """What the catalogue of `language` is to hold now, with the translations that `old` has.

    A word of ours that the frameworks use too (a template of ours in place of one of theirs asks for
    "Save") is its own English until somebody writes another.
    """
    catalog = _empty(language)
    if language is INDONESIAN:
        for message in messages(framework):
            _add(catalog, message, old)
        return catalog
    for message in messages(own):
        shared = framework.get(message.id, message.context) is not None
        _add(catalog, message, old, default=message.id if shared else "")
    wanted = names(old) - names(own)
    for message in messages(framework):
        if name(message) in wanted:
            _add(catalog, message, old)
    return catalog


def _add(catalog: Catalog, message: Message, old: Catalog, *, default: Text = "") -> None:
    """Add `message` with its translation in `old`, or with `default` if there is none that fits."""
    before = old.get(message.id, message.context)
    if before is None or before.pluralizable != message.pluralizable or not any(forms(before.string)):
        catalog.add(message.id, default, context=message.context)
        return
    catalog.add(
        message.id,
        before.string,
        flags=before.flags,
        user_comments=before.user_comments,
        context=message.context,
    )


def rendered(language: Language, catalog: Catalog) -> bytes:
    """The .po file: sorted and without places in the source, so that a change shows itself alone."""
    body = BytesIO()
    write_po(body, catalog, WIDTH, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(comment=language.comment, code=language.code, plural_forms=language.plural_forms)
    return header.encode() + body.getvalue().strip() + b"\n"


def placeholders(text: str) -> list[str]:
    """What the program fills in, and the HTML tags: both must come out of a translation unharmed."""
    return sorted(filter(None, PLACEHOLDER.findall(text))) + sorted(TAG.findall(text))


def faults(message: Message) -> list[str]:
    """What is wrong with the translation of `message`, in words for the translator."""
    sources, texts = forms(message.id), forms(message.string)
    if not all(texts):
        return ["is not translated"]
    found = []
    if message.fuzzy:
        found.append("is marked fuzzy: check the translation and take the mark away")
    # One form for all numbers (Indonesian), or the last of several, stands for the plural; a form for
    # the number one may say it in words.
    allowed = [placeholders(source) for source in sources]
    if placeholders(texts[-1]) != allowed[-1] or any(placeholders(text) not in allowed for text in texts):
        kept = ", ".join(allowed[-1])
        found.append(f"must keep {kept}" if kept else "must have no placeholder or tag: the source has none")
    if any(_edges(text) != _edges(sources[0]) for text in texts):
        found.append("must begin and end with the same blanks as the source")
    return found


def _edges(text: str) -> tuple[bool, bool]:
    return text != text.lstrip(), text != text.rstrip()


def problems(language: Language, old: Catalog, new: Catalog) -> list[str]:
    """All that keeps the catalogue `old` from being what the sources ask for: one line for each."""
    path = language.path().relative_to(ROOT)
    lines = [f"{path}: {text!r} has no entry" for text in sorted(names(new) - names(old))]
    lines += [f"{path}: {text!r} is in no source any more" for text in sorted(names(old) - names(new))]
    known = names(old)
    for message in sorted(messages(new), key=name):
        if name(message) in known:
            lines += [f"{path}: {name(message)!r} {fault}" for fault in faults(message)]
    return lines


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Write each .mo file that is missing or older than its .po file; returns those written.

    Cheap when nothing changed, so the application calls it at its start. The file is put in place
    whole: several processes may start at once.
    """
    written = []
    for language in LANGUAGES:
        source = language.path(folder)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".tmp", delete=False) as file:
            write_mo(file, read(language, folder))
        Path(file.name).chmod(0o644)
        Path(file.name).replace(target)
        written.append(target)
    return written


def _update(language: Language, folder: Path, own: Catalog, framework: Catalog) -> list[str]:
    """Rewrite one .po file; returns what its entries still need."""
    old = read(language, folder)
    new = updated(language, old, own, framework)
    left = names(new)
    for message in messages(old):
        if name(message) not in left:
            print(f"{language.code}: removed {name(message)!r}, which was {message.string!r}")
    path = language.path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = rendered(language, new)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)
    print(f"{language.code}: {len(new)} entries")
    return problems(language, new, new)


def main(arguments: list[str] | None = None, folder: Path = FOLDER) -> int:
    """Do what the command line asks with the catalogues in `folder`; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true", help="write nothing; exit 1 if something is wrong")
    only.add_argument("--compile", action="store_true", help="write the .mo files alone")
    options = parser.parse_args(arguments)
    if options.compile:
        compile_catalogues(folder)
        return 0
    own, framework = own_messages(), framework_messages()
    lines: list[str] = []
    for language in LANGUAGES:
        if options.check:
            old = read(language, folder)
            lines += problems(language, old, updated(language, old, own, framework))
        else:
            lines += _update(language, folder, own, framework)
    if not options.check:
        compile_catalogues(folder)
    print(*lines, sep="\n", end="\n" if lines else "")
    return 1 if lines and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
