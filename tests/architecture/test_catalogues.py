"""Both catalogues are complete, and the script that keeps them does what it says.

A failing test names the entries and says what to do about them.
"""

from __future__ import annotations

import os
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from jinja2 import TemplateSyntaxError

from app.rules.labels import Labelled
from translations import update
from translations.update import ENGLISH, INDONESIAN, LANGUAGES, Language

TO_DO = (
    "Run `python translations/update.py`, then translate the entries that it lists in "
    "translations/{code}/LC_MESSAGES/messages.po, and run it again."
)
PLURAL_FORMS = {"id": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
each_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)


@pytest.fixture(scope="module")
def own() -> Catalog:
    return update.own_messages()


@pytest.fixture(scope="module")
def framework() -> Catalog:
    return update.framework_messages()


def failure(language: Language, what: str, lines: object) -> str:
    return f"{what}: {lines}. {TO_DO.format(code=language.code)}"


def translated(language: Language) -> set[str]:
    """The messages that `language` has words for."""
    return {
        update.name(message)
        for message in update.messages(update.read(language))
        if all(update.forms(message.string)) and not message.fuzzy
    }


def test_every_message_of_ours_is_in_english(own: Catalog) -> None:
    missing = sorted(update.names(own) - translated(ENGLISH))
    assert not missing, failure(ENGLISH, "No English for", missing)


def test_every_message_of_the_frameworks_is_in_indonesian(framework: Catalog) -> None:
    missing = sorted(update.names(framework) - translated(INDONESIAN))
    assert not missing, failure(INDONESIAN, "No Indonesian for", missing)


@each_language
def test_nothing_is_empty_fuzzy_or_broken(language: Language) -> None:
    """Broken: a placeholder, an HTML tag or a blank at an end differs from the source."""
    lines = [
        f"{update.name(message)!r} {fault}"
        for message in update.messages(update.read(language))
        for fault in update.faults(message)
    ]
    assert not lines, failure(language, "Not fit to be shown", lines)


@each_language
def test_no_entry_is_left_over(language: Language, own: Catalog, framework: Catalog) -> None:
    asked = update.names(framework) | (update.names(own) if language is ENGLISH else set())
    left = sorted(update.names(update.read(language)) - asked)
    assert not left, failure(language, "In no source any more", left)


@each_language
def test_header_is_the_one_written_by_hand(language: Language) -> None:
    header = language.path().read_text(encoding="utf-8").partition("\n\n")[0]
    assert f'"Plural-Forms: {PLURAL_FORMS[language.code]}\\n"' in header, failure(
        language, "The plural rule is not the one set in translations/update.py", header
    )
    for varying in ("Date", "Translator", "Team", "@"):
        assert varying not in header, failure(language, "The header names a time or a person", header)


@pytest.mark.parametrize("kind", Labelled.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_code_has_its_word_in_english(kind: type[Labelled]) -> None:
    english = translated(ENGLISH)
    missing = sorted(code.label for code in kind if code.label not in english)
    assert not missing, failure(ENGLISH, f"No English for {kind.__name__}", missing)


@pytest.mark.parametrize("number", [1, 2])
def test_indonesian_plurals_are_indonesian(number: int) -> None:
    """Without the plural rule in the header gettext gives the English text back, and nobody notices."""
    file = BytesIO()
    write_mo(file, update.read(INDONESIAN))
    file.seek(0)
    singular = "Field must be at least %(min)d character long."
    text = GNUTranslations(file).ngettext(singular, "Field must be at least %(min)d characters long.", number)
    assert text.startswith("Isian "), failure(INDONESIAN, "Plural message in English", text)


# The script itself.


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small application that marks a message in every way there is."""
    (tmp_path / "app" / "templates" / "mail").mkdir(parents=True)
    (tmp_path / "app" / "module.py").write_text(
        "N_('satu')\n_('dua')\n_l('tiga')\ngettext('empat')\nlazy_gettext('lima')\n_(variable)\n"
        "ngettext('%(num)s hari', '%(num)s hari', n)\npgettext('menu', 'enam')\nplain('tujuh')\n"
        "field.gettext('sepu' 'luh')\nf'{_(\"sebelas\")}'\n"
    )
    (tmp_path / "app" / "templates" / "page.html").write_text(
        "{{ _('delapan') }}{% trans nama=x %}Halo {{ nama }}{% endtrans %}{{ pgettext('kartu', 'enam') }}"
    )
    (tmp_path / "app" / "templates" / "mail" / "text.txt").write_text("{{ _('sembilan') }}")
    return tmp_path


def test_extraction_finds_every_kind_of_mark(sources: Path) -> None:
    found = update.names(update.own_messages(sources))
    assert found == {
        *("satu", "dua", "tiga", "empat", "lima", "%(num)s hari", "menu | enam", "sepuluh", "sebelas"),
        *("delapan", "Halo %(nama)s", "kartu | enam", "sembilan"),
    }


def test_extraction_refuses_a_template_that_cannot_be_parsed(sources: Path) -> None:
    (sources / "app" / "templates" / "broken.html").write_text("{% if %}{{ _('sepuluh') }}")
    with pytest.raises(TemplateSyntaxError) as refusal:
        update.own_messages(sources)
    assert "broken.html" in str(refusal.value.__notes__)


def test_frameworks_are_read_from_modules_and_templates(framework: Catalog) -> None:
    known = {
        "Invalid login. Please try again.",  # a module of Flask-AppBuilder
        "Are you sure you want to delete this item?",  # a template of Flask-AppBuilder
        "This field cannot be edited.",  # WTForms
        "File does not have an approved extension.",  # Flask-WTF
    }
    assert known <= update.names(framework)


def catalogue(*entries: tuple[str, str]) -> Catalog:
    made = Catalog()
    for source, text in entries:
        made.add(source, text)
    return made


def strings(catalog: Catalog) -> dict[str, object]:
    return {update.name(message): message.string for message in update.messages(catalog)}


def test_update_keeps_adds_and_removes() -> None:
    old = catalogue(("Simpan", "Save"), ("Lama", "Old"), ("Sign In", "LOG IN"), ("Gone", "Gone now"))
    own, framework = (
        catalogue(("Simpan", ""), ("Baru", ""), ("Search", "")),
        catalogue(("Sign In", ""), ("Search", ""), ("Back", "")),
    )
    assert strings(update.updated(ENGLISH, old, own, framework)) == {
        "Simpan": "Save",
        "Baru": "",
        "Search": "Search",  # asked for by a template of ours in place of a framework's
        "Sign In": "LOG IN",  # better English than the framework's own
    }
    assert strings(update.updated(INDONESIAN, catalogue(("Back", "Kembali")), own, framework)) == {
        "Sign In": "",
        "Search": "",
        "Back": "Kembali",
    }


@pytest.mark.parametrize(
    ("source", "text", "ok"),
    [
        ("%(length)s karakter", "%(length)s characters", True),
        ("%(length)s karakter", "%(lenght)s characters", False),
        ("%(min)d karakter", "%(min)s characters", False),
        ("Jenis: {extensions}", "Kinds", False),
        ("Klik <b>Ya</b>", "Click <b>Yes</b>", True),
        ("Klik <b>Ya</b>", "Click Yes", False),
        ("100%% selesai", "100%% finished", True),
        ("Masuk dengan ", "Log in with", False),
        ("Simpan", "", False),
        (("%(num)d file", "%(num)d files"), ("%(num)d berkas",), True),
        (("One file", "%(num)d files"), ("Satu berkas", "%(num)d berkas"), True),
        (("One file", "%(num)d files"), ("Satu berkas",), False),
        (("%(num)d file", "%(num)d files"), ("%(num)d berkas", ""), False),
    ],
)
def test_faults_of_a_translation(source: update.Text, text: update.Text, *, ok: bool) -> None:
    assert (update.faults(Message(source, text)) == []) is ok


def test_a_fuzzy_translation_is_a_fault() -> None:
    assert update.faults(Message("Simpan", "Save", flags=["fuzzy"]))


def test_compiling_writes_what_is_missing_or_older(tmp_path: Path) -> None:
    for language in LANGUAGES:
        source = language.path(tmp_path)
        source.parent.mkdir(parents=True)
        source.write_bytes(update.rendered(language, catalogue(("Simpan", "Save"))))
    targets = [language.path(tmp_path).with_suffix(".mo") for language in LANGUAGES]
    assert update.compile_catalogues(tmp_path) == targets
    with targets[1].open("rb") as file:
        assert GNUTranslations(file).gettext("Simpan") == "Save"
    for target in targets:
        os.utime(target, (2_000_000_000, 2_000_000_000))
    assert update.compile_catalogues(tmp_path) == []
    os.utime(targets[0], (1, 1))
    assert update.compile_catalogues(tmp_path) == targets[:1]
    assert not list(tmp_path.rglob("*.tmp"))


def test_check_lists_what_is_missing_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update.main(["--check"], tmp_path) == 1
    assert "translations/id/LC_MESSAGES/messages.po: 'Save' has no entry" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_update_starts_a_catalogue_and_says_what_to_translate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update.main([], tmp_path) == 0
    assert "translations/id/LC_MESSAGES/messages.po: 'Save' is not translated" in capsys.readouterr().out
    assert update.main(["--check"], tmp_path) == 1


def test_a_second_update_changes_nothing(tmp_path: Path) -> None:
    for language in LANGUAGES:
        target = language.path(tmp_path)
        target.parent.mkdir(parents=True)
        target.write_bytes(language.path().read_bytes())
    update.main([], tmp_path)
    first = [language.path(tmp_path).read_bytes() for language in LANGUAGES]
    update.main([], tmp_path)
    assert [language.path(tmp_path).read_bytes() for language in LANGUAGES] == first
