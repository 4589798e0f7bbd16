"""`flask lapor …`: what an installation's administrator runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from app.extensions import transaction
from app.intake.complaints import import_complaints
from app.intake.seed import seed
from app.views.security.sync import sync_security

group = AppGroup("lapor", help="Commands of LAPOR!.")


@group.command("sync-security")
def sync_security_command() -> None:
    """Make the roles and permissions of a new version; what central admins changed stays."""
    with transaction() as session:
        made = sync_security(session)
    click.echo(f"permissions added: {made.permissions}, roles added: {made.roles}")


@group.command("seed")
def seed_command() -> None:
    """Fill in the root agency, areas, categories, archive reasons and completion targets, once."""
    with transaction() as session:
        for name, number in seed(session, datetime.now(UTC)).items():
            click.echo(f"{name}: {number} added")


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
    result = import_complaints(
        file, datetime.now(UTC), government=agency, regency=regency, transaction=transaction
    )
    for fault in result.faults:
        click.echo(f"line {fault.line}: {fault.reason}", err=True)
    click.echo(f"added: {result.added}, already there: {result.known}, refused: {len(result.faults)}")


def init_app(app: Flask) -> None:
    app.cli.add_command(group)
