"""`flask lapor …`: what an installation's administrator runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from werkzeug.security import generate_password_hash

from app.access.account_lookup import by_name
from app.access.actor import SYSTEM, Actor
from app.access.agencies.reorganisations import reorganisations
from app.access.tree import root_id
from app.extensions import db, transaction
from app.intake.complaints import UnreadableFile, import_complaints
from app.intake.seed import seed
from app.jobs import reorganising
from app.jobs.sheet_command import SheetStopped, import_sheet
from app.rules.accounts import passwords
from app.rules.accounts.roles import ROLE_MATRIX, Role
from app.rules.errors import Invalid
from app.rules.zones import Zone
from app.scale.generate import GeneratedSize, GenerationRefused, Generator
from app.search import index
from app.services.accounts import people, people_care
from app.services.accounts.credentials.new_password import put
from app.services.accounts.roles import sync_security
from app.services.agencies import derived_rows
from app.services.agencies.derived_rows import CheckedBatch, check_scope, recompute_deadlines
from app.stats import summaries
from config import Settings

GENERATED_PASSWORD = "Lapor-Skala-2026"
SAMPLE_BATCH = 200
PROGRESS_EVERY = 20_000

group = AppGroup("lapor", help="Commands of LAPOR!.")


@group.command("sync-security")
def sync_security_command() -> None:
    """Make the roles and permissions of a new version; what central admins changed stays."""
    with transaction() as session:
        made = sync_security(session, second_step=current_app.config["LAPOR"].second_step_demanded)
    click.echo(f"permissions added: {made.permissions}, roles added: {made.roles}")


@group.command("seed")
def seed_command() -> None:
    """Fill in the root agency, areas, categories, archive reasons and completion targets, once."""
    with transaction() as session:
        for name, number in seed(session, datetime.now(UTC)).items():
            click.echo(f"{name}: {number} added")


@group.command("create-admin")
@click.argument("email")
@click.option("--name", prompt=True, help="The officer's full name.")
@click.password_option(help="Asked for when it is not given.")
def create_admin_command(email: str, name: str, password: str) -> None:
    """Enter an officer of the root with the role Admin Pusat, able to sign in: the first of all."""
    now = datetime.now(UTC)
    try:
        passwords.check(password, (name, email))
    except Invalid as refused:
        raise click.ClickException(
            f"The password must have at least {passwords.LEAST} characters and not be easy to guess; "
            "four unrelated words will do."
        ) from refused
    try:
        with transaction() as session:
            installer = Actor(
                agency_id=root_id(session),
                at_root=True,
                roles=frozenset({Role.CENTRAL.value}),
                permissions=ROLE_MATRIX[Role.CENTRAL],
            )
            details = people.Details(
                name=name, username=email.split("@", 1)[0], email=email, role=Role.CENTRAL
            )
            account = people.create(session, installer, details, now)
            put(session, account, generate_password_hash(password), now)
    except Invalid as refused:
        said = "; ".join(f"{field}: {message}" for field, message in refused.errors.items())
        raise click.ClickException(said) from refused
    click.echo(f"{email} can sign in now.")


@group.command("reset-second-step")
@click.argument("email")
def reset_second_step_command(email: str) -> None:
    """Mail somebody whose authenticator and recovery codes are lost a link to sign in by password alone.

    For whom no other admin can do it on the page of the account: citizens, and the last central admin.
    The link asks for the password: who runs this gets into no account by it.
    """
    with transaction() as session:
        account = by_name(session, email)
        if account is None:
            raise click.ClickException("No account has this username or e-mail.")
        if not account.totp_nonce:
            raise click.ClickException("This account has no second step.")
        people_care.ask_recovery(session, SYSTEM, account, datetime.now(UTC))
    click.echo(f"A letter with a link is on its way to {email}.")


@group.command("import-complaints")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--agency",
    default="Pemerintah Kota Surabaya",
    show_default=True,
    help="The government that the complaints are for.",
)
@click.option("--regency", default="35.78", show_default=True, help="Kemendagri code of its area.")
def import_complaints_command(file: Path, agency: str, regency: str) -> None:
    """File the rows of a city's complaints (CSV) as unverified reports, each with its own time."""
    try:
        result = import_complaints(
            file, datetime.now(UTC), government=agency, regency=regency, transaction=transaction
        )
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    for fault in result.faults:
        click.echo(f"line {fault.line}: {fault.reason}", err=True)
    click.echo(f"added: {result.added}, already there: {result.known}, refused: {len(result.faults)}")


@group.command("import-ringkas")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--zone",
    type=click.Choice([zone.value for zone in Zone]),
    default=Zone.WIB.value,
    show_default=True,
    help="Of the times in it that name none.",
)
@click.option("--yes", is_flag=True, help="Import it; without this the file is only checked.")
@click.option("--make", is_flag=True, help="Make agencies and categories that are not known.")
@click.option("--skip-faults", is_flag=True, help="Leave out the rows that are wrong.")
@click.option(
    "--results", type=click.Path(dir_okay=False, path_type=Path), help="A CSV of what became of each row."
)
def import_ringkas_command(
    file: Path, zone: str, yes: bool, make: bool, skip_faults: bool, results: Path | None
) -> None:
    """Import the official export, Laporan Ringkas (XLSX): checked whole first, then imported."""
    try:
        import_sheet(
            file, Zone(zone), click.echo, confirmed=yes, make=make, skip_faults=skip_faults, results=results
        )
    except SheetStopped as stopped:
        raise click.ClickException(str(stopped)) from stopped


@group.command("check-scope")
@click.option("--repair", is_flag=True, help="Write the rows anew where they differ.")
@click.option("--sample", type=click.IntRange(min=1), help="Look at this many reports, evenly spread.")
def check_scope_command(repair: bool, sample: int | None) -> None:
    """Compare who sees each report with what the chain, copies, requests and tree say."""
    seen, wrong = 0, 0
    for checked in _sampled(sample, repair) if sample else _all_checked(repair):
        for report_id in checked.wrong:
            click.echo(f"report #{report_id}: {'repaired' if repair else 'differs'}")
        seen, wrong = seen + checked.seen, wrong + len(checked.wrong)
    click.echo(f"reports: {seen}, {'repaired' if repair else 'differing'}: {wrong}")
    if wrong and not repair:
        raise SystemExit(1)


def _all_checked(repair: bool) -> Iterator[CheckedBatch]:
    last: int | None = 0
    while last is not None:
        with transaction() as session:
            checked = check_scope(session, last, repair=repair)
        yield checked
        last = checked.last


def _sampled(number: int, repair: bool) -> Iterator[CheckedBatch]:
    with transaction() as session:
        ids = derived_rows.sample(session, number)
    for first in range(0, len(ids), SAMPLE_BATCH):
        with transaction() as session:
            yield derived_rows.check_sample(session, ids[first : first + SAMPLE_BATCH], repair=repair)


@group.command("reindex")
@click.option("--check", is_flag=True, help="Only compare, and say what differs.")
@click.option("--anew", is_flag=True, help="Begin again, whatever an interrupted run has done.")
@click.option("--batch", type=click.IntRange(min=1), default=index.BATCH, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, 16), default=1, show_default=True, help="More than one on PostgreSQL."
)
def reindex_command(check: bool, anew: bool, batch: int, workers: int) -> None:
    """Make the search index anew; an interrupted run goes on. The desk works on beside it."""
    if check:
        _check_index(batch)
        return
    with transaction() as session:
        done = index.begin(session, datetime.now(UTC), anew=anew)
        last = index.last_key(session)
    if done:
        click.echo(f"going on after report #{done}")
    ranges = [(first, min(first + batch - 1, last)) for first in range(done + 1, last + 1, batch)]
    seen, told, started = 0, 0, monotonic()
    for (_, upper), number in zip(ranges, _indexed(ranges, workers), strict=True):
        with transaction() as session:
            index.note(session, upper)
        seen += number
        if seen - told >= PROGRESS_EVERY:
            told = seen
            click.echo(f"  {seen:,} reports, {seen / (monotonic() - started):,.0f} a second, now at #{upper}")
    with transaction() as session:
        index.end(session, datetime.now(UTC))
    click.echo(f"reports indexed: {seen}, {monotonic() - started:.1f} s")


def _indexed(ranges: Sequence[tuple[int, int]], workers: int) -> Iterator[int]:
    """Index each range; how many reports it had, in order."""
    if workers == 1 or db.engine.dialect.name != "postgresql":
        yield from map(_index_range, ranges)
        return
    # Not forked: connections and locks of this process are no business of theirs.
    with ProcessPoolExecutor(workers, get_context("spawn"), _open_application) as pool:
        yield from pool.map(_index_range, ranges)


def _open_application() -> None:
    """In a process of its own: the application by the environment, as this command has it."""
    from app import create_app

    create_app().app_context().push()


def _index_range(keys: tuple[int, int]) -> int:
    with transaction() as session:
        return index.reindex(session, *keys)


def _check_index(batch: int) -> None:
    last: int | None = 0
    seen, wrong = 0, 0
    while last is not None:
        with transaction() as session:
            checked = index.check(session, last, limit=batch)
        for report_id in checked.wrong:
            click.echo(f"report #{report_id}: differs")
        seen, wrong, last = seen + checked.seen, wrong + len(checked.wrong), checked.last
    click.echo(f"reports: {seen}, differing: {wrong}")
    if wrong:
        raise SystemExit(1)


@group.command("generate")
@click.option("--reports", type=click.IntRange(min=1), required=True, help="How many reports.")
@click.option(
    "--agencies", type=click.IntRange(min=12), required=True, help="How many agencies below the root."
)
@click.option("--seed", type=int, default=3, show_default=True, help="The same seed deals the same lives.")
def generate_command(reports: int, agencies: int, seed: int) -> None:
    """Fill a new database with an invented nation, to measure on; an interrupted run goes on."""
    settings: Settings = current_app.config["LAPOR"]
    if settings.production:
        raise click.ClickException("Not in production: its accounts have a public password.")
    click.echo(f"officers petugas1 and on, password {GENERATED_PASSWORD}; petugas1 sits at the central desk")
    hashed = generate_password_hash(GENERATED_PASSWORD, method=settings.password_method)
    try:
        Generator(db.engine, GeneratedSize(reports, agencies, seed), hashed, click.echo).run()
    except GenerationRefused as refused:
        raise click.ClickException(str(refused)) from refused


@group.command("recompute-deadlines")
def recompute_deadlines_command() -> None:
    """Compute every running deadline anew, after the holidays have changed."""
    now, last, moved = datetime.now(UTC), 0, 0
    while True:
        with transaction() as session:
            checked = recompute_deadlines(session, last, now)
        moved += len(checked.wrong)
        if checked.last is None:
            break
        last = checked.last
    click.echo(f"deadlines moved: {moved}")


@group.command("rebuild-stats")
@click.option("--anew", is_flag=True, help="From the beginning, although a building is under way.")
def rebuild_stats_command(anew: bool) -> None:
    """Count large agencies' monthly summaries anew; an interrupted run goes on where it was.

    The job does the same by itself after an installation or update: this is for who does not want to
    wait, and for whoever doubts the numbers. Meanwhile pages count directly.
    """
    now, started = datetime.now(UTC), monotonic()
    with transaction() as session:
        going_on = summaries.is_building(session) and not anew
        units = summaries.choose_units(session, now, anew=not going_on)
    click.echo(f"agencies with summaries: {units}{', going on' if going_on else ''}")
    months = 0
    while True:
        with transaction() as session:
            month = summaries.build_step(session, now)
        if month is None:
            break
        months += 1
        click.echo(f"{month}  {monotonic() - started:7.1f} s")
    with transaction() as session:
        rows = summaries.size(session)
    click.echo(f"months built: {months}, rows: {rows}, {monotonic() - started:.1f} s")


@group.command("reorganise")
@click.option("--resume", is_flag=True, help="Run batches until every report has followed.")
def reorganise_command(resume: bool) -> None:
    """Moves, mergers and dissolutions of agencies that are planned or under way, and their reports.

    The job does the same by itself, a piece each minute; this is for who does not want to wait. Stop it
    whenever you like: the next run goes on.
    """
    if resume:
        reorganising.resume(datetime.now(UTC), click.echo)
    with transaction() as session:
        found = reorganisations(session, SYSTEM, open_only=True)
        for each in found:
            click.echo(
                f"{each.id}: {each.kind.value} {each.agency_id} -> {each.target_id}, {each.stage.value}"
                f" from {each.effective_at:%Y-%m-%d %H:%M} UTC, {each.done} of {each.reports} reports"
            )
    click.echo(f"open: {len(found)}")


def init_app(app: Flask) -> None:
    app.cli.add_command(group)
