"""The search index, words that mean the same, and saved searches.

The index is empty afterwards: `flask lapor reindex` fills it.

Revision: 0010, after 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "search_synonym",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "words", sa.String(length=255), nullable=False, comment="The words, with commas between them"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_synonym")),
        sa.UniqueConstraint("words", name=op.f("uq_search_synonym_words")),
        comment="Words that mean the same in a search",
    )
    op.create_table(
        "saved_search",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose it is"),
        sa.Column("name", sa.String(length=255), nullable=False, comment="What they call it"),
        sa.Column(
            "query",
            sa.String(length=2000),
            nullable=False,
            comment="What stands behind the ? of its address, for nobody else's eyes",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_saved_search_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        comment="Searches that accounts saved",
    )
    op.create_index("uq_saved_search_name", "saved_search", ["user_id", "name"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE report_search (report_id bigint NOT NULL REFERENCES report (id), basis smallint NOT NULL,"
            " tsv tsvector NOT NULL, CONSTRAINT pk_report_search PRIMARY KEY (report_id, basis))"
        )
        op.execute("COMMENT ON TABLE report_search IS 'Search index: the words of each report, by app/search'")
        op.execute("COMMENT ON COLUMN report_search.report_id IS 'The report'")
        op.execute("COMMENT ON COLUMN report_search.basis IS '0 as its agencies read it, 1 as copies do'")
        op.execute("COMMENT ON COLUMN report_search.tsv IS 'Stems with places, and marks that begin with _'")
        # Without a list of what is still to be merged: a search after many changes would read all of it.
        op.execute(
            "CREATE INDEX ix_report_search_tsv ON report_search USING gin (tsv) WITH (fastupdate = off)"
        )
        # By the words of their names, in every search; like the table above it is no part of a model.
        op.execute(
            "CREATE INDEX report_search_agency ON agency USING gin (to_tsvector('simple',"
            " regexp_replace(lower(name || ' ' || alias), '[^[:alnum:]]+', ' ', 'g')))"
        )
    else:
        # rowid: twice the report's key, plus the basis.
        op.execute(
            "CREATE VIRTUAL TABLE report_search USING fts5(title, body, marks, tokenize = \"ascii tokenchars '_'\")"
        )


def downgrade() -> None:
    op.execute("DROP TABLE report_search")
    op.execute("DROP INDEX IF EXISTS report_search_agency")
    op.drop_table("saved_search")
    op.drop_table("search_synonym")
