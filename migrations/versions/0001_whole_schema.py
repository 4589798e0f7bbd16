"""The whole schema: Flask-AppBuilder's accounts and roles, every table of LAPOR!, and the search index.

One function a table, with its indexes, in an order in which each table finds those that it refers to. The
search index is empty afterwards: `flask lapor reindex` fills it.

Revision: 0001, the first
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only for a column of type INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# Without a value, NULL and not JSON's null.
JSON_OR_NULL = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    for table in TABLES:
        table()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table.__name__)


def ab_group() -> None:
    op.create_table(
        "ab_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=150), nullable=True),
        sa.Column("description", sa.String(length=512), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_group")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_group_name")),
    )


def ab_permission() -> None:
    op.create_table(
        "ab_permission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_permission")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_permission_name")),
    )


def ab_register_user() -> None:
    op.create_table(
        "ab_register_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("last_name", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=128), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("registration_date", sa.DateTime(), nullable=True),
        sa.Column("registration_hash", sa.String(length=256), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_register_user")),
        sa.UniqueConstraint("email", name=op.f("uq_ab_register_user_email")),
        sa.UniqueConstraint("username", name=op.f("uq_ab_register_user_username")),
    )


def ab_role() -> None:
    op.create_table(
        "ab_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_role")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_role_name")),
    )


def ab_view_menu() -> None:
    op.create_table(
        "ab_view_menu",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_view_menu")),
        sa.UniqueConstraint("name", name=op.f("uq_ab_view_menu_name")),
    )


def agency() -> None:
    op.create_table(
        "agency",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("parent_id", KEY, nullable=True, comment="The agency above; NULL for the root alone"),
        sa.Column("name", sa.String(length=255), nullable=False, comment="Full name, public"),
        sa.Column(
            "alias",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Short name or abbreviation, searched by pickers",
        ),
        sa.Column(
            "email",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Public e-mail of the office",
        ),
        sa.Column(
            "website",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Public address on the web",
        ),
        sa.Column(
            "phone",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Public telephone numbers, as the office writes them",
        ),
        sa.Column(
            "address", sa.String(length=255), server_default="", nullable=False, comment="Postal address"
        ),
        sa.Column(
            "zone",
            sa.Enum(
                "Asia/Jakarta",
                "Asia/Makassar",
                "Asia/Jayapura",
                name="zone",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            server_default="Asia/Jakarta",
            nullable=False,
            comment="Time zone in which its days are counted",
        ),
        sa.Column(
            "active",
            sa.Boolean(),
            server_default=sa.true(),
            nullable=False,
            comment="False: kept for history, offered nowhere",
        ),
        sa.Column("created_at", TIME, nullable=False, comment="When it was entered, UTC"),
        sa.Column(
            "merged_into_id",
            KEY,
            nullable=True,
            comment="The agency that took its place when it was merged or dissolved",
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_agency_has_a_name")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_agency_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["agency.id"], name=op.f("fk_agency_merged_into_id_agency")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["agency.id"], name=op.f("fk_agency_parent_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        comment="Government offices, as a tree below the central desk",
    )
    op.create_index(op.f("ix_agency_name"), "agency", ["name"])
    op.create_index(op.f("ix_agency_parent_id"), "agency", ["parent_id"])
    op.create_index("uq_agency_name_under_parent", "agency", ["parent_id", "name"], unique=True)
    # There is one root: an index over an expression, which is not compared on SQLite and lost when the table is
    # rebuilt there.
    op.create_index(
        "uq_agency_one_root",
        "agency",
        [sa.text("(parent_id IS NULL)")],
        unique=True,
        sqlite_where=sa.text("parent_id IS NULL"),
        postgresql_where=sa.text("parent_id IS NULL"),
    )


def api_client() -> None:
    op.create_table(
        "api_client",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("client_id", sa.String(length=64), nullable=False, comment="Public name, random"),
        sa.Column(
            "name",
            sa.String(length=255),
            nullable=False,
            comment="As people read it, on cards and the consent page",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "android",
                "ios",
                "partner",
                name="clientkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="An app, or a partner's system",
        ),
        sa.Column(
            "scopes",
            JSON,
            server_default=sa.text("'[]'"),
            nullable=False,
            comment="What its tokens may be good for",
        ),
        sa.Column(
            "redirect_uris",
            JSON,
            server_default=sa.text("'[]'"),
            nullable=False,
            comment="Where an app may be called back",
        ),
        sa.Column(
            "secret_hash", sa.String(length=64), nullable=True, comment="SHA-256 of a partner's secret"
        ),
        sa.Column(
            "per_minute",
            sa.Integer(),
            server_default="120",
            nullable=False,
            comment="Calls in a minute; of an app, by account",
        ),
        sa.Column(
            "active",
            sa.Boolean(),
            server_default=sa.true(),
            nullable=False,
            comment="Whether it may call at all",
        ),
        sa.Column("created_at", TIME, nullable=False, comment="When it was entered, UTC"),
        sa.Column("secret_at", TIME, nullable=True, comment="When its present secret was made, UTC"),
        sa.CheckConstraint(
            "(secret_hash IS NOT NULL) = (kind = 'partner')", name=op.f("ck_api_client_partners_have_secrets")
        ),
        sa.CheckConstraint("per_minute > 0", name=op.f("ck_api_client_some_calls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("client_id", name=op.f("uq_api_client_client_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_client_secret_hash")),
        comment="Programs that may call the API (Mitra API)",
    )


def archive_reason() -> None:
    op.create_table(
        "archive_reason",
        sa.Column("code", sa.String(length=32), nullable=False, comment="Stable code"),
        sa.Column(
            "name", sa.String(length=255), nullable=False, comment="Words shown to the reporter, Indonesian"
        ),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order in lists"),
        sa.Column("retired_at", TIME, nullable=True, comment="Since when it is offered no more, UTC"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_archive_reason")),
        comment="Reasons for archiving a report",
    )


def area() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.String(length=16), nullable=False, comment="Kemendagri code with dots"),
        sa.Column("parent_code", sa.String(length=16), nullable=True, comment="The area that it lies in"),
        sa.Column("level", sa.Integer(), nullable=False, comment="1 province, 2 regency or city, 3 district"),
        sa.Column("name", sa.String(length=255), nullable=False, comment="Official name"),
        sa.CheckConstraint(
            "(level = 1) = (parent_code IS NULL)", name=op.f("ck_area_only_provinces_stand_alone")
        ),
        sa.CheckConstraint("level IN (1, 2, 3)", name=op.f("ck_area_level_known")),
        sa.ForeignKeyConstraint(["parent_code"], ["area.code"], name=op.f("fk_area_parent_code_area")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
        comment="Administrative areas; data idn-area-data, ODbL 1.0",
    )
    op.create_index(op.f("ix_area_parent_code"), "area", ["parent_code"])


def category() -> None:
    op.create_table(
        "category",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("parent_id", KEY, nullable=True, comment="The wider topic; NULL for a main one"),
        sa.Column("name", sa.String(length=255), nullable=False, comment="Name on the screen"),
        sa.Column("retired_at", TIME, nullable=True, comment="Since when it is offered no more, UTC"),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_category_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id_category")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        comment="Topics of complaints, as a tree",
    )
    op.create_index(op.f("ix_category_parent_id"), "category", ["parent_id"])
    op.create_index(
        "uq_category_main_name",
        "category",
        ["name"],
        unique=True,
        sqlite_where=sa.text("parent_id IS NULL"),
        postgresql_where=sa.text("parent_id IS NULL"),
    )
    op.create_index("uq_category_name_under_parent", "category", ["parent_id", "name"], unique=True)


def completion_target() -> None:
    op.create_table(
        "completion_target",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "classification",
            sa.Enum(
                "supervised",
                "unsupervised",
                "information",
                "aspiration",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Kind of report",
        ),
        sa.Column("working_days", sa.Integer(), nullable=False, comment="Working days from verification"),
        sa.Column(
            "valid_from", sa.Date(), nullable=False, comment="First date of verification that it holds for"
        ),
        sa.CheckConstraint(
            "working_days BETWEEN 1 AND 1000", name=op.f("ck_completion_target_one_to_1000_days")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_target")),
        comment="Completion targets by classification",
    )
    op.create_index(
        "uq_completion_target_from", "completion_target", ["classification", "valid_from"], unique=True
    )


def job_run() -> None:
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(length=255), nullable=False, comment="Name in the schedule"),
        sa.Column("started_at", TIME, nullable=False, comment="Start of the last run, UTC"),
        sa.Column("ended_at", TIME, nullable=True, comment="End of the last run that succeeded, UTC"),
        sa.Column(
            "result",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="What it did, in numbers",
        ),
        sa.Column(
            "error",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Kind of the last failure",
        ),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_run")),
        comment="Last run of each job",
    )


def one_time_code() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "token_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the token in the address of the page that asks for it",
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "filing",
                "register",
                "password",
                "phone",
                "link",
                name="codepurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What it confirms",
        ),
        sa.Column(
            "email", sa.String(length=255), server_default="", nullable=False, comment="The e-mail, or empty"
        ),
        sa.Column(
            "phone",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="The telephone in E.164 form, or empty",
        ),
        sa.Column(
            "payload",
            JSON,
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="What was typed and waits; emptied when used",
        ),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False, comment="Wrong codes so far"),
        sa.Column("created_at", TIME, nullable=False, comment="When it was asked for, UTC"),
        sa.Column("expires_at", TIME, nullable=False, comment="Not good from then on, UTC"),
        sa.Column("used_at", TIME, nullable=True, comment="When it was right, UTC"),
        sa.Column(
            "result",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Key of what came of it, for a second click",
        ),
        sa.CheckConstraint("(email = '') <> (phone = '')", name=op.f("ck_one_time_code_one_address")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_code_token_hash")),
        comment="Codes that confirm an address, with what waits for the confirmation; swept",
    )
    op.create_index(op.f("ix_one_time_code_expires_at"), "one_time_code", ["expires_at"])


def quiet_phone() -> None:
    op.create_table(
        "quiet_phone",
        sa.Column("phone", sa.String(length=32), nullable=False, comment="In E.164 form"),
        sa.Column("at", TIME, nullable=False, comment="When it asked, UTC"),
        sa.PrimaryKeyConstraint("phone", name=op.f("pk_quiet_phone")),
        comment="Telephones that asked for no more messages",
    )


def search_synonym() -> None:
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


def stat_dirty() -> None:
    op.create_table(
        "stat_dirty",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("month", sa.String(length=7), nullable=False, comment="Month of receipt, YYYY-MM"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stat_dirty")),
        comment="Months whose summaries are to be made anew",
    )
    op.create_index(op.f("ix_stat_dirty_month"), "stat_dirty", ["month"])


def system_setting() -> None:
    op.create_table(
        "system_setting",
        sa.Column("name", sa.String(length=32), nullable=False, comment="Which setting, as in config.py"),
        sa.Column("value", sa.String(length=64), nullable=False, comment="Its value as text"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_system_setting")),
        comment="Settings changed at run time; without a row the environment's holds",
    )


def tries() -> None:
    op.create_table(
        "tries",
        sa.Column(
            "key_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of what is limited and for whom",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="Tries since the window began"),
        sa.Column("since", TIME, nullable=False, comment="When the window began, UTC"),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_tries")),
        comment="Counts of tries for rate limits, by a hash; old rows are swept",
    )
    op.create_index(op.f("ix_tries_since"), "tries", ["since"])


def ab_group_role() -> None:
    op.create_table(
        "ab_group_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["ab_group.id"], name=op.f("fk_ab_group_role_group_id_ab_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["ab_role.id"], name=op.f("fk_ab_group_role_role_id_ab_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_group_role")),
        sa.UniqueConstraint("group_id", "role_id", name=op.f("uq_ab_group_role_group_id_role_id")),
    )
    op.create_index("idx_group_id", "ab_group_role", ["group_id"])
    op.create_index("idx_group_role_id", "ab_group_role", ["role_id"])


def ab_permission_view() -> None:
    op.create_table(
        "ab_permission_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("permission_id", sa.Integer(), nullable=False),
        sa.Column("view_menu_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["permission_id"],
            ["ab_permission.id"],
            name=op.f("fk_ab_permission_view_permission_id_ab_permission"),
        ),
        sa.ForeignKeyConstraint(
            ["view_menu_id"],
            ["ab_view_menu.id"],
            name=op.f("fk_ab_permission_view_view_menu_id_ab_view_menu"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_permission_view")),
        sa.UniqueConstraint(
            "permission_id", "view_menu_id", name=op.f("uq_ab_permission_view_permission_id_view_menu_id")
        ),
    )
    op.create_index("idx_permission_id", "ab_permission_view", ["permission_id"])
    op.create_index("idx_view_menu_id", "ab_permission_view", ["view_menu_id"])


def ab_user() -> None:
    op.create_table(
        "ab_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("last_name", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=128), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("last_login", sa.DateTime(), nullable=True),
        sa.Column("login_count", sa.Integer(), nullable=True),
        sa.Column("fail_login_count", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.DateTime(), nullable=True),
        sa.Column("changed_on", sa.DateTime(), nullable=True),
        sa.Column("created_by_fk", sa.Integer(), nullable=True),
        sa.Column("changed_by_fk", sa.Integer(), nullable=True),
        sa.Column("agency_id", KEY, nullable=True, comment="The officer's agency; NULL for citizens"),
        sa.Column(
            "phone",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="Telephone in E.164 form, or empty",
        ),
        sa.Column(
            "gender",
            sa.Enum("male", "female", name="gender", native_enum=False, create_constraint=True, length=32),
            nullable=True,
            comment="As given at registration",
        ),
        sa.Column("birth_date", sa.Date(), nullable=True, comment="As given at registration"),
        sa.Column(
            "must_change_password",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="True until the first password was replaced",
        ),
        sa.Column(
            "locked_until", TIME, nullable=True, comment="No sign-in before, after too many failures, UTC"
        ),
        sa.Column(
            "session_stamp",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="Renewed to end every session of the account",
        ),
        sa.Column("seen_at", TIME, nullable=True, comment="A request of a session, to a few minutes, UTC"),
        sa.Column(
            "totp_nonce",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="The authenticator's secret is made from it and the installation's; empty without one",
        ),
        sa.Column(
            "totp_step",
            KEY,
            nullable=True,
            comment="Time step of the last code that was taken: none is taken twice",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_ab_user_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["changed_by_fk"], ["ab_user.id"], name=op.f("fk_ab_user_changed_by_fk_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_fk"], ["ab_user.id"], name=op.f("fk_ab_user_created_by_fk_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_user")),
        sa.UniqueConstraint("email", name=op.f("uq_ab_user_email")),
        sa.UniqueConstraint("username", name=op.f("uq_ab_user_username")),
    )
    op.create_index(op.f("ix_ab_user_agency_id"), "ab_user", ["agency_id"])
    op.create_index("ix_ab_user_email_lower", "ab_user", [sa.text("lower(email)")])
    op.create_index("ix_ab_user_username_lower", "ab_user", [sa.text("lower(username)")])


def agency_past_line() -> None:
    op.create_table(
        "agency_past_line",
        sa.Column("agency_id", KEY, nullable=False, comment="An agency that was moved"),
        sa.Column("until", TIME, nullable=False, comment="When its line became another one, UTC"),
        sa.Column("ancestor_id", KEY, nullable=False, comment="An agency above it then, or itself"),
        sa.Column(
            "via_id",
            KEY,
            nullable=False,
            comment="The unit of the ancestor in which it lay then; itself at depth 0",
        ),
        sa.Column("depth", sa.Integer(), nullable=False, comment="Levels between the two then, 0 for itself"),
        sa.Column("since", TIME, nullable=True, comment="When this line began, UTC; NULL: it was the first"),
        sa.CheckConstraint(
            "(depth = 0) = (ancestor_id = agency_id)", name=op.f("ck_agency_past_line_depth_zero_is_itself")
        ),
        sa.CheckConstraint("depth >= 0", name=op.f("ck_agency_past_line_depth_not_negative")),
        sa.CheckConstraint("since < until", name=op.f("ck_agency_past_line_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_past_line_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["agency.id"], name=op.f("fk_agency_past_line_ancestor_id_agency")
        ),
        sa.ForeignKeyConstraint(["via_id"], ["agency.id"], name=op.f("fk_agency_past_line_via_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "until", "ancestor_id", name=op.f("pk_agency_past_line")),
        comment="Lines of ancestors before a move; written once (services/agencies/past_ancestors.py)",
    )
    op.create_index("ix_agency_past_line_ancestor_id", "agency_past_line", ["ancestor_id", "agency_id"])


def agency_tree() -> None:
    op.create_table(
        "agency_tree",
        sa.Column("ancestor_id", KEY, nullable=False, comment="An agency"),
        sa.Column("unit_id", KEY, nullable=False, comment="The same agency or one below it"),
        sa.Column("depth", sa.Integer(), nullable=False, comment="Levels between the two, 0 for itself"),
        sa.Column(
            "since",
            TIME,
            nullable=True,
            comment="When the unit came below the ancestor, UTC; NULL: from the beginning",
        ),
        sa.CheckConstraint(
            "(depth = 0) = (ancestor_id = unit_id)", name=op.f("ck_agency_tree_depth_zero_is_itself")
        ),
        sa.CheckConstraint("depth >= 0", name=op.f("ck_agency_tree_depth_not_negative")),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["agency.id"], name=op.f("fk_agency_tree_ancestor_id_agency")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_agency_tree_unit_id_agency")),
        sa.PrimaryKeyConstraint("ancestor_id", "unit_id", name=op.f("pk_agency_tree")),
        comment="Closure of the agency tree, kept in the transaction that changes it",
    )
    op.create_index("ix_agency_tree_unit_id_depth", "agency_tree", ["unit_id", "depth"])


def day_off() -> None:
    op.create_table(
        "day_off",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("day", sa.Date(), nullable=False, comment="The day"),
        sa.Column("agency_id", KEY, nullable=True, comment="For this agency and those below; NULL for all"),
        sa.Column(
            "name", sa.String(length=255), nullable=False, comment="Name of the holiday, or why work is done"
        ),
        sa.Column(
            "works",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="True: a working day although the calendar frees it",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_day_off_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_off")),
        comment="Additions to and removals from the public holidays",
    )
    op.create_index(op.f("ix_day_off_agency_id"), "day_off", ["agency_id"])
    op.create_index(op.f("ix_day_off_day"), "day_off", ["day"])
    op.create_index("uq_day_off_day_agency", "day_off", ["day", "agency_id"], unique=True)
    op.create_index(
        "uq_day_off_national",
        "day_off",
        ["day"],
        unique=True,
        sqlite_where=sa.text("agency_id IS NULL"),
        postgresql_where=sa.text("agency_id IS NULL"),
    )


def role_demand() -> None:
    op.create_table(
        "role_demand",
        sa.Column("role_id", sa.Integer(), nullable=False, comment="The role"),
        sa.Column(
            "second_step",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Whether its holders must sign in with a second step",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["ab_role.id"], name=op.f("fk_role_demand_role_id_ab_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("role_id", name=op.f("pk_role_demand")),
        comment="What central admins demand of holders of a role",
    )


def stat_month() -> None:
    op.create_table(
        "stat_month",
        sa.Column(
            "agency_id", KEY, autoincrement=False, nullable=False, comment="The agency, with all below it"
        ),
        sa.Column(
            "dim", sa.String(length=32), nullable=False, comment="What is counted (app/stats/parts.py)"
        ),
        sa.Column("month", sa.String(length=7), nullable=False, comment="YYYY-MM in the agency's zone"),
        sa.Column("key", sa.String(length=64), nullable=False, comment="The class within the dimension"),
        sa.Column("n", sa.BigInteger(), nullable=False, comment="How many; minutes in dimensions of sums"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stat_month_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "dim", "month", "key", name=op.f("pk_stat_month")),
        comment="Summaries by agency, dimension, month of receipt and key",
        sqlite_with_rowid=False,
    )


def stat_unit() -> None:
    op.create_table(
        "stat_unit",
        sa.Column("agency_id", KEY, autoincrement=False, nullable=False, comment="The agency"),
        sa.Column(
            "zone",
            sa.Enum(
                "Asia/Jakarta",
                "Asia/Makassar",
                "Asia/Jayapura",
                name="zone",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="In which its months were cut",
        ),
        sa.Column(
            "reports", sa.BigInteger(), nullable=False, comment="Reports in its subtree when last counted"
        ),
        sa.Column("counted_at", TIME, nullable=False, comment="When they were counted, UTC"),
        sa.Column(
            "reached",
            sa.String(length=7),
            nullable=True,
            comment="The month that is to be built next, YYYY-MM; NULL when all are",
        ),
        sa.Column("fresh_at", TIME, nullable=True, comment="Every change up to then is counted, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_stat_unit_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_stat_unit")),
        comment="Agencies whose statistics are read from stat_month",
    )


def ab_api_key() -> None:
    op.create_table(
        "ab_api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("key_hash", sa.String(length=256), nullable=False),
        sa.Column("lookup_hash", sa.String(length=256), nullable=True),
        sa.Column("key_prefix", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.DateTime(), nullable=True),
        sa.Column("expires_on", sa.DateTime(), nullable=True),
        sa.Column("revoked_on", sa.DateTime(), nullable=True),
        sa.Column("last_used_on", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_ab_api_key_user_id_ab_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_api_key")),
        sa.UniqueConstraint("lookup_hash", name=op.f("uq_ab_api_key_lookup_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_ab_api_key_uuid")),
    )
    op.create_index("idx_api_key_lookup_hash", "ab_api_key", ["lookup_hash"], unique=True)
    op.create_index("idx_api_key_prefix", "ab_api_key", ["key_prefix"])
    op.create_index("idx_api_key_user_id", "ab_api_key", ["user_id"])


def ab_permission_view_role() -> None:
    op.create_table(
        "ab_permission_view_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("permission_view_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["permission_view_id"],
            ["ab_permission_view.id"],
            name=op.f("fk_ab_permission_view_role_permission_view_id_ab_permission_view"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["ab_role.id"],
            name=op.f("fk_ab_permission_view_role_role_id_ab_role"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_permission_view_role")),
        sa.UniqueConstraint(
            "permission_view_id",
            "role_id",
            name=op.f("uq_ab_permission_view_role_permission_view_id_role_id"),
        ),
    )
    op.create_index("idx_permission_view_id", "ab_permission_view_role", ["permission_view_id"])
    op.create_index("idx_role_id", "ab_permission_view_role", ["role_id"])


def ab_user_group() -> None:
    op.create_table(
        "ab_user_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["ab_group.id"], name=op.f("fk_ab_user_group_group_id_ab_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_ab_user_group_user_id_ab_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_user_group")),
        sa.UniqueConstraint("user_id", "group_id", name=op.f("uq_ab_user_group_user_id_group_id")),
    )
    op.create_index("idx_user_group_id", "ab_user_group", ["group_id"])
    op.create_index("idx_user_id", "ab_user_group", ["user_id"])


def ab_user_role() -> None:
    op.create_table(
        "ab_user_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["role_id"], ["ab_role.id"], name=op.f("fk_ab_user_role_role_id_ab_role"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_ab_user_role_user_id_ab_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ab_user_role")),
        sa.UniqueConstraint("user_id", "role_id", name=op.f("uq_ab_user_role_user_id_role_id")),
    )


def account_link() -> None:
    op.create_table(
        "account_link",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose link it is"),
        sa.Column(
            "purpose",
            sa.Enum(
                "first_password",
                "password",
                "email",
                "undo",
                "invitation",
                "second_step",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What it is for",
        ),
        sa.Column(
            "nonce",
            sa.String(length=64),
            nullable=False,
            comment="Random; the token is made from it and a secret",
        ),
        sa.Column(
            "stamp",
            sa.String(length=64),
            nullable=False,
            comment="Digest of password, e-mail and status when it was made: it dies with any of them",
        ),
        sa.Column(
            "email",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="The address to be confirmed, or the one to come back",
        ),
        sa.Column(
            "phone",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="Of an undo: the telephone to come back, or empty",
        ),
        sa.Column(
            "totp_nonce",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Of an undo: the second step to come back, or empty",
        ),
        sa.Column("agency_id", KEY, nullable=True, comment="Of an invitation: where to work"),
        sa.Column(
            "role",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Of an invitation: the role's name",
        ),
        sa.Column("inviter_id", sa.Integer(), nullable=True, comment="Of an invitation: who invites"),
        sa.Column(
            "token_hash",
            sa.String(length=64),
            nullable=True,
            comment="SHA-256 of the token; NULL until it was delivered",
        ),
        sa.Column("created_at", TIME, nullable=False, comment="When it was asked for, UTC"),
        sa.Column(
            "expires_at",
            TIME,
            nullable=True,
            comment="Not good from then on, UTC; NULL until it was delivered",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_account_link_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["inviter_id"], ["ab_user.id"], name=op.f("fk_account_link_inviter_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_account_link_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_link_token_hash")),
        comment="One-time links in mails: passwords, addresses, invitations",
    )
    op.create_index(op.f("ix_account_link_agency_id"), "account_link", ["agency_id"])
    op.create_index(op.f("ix_account_link_expires_at"), "account_link", ["expires_at"])
    op.create_index(op.f("ix_account_link_user_id"), "account_link", ["user_id"])


def account_session() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who signed in"),
        sa.Column(
            "token_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the random value by which the cookie names this row",
        ),
        sa.Column(
            "stamp",
            sa.String(length=32),
            nullable=False,
            comment="Digest of password and stamp of the account at sign-in: it dies with either",
        ),
        sa.Column(
            "browser",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Its browser by name, or empty",
        ),
        sa.Column(
            "system",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Its operating system by name, or empty",
        ),
        sa.Column("started_at", TIME, nullable=False, comment="When it was signed in, UTC"),
        sa.Column("seen_at", TIME, nullable=False, comment="Its last request, to a few minutes, UTC"),
        sa.Column("ended_at", TIME, nullable=True, comment="When it was ended, UTC, or NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_account_session_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_session_token_hash")),
        comment="Sessions of accounts at browsers; ended ones are swept",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_account_session_seen_at"), "account_session", ["seen_at"])
    op.create_index("ix_account_session_user", "account_session", ["user_id", "id"])


def api_code() -> None:
    op.create_table(
        "api_code",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("code_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the code"),
        sa.Column("client_id", KEY, nullable=False, comment="Which app"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who said yes"),
        sa.Column("scopes", JSON, nullable=False, comment="To what"),
        sa.Column(
            "redirect_uri", sa.String(length=512), nullable=False, comment="Where the app was called back"
        ),
        sa.Column(
            "challenge",
            sa.String(length=128),
            nullable=False,
            comment="PKCE: SHA-256 of what the app must show",
        ),
        sa.Column(
            "stamp",
            sa.String(length=64),
            nullable=False,
            comment="Of the account's password and stamp: it dies with them",
        ),
        sa.Column("family", sa.String(length=32), nullable=False, comment="Of the tokens that come of it"),
        sa.Column("expires_at", TIME, nullable=False, comment="Not good then, UTC"),
        sa.Column("used_at", TIME, nullable=True, comment="When it was exchanged, UTC"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_api_code_client_id_api_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_api_code_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_api_code_code_hash")),
        sa.UniqueConstraint("family", name=op.f("uq_api_code_family")),
        comment="Authorization codes that wait to be exchanged, some minutes",
    )
    op.create_index(op.f("ix_api_code_client_id"), "api_code", ["client_id"])
    op.create_index(op.f("ix_api_code_expires_at"), "api_code", ["expires_at"])
    op.create_index(op.f("ix_api_code_user_id"), "api_code", ["user_id"])


def api_token() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("access_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the access token"),
        sa.Column(
            "refresh_hash", sa.String(length=64), nullable=True, comment="SHA-256 of the refresh token"
        ),
        sa.Column("family", sa.String(length=32), nullable=False, comment="All that came of one consent"),
        sa.Column("client_id", KEY, nullable=False, comment="Whose it is"),
        sa.Column(
            "user_id", sa.Integer(), nullable=True, comment="For whom it acts; NULL for a partner itself"
        ),
        sa.Column("scopes", JSON, nullable=False, comment="What it is good for"),
        sa.Column(
            "stamp",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Of the account's password and stamp: it dies with them",
        ),
        sa.Column("created_at", TIME, nullable=False, comment="When it was given out, UTC"),
        sa.Column("expires_at", TIME, nullable=False, comment="When the access token ends, UTC"),
        sa.Column(
            "ends_at",
            TIME,
            nullable=False,
            comment="When the refresh token ends too, and the row may go, UTC",
        ),
        sa.Column("refreshed_at", TIME, nullable=True, comment="When the refresh token was used, UTC"),
        sa.Column("revoked_at", TIME, nullable=True, comment="When it was taken back, UTC"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_api_token_client_id_api_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_api_token_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("access_hash", name=op.f("uq_api_token_access_hash")),
        sa.UniqueConstraint("refresh_hash", name=op.f("uq_api_token_refresh_hash")),
        comment="Tokens of the API, as hashes; old rows are swept",
    )
    op.create_index(op.f("ix_api_token_client_id"), "api_token", ["client_id"])
    op.create_index(op.f("ix_api_token_ends_at"), "api_token", ["ends_at"])
    op.create_index(op.f("ix_api_token_family"), "api_token", ["family"])
    op.create_index(op.f("ix_api_token_user_id"), "api_token", ["user_id"])


def audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.Column("user_id", sa.Integer(), nullable=True, comment="Who; NULL for the system and guests"),
        sa.Column("agency_id", KEY, nullable=True, comment="Their agency at the time"),
        sa.Column("action", sa.String(length=64), nullable=False, comment="What was done, a stable code"),
        sa.Column(
            "object_kind", sa.String(length=32), nullable=False, comment="What kind of thing it was done to"
        ),
        sa.Column("object_id", KEY, nullable=True, comment="Key of that thing, which may be gone"),
        sa.Column(
            "data",
            JSON,
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Keys and codes of what changed",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_audit_log_agency_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_audit_log_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
        comment="Changes of accounts, roles and settings, append-only",
    )
    op.create_index(op.f("ix_audit_log_at"), "audit_log", ["at"])
    op.create_index("ix_audit_log_object_kind_object_id_at", "audit_log", ["object_kind", "object_id", "at"])
    op.create_index(op.f("ix_audit_log_user_id"), "audit_log", ["user_id"])


def digest_mute() -> None:
    op.create_table(
        "digest_mute",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("agency_id", KEY, nullable=True, comment="For all its officers; NULL for one person"),
        sa.Column("user_id", sa.Integer(), nullable=True, comment="For this person; NULL for an agency"),
        sa.Column(
            "digest",
            sa.Enum("weekly", "daily", name="digest", native_enum=False, create_constraint=True, length=32),
            nullable=False,
            comment="Which one",
        ),
        sa.Column("at", TIME, nullable=False, comment="Since when, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_digest_mute_agency_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_digest_mute_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_mute")),
        comment="Digests that are not sent, for an agency or for one person",
    )
    op.create_index(
        "uq_digest_mute_agency",
        "digest_mute",
        ["agency_id", "digest"],
        unique=True,
        sqlite_where=sa.text("user_id IS NULL"),
        postgresql_where=sa.text("user_id IS NULL"),
    )
    op.create_index("uq_digest_mute_user", "digest_mute", ["user_id", "digest"], unique=True)


def export() -> None:
    op.create_table(
        "export",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who asked, and alone may take it"),
        sa.Column(
            "agency_id", KEY, nullable=False, comment="Their agency then; in another one they do not get it"
        ),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="What is in it, a stable code"),
        sa.Column(
            "form",
            sa.Enum(
                "csv", "xlsx", "pdf", name="exportform", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
            comment="The kind of file",
        ),
        sa.Column(
            "file_name", sa.String(length=255), nullable=False, comment="The name that it is saved under"
        ),
        sa.Column(
            "selection",
            JSON,
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="What was asked for; emptied when it is gone",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "failed",
                "gone",
                name="exportstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Where it stands",
        ),
        sa.Column(
            "fault",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Why there is no file, in words to be translated",
        ),
        sa.Column("rows", sa.Integer(), server_default="0", nullable=False, comment="Rows that are written"),
        sa.Column(
            "stored_name",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Random name in the storage, or empty",
        ),
        sa.Column("created_at", TIME, nullable=False, comment="When it was asked for, UTC"),
        sa.Column(
            "attempt",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="How often it was begun: tells two workers apart",
        ),
        sa.Column("claimed_until", TIME, nullable=True, comment="A worker writes it until then, UTC"),
        sa.Column("expires_at", TIME, nullable=True, comment="When the file is deleted, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_export_agency_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_export_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        comment="Files that a job makes for somebody to take away",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_export_state", "export", ["state", "id"])
    op.create_index("ix_export_user", "export", ["user_id", "id"])


def failed_sign_in() -> None:
    op.create_table(
        "failed_sign_in",
        sa.Column("day", sa.Date(), nullable=False, comment="The day, in WIB"),
        sa.Column(
            "place_hash",
            sa.String(length=64),
            nullable=False,
            comment="Keyed hash of the place that it came from",
        ),
        sa.Column(
            "name_hash", sa.String(length=64), nullable=False, comment="Keyed hash of the name that was typed"
        ),
        sa.Column(
            "user_id", sa.Integer(), nullable=True, comment="Whose name it is; NULL when nobody has it"
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="Failures on that day"),
        sa.Column("told", sa.Integer(), nullable=False, comment="How many of them the owner was told of"),
        sa.Column("told_at", TIME, nullable=True, comment="When the owner was told last, UTC"),
        sa.Column("first_at", TIME, nullable=False, comment="The first of them, UTC"),
        sa.Column("last_at", TIME, nullable=False, comment="The last of them, UTC"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_failed_sign_in_user_id_ab_user")),
        sa.PrimaryKeyConstraint("day", "place_hash", "name_hash", name=op.f("pk_failed_sign_in")),
        comment="Failed tries at signing in by day, name and place, as keyed hashes; swept",
    )
    op.create_index("ix_failed_sign_in_last_at", "failed_sign_in", ["last_at"])
    op.create_index("ix_failed_sign_in_user_id", "failed_sign_in", ["user_id"])


def former_address() -> None:
    op.create_table(
        "former_address",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose it was"),
        sa.Column(
            "email", sa.String(length=255), server_default="", nullable=False, comment="E-mail, or empty"
        ),
        sa.Column(
            "phone",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="Telephone in E.164 form, or empty",
        ),
        sa.Column("until", TIME, nullable=False, comment="When another came, UTC"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_former_address_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_address")),
        comment="Addresses that accounts had before, emptied after a month",
    )
    op.create_index(op.f("ix_former_address_until"), "former_address", ["until"])
    op.create_index(op.f("ix_former_address_user_id"), "former_address", ["user_id"])


def idempotency_key() -> None:
    op.create_table(
        "idempotency_key",
        sa.Column("key", sa.String(length=64), nullable=False, comment="Random key of the form or call"),
        sa.Column("user_id", sa.Integer(), nullable=True, comment="Whose it was"),
        sa.Column("purpose", sa.String(length=255), nullable=False, comment="What was done with it"),
        sa.Column(
            "result",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Key of what came of it",
        ),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_idempotency_key_user_id_ab_user")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency_key")),
        comment="Keys of forms and calls that were carried out",
    )
    op.create_index(op.f("ix_idempotency_key_at"), "idempotency_key", ["at"])


def notification_digest() -> None:
    op.create_table(
        "notification_digest",
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose mail it is"),
        sa.Column("upto_id", KEY, nullable=False, comment="The last notification that it looked at"),
        sa.Column(
            "sent_on", sa.Date(), nullable=False, comment="The day, in the zone of the reader's agency"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_notification_digest_user_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notification_digest")),
        comment="The last daily mail of each reader",
    )


def notification_setting() -> None:
    op.create_table(
        "notification_setting",
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose choice it is"),
        sa.Column(
            "kinds",
            sa.Enum(
                "dispositions",
                "reporter",
                "comments",
                "requests",
                "states",
                "deadlines",
                "account",
                name="group",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="The kinds",
        ),
        sa.Column(
            "mailing",
            sa.Enum(
                "at_once",
                "daily",
                "never",
                name="mailing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="At once, daily, or never",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ab_user.id"], name=op.f("fk_notification_setting_user_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("user_id", "kinds", name=op.f("pk_notification_setting")),
        comment="Mails about notifications, as their readers chose",
    )


def post() -> None:
    op.create_table(
        "post",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("agency_id", KEY, nullable=False, comment="The agency that writes"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Its officer, shown to that agency alone"),
        sa.Column(
            "title", sa.String(length=255), server_default="", nullable=False, comment="Judul Pesan, or empty"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="Isi Pesan"),
        sa.Column(
            "to_all",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="An announcement to all agencies below",
        ),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_post_agency_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_post_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        comment="Texts of messages between agencies",
    )
    op.create_index(
        "ix_post_broadcast",
        "post",
        ["agency_id", "id"],
        sqlite_where=sa.text("to_all = 1"),
        postgresql_where=sa.text("to_all"),
    )


def recovery_code() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Whose code it is"),
        sa.Column("code_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the code"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_recovery_code_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        comment="Unused recovery codes of the second step, as hashes",
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"])


def reorganisation() -> None:
    op.create_table(
        "reorganisation",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "kind",
            sa.Enum(
                "move", "merge", "dissolve", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
            comment="Moved, merged or dissolved",
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "planned",
                "running",
                "done",
                "cancelled",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Where it stands",
        ),
        sa.Column("agency_id", KEY, nullable=False, comment="The agency that it is about"),
        sa.Column(
            "target_id", KEY, nullable=False, comment="The new parent, or the agency that takes its place"
        ),
        sa.Column("former_parent_id", KEY, nullable=True, comment="What it lay below when it took effect"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who asked for it"),
        sa.Column("by_agency_id", KEY, nullable=False, comment="Their agency then"),
        sa.Column("asked_at", TIME, nullable=False, comment="When it was asked for, UTC"),
        sa.Column("effective_at", TIME, nullable=False, comment="From when on it holds, UTC"),
        sa.Column(
            "began_at", TIME, nullable=True, comment="When the tree was changed, UTC; NULL: it was not"
        ),
        sa.Column(
            "ended_at",
            TIME,
            nullable=True,
            comment="When its last report had followed, or it was cancelled, UTC",
        ),
        sa.Column(
            "units",
            JSON,
            server_default=sa.text("'[]'"),
            nullable=False,
            comment="Keys of the agencies that got other agencies above them, each with what lies below it",
        ),
        sa.Column(
            "reports",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Reports that it concerned when it took effect",
        ),
        sa.Column(
            "done", sa.Integer(), server_default="0", nullable=False, comment="Reports that have followed"
        ),
        sa.Column(
            "reached",
            KEY,
            server_default="0",
            nullable=False,
            comment="The last report that has followed: batches go on after it",
        ),
        sa.Column(
            "fault",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="Why it could not take effect, in words to be translated",
        ),
        sa.CheckConstraint(
            "(began_at IS NOT NULL) OR stage IN ('planned', 'cancelled')",
            name=op.f("ck_reorganisation_began_when_running"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (stage IN ('planned', 'running'))",
            name=op.f("ck_reorganisation_ended_when_ended"),
        ),
        sa.CheckConstraint("agency_id <> target_id", name=op.f("ck_reorganisation_two_agencies")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_reorganisation_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["by_agency_id"], ["agency.id"], name=op.f("fk_reorganisation_by_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["former_parent_id"], ["agency.id"], name=op.f("fk_reorganisation_former_parent_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["agency.id"], name=op.f("fk_reorganisation_target_id_agency")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_reorganisation_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")),
        comment="Moves, mergers and dissolutions of agencies",
    )
    op.create_index("ix_reorganisation_stage", "reorganisation", ["stage", "effective_at"])
    op.create_index(
        "uq_reorganisation_one_open",
        "reorganisation",
        ["agency_id"],
        unique=True,
        sqlite_where=sa.text("stage IN ('planned', 'running')"),
        postgresql_where=sa.text("stage IN ('planned', 'running')"),
    )


def reporter() -> None:
    op.create_table(
        "reporter",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=True, comment="Their account, if they have one"),
        sa.Column("name", sa.String(length=255), server_default="", nullable=False, comment="Name as given"),
        sa.Column(
            "email",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="E-mail in lower case, or empty",
        ),
        sa.Column(
            "phone",
            sa.String(length=32),
            server_default="",
            nullable=False,
            comment="Telephone in E.164 form, or empty",
        ),
        sa.Column(
            "notify_by",
            sa.Enum(
                "email", "sms", "none", name="notifyby", native_enum=False, create_constraint=True, length=32
            ),
            server_default="email",
            nullable=False,
            comment="How they want to be told of their reports",
        ),
        sa.Column("created_at", TIME, nullable=False, comment="When first seen, UTC"),
        sa.Column("erased_at", TIME, nullable=True, comment="When the person was erased, UTC"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_reporter_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
        sa.UniqueConstraint("user_id", name=op.f("uq_reporter_user_id")),
        comment="Identity of reporters, erasable, never joined for an anonymous report",
    )
    op.create_index(op.f("ix_reporter_phone"), "reporter", ["phone"])


def saved_search() -> None:
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
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_saved_search_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        comment="Searches that accounts saved",
    )
    op.create_index("uq_saved_search_name", "saved_search", ["user_id", "name"], unique=True)


def sheet_import() -> None:
    op.create_table(
        "sheet_import",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("file_name", sa.String(length=255), nullable=False, comment="Name as the sender gave it"),
        sa.Column(
            "stored_name",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Where the file lies until it is checked, or empty",
        ),
        sa.Column(
            "zone",
            sa.Enum(
                "Asia/Jakarta",
                "Asia/Makassar",
                "Asia/Jayapura",
                name="zone",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Zone of the times in it that name none",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "checking",
                "ready",
                "importing",
                "done",
                "refused",
                "cancelled",
                name="sheetstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Where it stands",
        ),
        sa.Column("user_id", sa.Integer(), nullable=True, comment="Who brought it; NULL for the command"),
        sa.Column("created_at", TIME, nullable=False, comment="When it was brought, UTC"),
        sa.Column(
            "attempt",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="How often its check was begun: tells two workers apart",
        ),
        sa.Column("claimed_until", TIME, nullable=True, comment="A worker checks it until then, UTC"),
        sa.Column(
            "generated_at", TIME, nullable=True, comment="When the file was made, as it says itself, UTC"
        ),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False, comment="Rows that were read"),
        sa.Column(
            "imported", sa.Integer(), server_default="0", nullable=False, comment="Rows that became reports"
        ),
        sa.Column(
            "known", sa.Integer(), server_default="0", nullable=False, comment="Rows that were there already"
        ),
        sa.Column(
            "refused", sa.Integer(), server_default="0", nullable=False, comment="Rows that were refused"
        ),
        sa.Column(
            "summary",
            JSON,
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="How many rows of each status",
        ),
        sa.Column("fault", JSON_OR_NULL, nullable=True, comment="Why the file was refused, with the cell"),
        sa.Column(
            "skip_faults",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Confirmed although some rows are refused",
        ),
        sa.Column("confirmed_at", TIME, nullable=True, comment="When it was confirmed, UTC"),
        sa.Column("ended_at", TIME, nullable=True, comment="When it was done, refused or cancelled, UTC"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_sheet_import_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
        comment="Imports of Laporan Ringkas",
    )
    op.create_index(op.f("ix_sheet_import_state"), "sheet_import", ["state"])


def broadcast_mark() -> None:
    op.create_table(
        "broadcast_mark",
        sa.Column("agency_id", KEY, nullable=False, comment="The agency"),
        sa.Column("upto_id", KEY, nullable=False, comment="The newest announcement that was read"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who marked it"),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_broadcast_mark_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["upto_id"], ["post.id"], name=op.f("fk_broadcast_mark_upto_id_post")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_broadcast_mark_user_id_ab_user")),
        sa.PrimaryKeyConstraint("agency_id", "upto_id", name=op.f("pk_broadcast_mark")),
        comment="How far agencies have read the announcements from above",
    )


def conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("from_agency_id", KEY, nullable=False, comment="Who began it"),
        sa.Column("to_agency_id", KEY, nullable=False, comment="Whom it was sent to"),
        sa.Column("opening_id", KEY, nullable=False, comment="The post that began it"),
        sa.Column(
            "announcement",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Takes no answer",
        ),
        sa.CheckConstraint("from_agency_id <> to_agency_id", name=op.f("ck_conversation_two_agencies")),
        sa.ForeignKeyConstraint(
            ["from_agency_id"], ["agency.id"], name=op.f("fk_conversation_from_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["opening_id"], ["post.id"], name=op.f("fk_conversation_opening_id_post")),
        sa.ForeignKeyConstraint(
            ["to_agency_id"], ["agency.id"], name=op.f("fk_conversation_to_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        comment="Conversations between two agencies",
    )


def report() -> None:
    op.create_table(
        "report",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "version",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="Rises with each change; a stale form is refused by it",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "unverified",
                "incomplete",
                "waiting",
                "in_progress",
                "closed",
                "archived",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Where it is in its life (rules/reports/workflow.py)",
        ),
        sa.Column(
            "held",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Auto-close stands still",
        ),
        sa.Column("received_at", TIME, nullable=False, comment="When it reached LAPOR!, UTC"),
        sa.Column(
            "source",
            sa.Enum(
                "website",
                "android",
                "ios",
                "sms",
                "whatsapp",
                "instagram",
                "facebook",
                "x",
                "hotline",
                "call_center",
                "email",
                "face_to_face",
                "letter",
                "subsite",
                "partner",
                "import",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="The channel by which it came",
        ),
        sa.Column("client_id", KEY, nullable=True, comment="The program that sent it by the API"),
        sa.Column("reporter_id", KEY, nullable=True, comment="Who sent it"),
        sa.Column(
            "is_anonymous",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Anonim: identity hidden from the public and the agencies",
        ),
        sa.Column(
            "is_secret",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Rahasia: not shown to the public",
        ),
        sa.Column(
            "link_hash", sa.String(length=64), nullable=True, comment="SHA-256 of the secret link's token"
        ),
        sa.Column(
            "link_round",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="How often its secret link was ended: each is made from this count",
        ),
        sa.Column(
            "original_title",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="As the reporter wrote it, never changed",
        ),
        sa.Column(
            "original_text", sa.Text(), nullable=False, comment="As the reporter wrote it, never changed"
        ),
        sa.Column(
            "title",
            sa.String(length=255),
            server_default="",
            nullable=False,
            comment="As edited by the central desk",
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="As edited by the central desk"),
        sa.Column(
            "mask_choices",
            JSON_OR_NULL,
            nullable=True,
            comment="The choices that hold, [words, hidden] each (mask_choice), for every reader",
        ),
        sa.Column(
            "classification",
            sa.Enum(
                "supervised",
                "unsupervised",
                "information",
                "aspiration",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="Set at verification",
        ),
        sa.Column("category_id", KEY, nullable=True, comment="Topic"),
        sa.Column("area_code", sa.String(length=16), nullable=True, comment="Smallest known area"),
        sa.Column(
            "location", sa.String(length=255), server_default="", nullable=False, comment="Place in words"
        ),
        sa.Column(
            "suggested_agency_id", KEY, nullable=True, comment="The agency that the reporter or channel named"
        ),
        sa.Column("holder_id", KEY, nullable=False, comment="Top of the chain; the agency that holds it"),
        sa.Column("verified_at", TIME, nullable=True, comment="Last verification, UTC"),
        sa.Column("first_follow_up_at", TIME, nullable=True, comment="First follow-up of any agency, UTC"),
        sa.Column("last_follow_up_at", TIME, nullable=True, comment="Last follow-up of any agency, UTC"),
        sa.Column("last_reply_at", TIME, nullable=True, comment="Last reply of the reporter, UTC"),
        sa.Column(
            "reply_unanswered",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="The reporter wrote last",
        ),
        sa.Column(
            "clock_kind",
            sa.Enum(
                "verification",
                "details",
                "follow_up",
                "auto_close",
                "target",
                name="clock",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="The running clock (report_clock), cached",
        ),
        sa.Column("clock_due_at", TIME, nullable=True, comment="When the running clock runs out, UTC"),
        sa.Column("ended_at", TIME, nullable=True, comment="When closed or archived, UTC"),
        sa.Column(
            "ended_by",
            sa.Enum(
                "system",
                "admin",
                "reporter",
                name="endedby",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="Who closed or archived it",
        ),
        sa.Column("archive_reason", sa.String(length=32), nullable=True, comment="Why it was archived"),
        sa.Column(
            "follow_up_count",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Follow-ups, for the card",
        ),
        sa.Column(
            "comment_count",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Comments, for the card",
        ),
        sa.Column("rating", sa.Integer(), nullable=True, comment="The reporter's rating, 1 to 5"),
        sa.Column(
            "recorder_agency_id", KEY, nullable=True, comment="The agency that typed it in for the reporter"
        ),
        sa.Column("recorder_user_id", sa.Integer(), nullable=True, comment="The officer who typed it in"),
        sa.Column(
            "external_source",
            sa.String(length=255),
            nullable=True,
            comment="The file or system that it was imported from",
        ),
        sa.Column("external_id", sa.String(length=255), nullable=True, comment="Its id there"),
        sa.CheckConstraint(
            "(archive_reason IS NULL) = (state <> 'archived')", name=op.f("ck_report_archived_with_reason")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state NOT IN ('closed', 'archived'))",
            name=op.f("ck_report_ended_when_ended"),
        ),
        sa.CheckConstraint("NOT held OR state = 'in_progress'", name=op.f("ck_report_held_only_in_progress")),
        sa.CheckConstraint(
            "clock_kind <> 'auto_close' OR (state = 'in_progress' AND NOT held)",
            name=op.f("ck_report_auto_close_only_in_progress"),
        ),
        sa.CheckConstraint(
            "clock_kind <> 'details' OR state = 'incomplete'", name=op.f("ck_report_details_only_incomplete")
        ),
        sa.CheckConstraint(
            "state NOT IN ('waiting', 'in_progress') OR (classification IS NOT NULL AND category_id IS NOT NULL AND verified_at IS NOT NULL)",
            name=op.f("ck_report_verified_completely"),
        ),
        sa.CheckConstraint(
            "(clock_kind IS NULL) = (clock_due_at IS NULL)", name=op.f("ck_report_clock_has_due_time")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_report_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "(external_source IS NULL) = (external_id IS NULL)",
            name=op.f("ck_report_external_id_with_source"),
        ),
        sa.CheckConstraint(
            "rating IS NULL OR rating BETWEEN 1 AND 5", name=op.f("ck_report_rating_one_to_five")
        ),
        sa.ForeignKeyConstraint(
            ["archive_reason"], ["archive_reason.code"], name=op.f("fk_report_archive_reason_archive_reason")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_report_area_code_area")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_report_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_report_client_id_api_client")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["agency.id"], name=op.f("fk_report_holder_id_agency")),
        sa.ForeignKeyConstraint(
            ["recorder_agency_id"], ["agency.id"], name=op.f("fk_report_recorder_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_user_id"], ["ab_user.id"], name=op.f("fk_report_recorder_user_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["reporter.id"], name=op.f("fk_report_reporter_id_reporter")
        ),
        sa.ForeignKeyConstraint(
            ["suggested_agency_id"], ["agency.id"], name=op.f("fk_report_suggested_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_report_link_hash")),
        comment="Complaints; the key is the tracking number",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_area_received", "report", ["area_code", "received_at"])
    op.create_index("ix_report_category_received", "report", ["category_id", "received_at"])
    op.create_index(
        "ix_report_expiring",
        "report",
        ["clock_kind", "clock_due_at"],
        sqlite_where=sa.text("clock_kind IN ('auto_close', 'details')"),
        postgresql_where=sa.text("clock_kind IN ('auto_close', 'details')"),
    )
    op.create_index("ix_report_holder", "report", ["holder_id", "state", "received_at", "id"])
    op.create_index(op.f("ix_report_received_at"), "report", ["received_at"])
    op.create_index("ix_report_reporter", "report", ["reporter_id", "id"])
    op.create_index("uq_report_external", "report", ["external_source", "external_id"], unique=True)


def sheet_name() -> None:
    op.create_table(
        "sheet_name",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("import_id", KEY, nullable=False, comment="The file"),
        sa.Column(
            "kind",
            sa.Enum(
                "agency",
                "category",
                "area",
                name="namekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What is named",
        ),
        sa.Column(
            "parent",
            sa.String(length=255),
            nullable=False,
            comment="The agency above it in the file, or empty",
        ),
        sa.Column("name", sa.String(length=255), nullable=False, comment="The name in the file"),
        sa.Column("rows", sa.Integer(), nullable=False, comment="In how many rows it stands"),
        sa.Column(
            "target_id",
            KEY,
            nullable=True,
            comment="Key of the agency or category that it stands for; NULL while nobody knows",
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["sheet_import.id"], name=op.f("fk_sheet_name_import_id_sheet_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_name")),
        comment="Names in imported files, matched, mapped or to be made",
    )
    op.create_index("uq_sheet_name_name", "sheet_name", ["import_id", "kind", "parent", "name"], unique=True)


def unsent_form() -> None:
    op.create_table(
        "unsent_form",
        sa.Column(
            "session_id",
            KEY,
            nullable=False,
            comment="The session that had ended: it keeps one form, the latest",
        ),
        sa.Column(
            "path", sa.String(length=2048), nullable=False, comment="Where it was sent to, on this site"
        ),
        sa.Column(
            "fields", JSON, nullable=False, comment="Pairs of field and value; never a password or code"
        ),
        sa.Column(
            "files", sa.Integer(), nullable=False, comment="How many files came with it, which are not kept"
        ),
        sa.Column("kept_at", TIME, nullable=False, comment="When it arrived, UTC"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["account_session.id"],
            name=op.f("fk_unsent_form_session_id_account_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_unsent_form")),
        comment="Forms that came after the end of their session; swept after a day",
    )
    op.create_index(op.f("ix_unsent_form_kept_at"), "unsent_form", ["kept_at"])


def conversation_side() -> None:
    op.create_table(
        "conversation_side",
        sa.Column("conversation_id", KEY, nullable=False, comment="The conversation"),
        sa.Column("agency_id", KEY, nullable=False, comment="One of its two agencies"),
        sa.Column("last_post_id", KEY, nullable=False, comment="Its newest post"),
        sa.Column(
            "unread",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Nobody of the agency has marked the newest as read",
        ),
        sa.Column("read_user_id", sa.Integer(), nullable=True, comment="Who marked it as read last"),
        sa.Column("read_at", TIME, nullable=True, comment="When, UTC"),
        sa.CheckConstraint(
            "(read_at IS NULL) = (read_user_id IS NULL)", name=op.f("ck_conversation_side_read_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_conversation_side_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_conversation_side_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["last_post_id"], ["post.id"], name=op.f("fk_conversation_side_last_post_id_post")
        ),
        sa.ForeignKeyConstraint(
            ["read_user_id"], ["ab_user.id"], name=op.f("fk_conversation_side_read_user_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "agency_id", name=op.f("pk_conversation_side")),
        comment="The two sides of each conversation",
    )
    op.create_index(
        "ix_conversation_side_newest", "conversation_side", ["agency_id", "last_post_id", "conversation_id"]
    )
    op.create_index(
        "ix_conversation_side_unread",
        "conversation_side",
        ["agency_id"],
        sqlite_where=sa.text("unread = 1"),
        postgresql_where=sa.text("unread"),
    )


def disposition() -> None:
    op.create_table(
        "disposition",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Number within the report, from 1"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Height in the stack; 0 is the root"),
        sa.Column("agency_id", KEY, nullable=False, comment="The agency that received it"),
        sa.Column("from_agency_id", KEY, nullable=True, comment="The agency that gave it"),
        sa.Column("at", TIME, nullable=False, comment="Since when, UTC"),
        sa.Column(
            "by_user_id", sa.Integer(), nullable=True, comment="The officer who gave it; NULL for the system"
        ),
        sa.Column("ended_at", TIME, nullable=True, comment="When it left the chain, UTC"),
        sa.Column("end_action", sa.String(length=32), nullable=True, comment="The move that took it away"),
        sa.Column(
            "went_to_agency_id",
            KEY,
            nullable=True,
            comment="Where it went then, for the former holder's note",
        ),
        sa.CheckConstraint(
            "(position = 0) = (from_agency_id IS NULL)",
            name=op.f("ck_disposition_only_the_root_has_no_giver"),
        ),
        sa.CheckConstraint("position >= 0", name=op.f("ck_disposition_position_not_negative")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_disposition_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["ab_user.id"], name=op.f("fk_disposition_by_user_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["from_agency_id"], ["agency.id"], name=op.f("fk_disposition_from_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_disposition_report_id_report")),
        sa.ForeignKeyConstraint(
            ["went_to_agency_id"], ["agency.id"], name=op.f("fk_disposition_went_to_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
        comment="The chain of holders of each report, past and present",
    )
    op.create_index(op.f("ix_disposition_agency_id"), "disposition", ["agency_id"])
    op.create_index(
        "uq_disposition_live_agency",
        "disposition",
        ["report_id", "agency_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_disposition_live_position",
        "disposition",
        ["report_id", "position"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("uq_disposition_seq", "disposition", ["report_id", "seq"], unique=True)


def event() -> None:
    op.create_table(
        "event",
        sa.Column("report_id", KEY, autoincrement=False, nullable=False, comment="The report"),
        sa.Column(
            "seq",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Number within the report, from 1",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "verified",
                "details_asked",
                "completed",
                "archived",
                "restored",
                "corrected",
                "forwarded",
                "redirected",
                "followed_up",
                "replied",
                "handed_back",
                "held",
                "released",
                "closed",
                "auto_closed",
                "reopened",
                "commented",
                "requested",
                "request_accepted",
                "request_rejected",
                "request_withdrawn",
                "request_voided",
                "reorganised",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What happened",
        ),
        sa.Column(
            "schema_version", sa.Integer(), server_default="1", nullable=False, comment="Shape of `data`"
        ),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.Column("user_id", sa.Integer(), nullable=True, comment="Who; NULL for the system and guests"),
        sa.Column(
            "agency_id", KEY, nullable=True, comment="Their agency; NULL for the reporter and the system"
        ),
        sa.Column(
            "on_behalf_of_id",
            KEY,
            nullable=True,
            comment="a.n.: the agency without an officer that was acted for",
        ),
        sa.Column(
            "visibility",
            sa.Enum(
                "public",
                "reporter",
                "officers",
                name="visibility",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="Who may read it",
        ),
        sa.Column(
            "data",
            JSON,
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Keys and codes of what changed",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_event_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["agency.id"], name=op.f("fk_event_on_behalf_of_id_agency")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_event_report_id_report")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_event_user_id_ab_user")),
        sa.PrimaryKeyConstraint("report_id", "seq", name=op.f("pk_event")),
        comment="History of reports, append-only",
    )
    op.create_index(
        "ix_event_agency",
        "event",
        ["agency_id", "report_id"],
        sqlite_where=sa.text("agency_id IS NOT NULL"),
        postgresql_where=sa.text("agency_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"])


def event_text() -> None:
    op.create_table(
        "event_text",
        sa.Column("report_id", KEY, autoincrement=False, nullable=False, comment="The report"),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False, comment="The event's number"),
        sa.Column("name", sa.Text(), nullable=False, comment="Which text: reason, note, title_before …"),
        sa.Column("text", sa.Text(), nullable=False, comment="What was written"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_event_text_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "seq", "name", name=op.f("pk_event_text")),
        comment="Erasable text of events",
    )


def follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Number within the report, from 1"),
        sa.Column("agency_id", KEY, nullable=False, comment="The agency that answers"),
        sa.Column(
            "on_behalf_of_id",
            KEY,
            nullable=True,
            comment="a.n.: the agency without an officer that it answers for",
        ),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="The officer, never shown to the public"),
        sa.Column("text", sa.Text(), nullable=False, comment="What it says"),
        sa.Column(
            "is_secret",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Rahasia: for the reporter and officers alone",
        ),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_follow_up_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["agency.id"], name=op.f("fk_follow_up_on_behalf_of_id_agency")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_follow_up_report_id_report")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_follow_up_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        comment="Follow-ups by agencies",
    )
    op.create_index("ix_follow_up_agency", "follow_up", ["agency_id", "user_id", "at"])
    op.create_index("uq_follow_up_seq", "follow_up", ["report_id", "seq"], unique=True)


def mask_choice() -> None:
    op.create_table(
        "mask_choice",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("words", sa.Text(), nullable=False, comment="The words, as they stand in the report"),
        sa.Column(
            "hidden",
            sa.Boolean(),
            nullable=False,
            comment="Hidden from the public; else shown although masked before",
        ),
        sa.Column("user_id", sa.Integer(), nullable=True, comment="Who chose"),
        sa.Column("agency_id", KEY, nullable=True, comment="Their agency then"),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_mask_choice_agency_id_agency")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_mask_choice_report_id_report")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_mask_choice_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mask_choice")),
        comment="Words of reports that somebody hid from the public, or showed to it",
    )
    op.create_index("ix_mask_choice_report", "mask_choice", ["report_id", "id"])


def message() -> None:
    op.create_table(
        "message",
        sa.Column("conversation_id", KEY, nullable=False, comment="The conversation"),
        sa.Column("post_id", KEY, nullable=False, comment="The post"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_message_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_message_post_id_post")),
        sa.PrimaryKeyConstraint("conversation_id", "post_id", name=op.f("pk_message")),
        comment="Posts of conversations",
    )
    op.create_index("ix_message_post", "message", ["post_id"])


def outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("topic", sa.String(length=32), nullable=False, comment="What is to be told"),
        sa.Column("report_id", KEY, nullable=True, comment="The report that it is about"),
        sa.Column(
            "dedupe_key",
            sa.String(length=255),
            nullable=False,
            comment="Names the occurrence: the same one is never queued twice",
        ),
        sa.Column("payload", JSON, server_default=sa.text("'{}'"), nullable=False, comment="Keys and codes"),
        sa.Column("created_at", TIME, nullable=False, comment="When it was queued, UTC"),
        sa.Column("available_at", TIME, nullable=False, comment="Not to be tried before, UTC"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False, comment="Tries so far"),
        sa.Column("sent_at", TIME, nullable=True, comment="When it was told, UTC"),
        sa.Column("dead_at", TIME, nullable=True, comment="When it was given up, UTC"),
        sa.Column(
            "last_error",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Kind of the last failure, no personal data",
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_outbox_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
        comment="Messages to be sent after the commit of what caused them",
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["dead_at"],
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_outbox_report_id"), "outbox", ["report_id"])
    op.create_index(
        "ix_outbox_told",
        "outbox",
        ["sent_at"],
        sqlite_where=sa.text("sent_at IS NOT NULL"),
        postgresql_where=sa.text("sent_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["available_at", "id"],
        sqlite_where=sa.text("sent_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND dead_at IS NULL"),
    )


def public_comment() -> None:
    op.create_table(
        "public_comment",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who wrote it"),
        sa.Column("text", sa.Text(), nullable=False, comment="What it says"),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "shown",
                "hidden",
                name="commentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="waiting, shown or hidden",
        ),
        sa.Column("decided_at", TIME, nullable=True, comment="When it was moderated, UTC"),
        sa.Column(
            "decider_user_id", sa.Integer(), nullable=True, comment="The officer who moderated it last"
        ),
        sa.Column("decider_agency_id", KEY, nullable=True, comment="That officer's agency"),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_public_comment_waiting_until_decided")
        ),
        sa.ForeignKeyConstraint(
            ["decider_agency_id"], ["agency.id"], name=op.f("fk_public_comment_decider_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["decider_user_id"], ["ab_user.id"], name=op.f("fk_public_comment_decider_user_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_public_comment_report_id_report")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_public_comment_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_comment")),
        comment="Comments by citizens on public reports, moderated by the handling agency",
    )
    op.create_index("ix_public_comment_report", "public_comment", ["report_id", "state", "id"])
    op.create_index(op.f("ix_public_comment_user_id"), "public_comment", ["user_id"])
    op.create_index(
        "ix_public_comment_waiting",
        "public_comment",
        ["id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def rating() -> None:
    op.create_table(
        "rating",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("closing", sa.Integer(), nullable=False, comment="Number of the event that closed it"),
        sa.Column("stars", sa.Integer(), nullable=False, comment="1 to 5"),
        sa.Column(
            "solved", sa.Boolean(), nullable=False, comment="Whether the problem is settled for the reporter"
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False, comment="What they add"),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_rating_one_to_five")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_rating_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        comment="Ratings of closed reports by their reporters",
    )
    op.create_index("uq_rating_closing", "rating", ["report_id", "closing"], unique=True)


def reply() -> None:
    op.create_table(
        "reply",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Number within the report, from 1"),
        sa.Column("text", sa.Text(), nullable=False, comment="What it says"),
        sa.Column(
            "recorder_user_id",
            sa.Integer(),
            nullable=True,
            comment="The officer who recorded it for the reporter",
        ),
        sa.Column("recorder_agency_id", KEY, nullable=True, comment="That officer's agency"),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.ForeignKeyConstraint(
            ["recorder_agency_id"], ["agency.id"], name=op.f("fk_reply_recorder_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_user_id"], ["ab_user.id"], name=op.f("fk_reply_recorder_user_id_ab_user")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_reply_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        comment="Answers by reporters",
    )
    op.create_index("uq_reply_seq", "reply", ["report_id", "seq"], unique=True)


def report_clock() -> None:
    op.create_table(
        "report_clock",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column(
            "kind",
            sa.Enum(
                "verification",
                "details",
                "follow_up",
                "auto_close",
                "target",
                name="clock",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What is awaited",
        ),
        sa.Column("agency_id", KEY, nullable=False, comment="The agency whose clock and calendar it is"),
        sa.Column("started_at", TIME, nullable=False, comment="Start, UTC; its local date is day 0"),
        sa.Column("days", sa.Integer(), nullable=False, comment="Length in days of its kind"),
        sa.Column("due_at", TIME, nullable=False, comment="End of the last day, UTC"),
        sa.Column(
            "pauses",
            JSON,
            server_default="[]",
            nullable=False,
            comment="[[since, until or null], ...] ISO times, UTC",
        ),
        sa.Column("met_at", TIME, nullable=True, comment="When what was awaited came, UTC"),
        sa.Column("ended_at", TIME, nullable=True, comment="When it stopped for good, UTC"),
        sa.Column(
            "reminded",
            sa.SmallInteger(),
            server_default="0",
            nullable=False,
            comment="What its agency was reminded of: 0 nothing, 1 that it runs out, 2 that it did",
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "met",
                "expired",
                "stopped",
                "passed_on",
                name="clockoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="How it ended; NULL while it runs or stands still",
        ),
        sa.CheckConstraint(
            "(outcome = 'met') = (met_at IS NOT NULL)", name=op.f("ck_report_clock_met_when_met")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (ended_at IS NULL)", name=op.f("ck_report_clock_outcome_when_ended")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_report_clock_agency_id_agency")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_clock_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_clock")),
        comment="Deadlines of reports, running and decided",
    )
    op.create_index(op.f("ix_report_clock_agency_id"), "report_clock", ["agency_id"])
    op.create_index(op.f("ix_report_clock_report_id"), "report_clock", ["report_id"])
    op.create_index(
        "ix_report_clock_running_due",
        "report_clock",
        ["kind", "due_at"],
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_index(
        "uq_report_clock_running",
        "report_clock",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL AND kind <> 'target'"),
        postgresql_where=sa.text("outcome IS NULL AND kind <> 'target'"),
    )
    op.create_index(
        "uq_report_clock_target",
        "report_clock",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL AND kind = 'target'"),
        postgresql_where=sa.text("outcome IS NULL AND kind = 'target'"),
    )


def report_comment() -> None:
    op.create_table(
        "report_comment",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who wrote it"),
        sa.Column("agency_id", KEY, nullable=True, comment="Their agency; NULL for a citizen"),
        sa.Column("text", sa.Text(), nullable=False, comment="What it says"),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.Column("hidden_at", TIME, nullable=True, comment="When moderation hid it, UTC"),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_report_comment_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_comment_report_id_report")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_report_comment_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_comment")),
        comment="Comments",
    )
    op.create_index("ix_report_comment_report", "report_comment", ["report_id", "id"])


def report_copy() -> None:
    op.create_table(
        "report_copy",
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column("agency_id", KEY, nullable=False, comment="The agency that reads along"),
        sa.Column("from_agency_id", KEY, nullable=False, comment="The agency that sent the copy"),
        sa.Column("at", TIME, nullable=False, comment="When it was sent, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_report_copy_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["from_agency_id"], ["agency.id"], name=op.f("fk_report_copy_from_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_copy_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "agency_id", name=op.f("pk_report_copy")),
        comment="Agencies with a copy (Salinan) of a report",
    )
    op.create_index(op.f("ix_report_copy_agency_id"), "report_copy", ["agency_id"])


def report_scope() -> None:
    op.create_table(
        "report_scope",
        sa.Column("agency_id", KEY, autoincrement=False, nullable=False, comment="The agency that sees it"),
        sa.Column(
            "reach",
            sa.SmallInteger(),
            autoincrement=False,
            nullable=False,
            comment="0 its own, 1 below it or delegated by it",
        ),
        sa.Column(
            "tab",
            sa.Enum(
                "unverified",
                "delayed",
                "waiting",
                "progress",
                "requests",
                "copies",
                "closed",
                "archived",
                name="tab",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="The tab that it lies in",
        ),
        sa.Column(
            "sort_key",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Order in the tab (rules/reports/tabs.py), microseconds",
        ),
        sa.Column("report_id", KEY, autoincrement=False, nullable=False, comment="The report"),
        sa.Column(
            "basis",
            sa.SmallInteger(),
            nullable=False,
            comment="0 full, 1 a copy: no identity of the reporter",
        ),
        sa.CheckConstraint("basis IN (0, 1)", name=op.f("ck_report_scope_basis_known")),
        sa.CheckConstraint("reach IN (0, 1)", name=op.f("ck_report_scope_reach_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_report_scope_agency_id_agency")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_scope_report_id_report")),
        sa.PrimaryKeyConstraint(
            "agency_id", "reach", "tab", "sort_key", "report_id", name=op.f("pk_report_scope")
        ),
        comment="Which agency sees which report where",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_scope_newest", "report_scope", ["agency_id", "reach", "tab", "report_id"])
    op.create_index("uq_report_scope_report", "report_scope", ["report_id", "agency_id", "tab"], unique=True)


def request() -> None:
    op.create_table(
        "request",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("report_id", KEY, nullable=False, comment="The report"),
        sa.Column(
            "action",
            sa.Enum(
                "verify",
                "ask_details",
                "complete",
                "archive",
                "restore",
                "correct",
                "forward",
                "redirect",
                "follow_up",
                "reply",
                "hand_back",
                "hold",
                "release",
                "close",
                "auto_close",
                "reopen",
                "comment",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="The move that is asked for",
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "accepted",
                "rejected",
                "withdrawn",
                "void",
                name="requeststatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="open, or how it ended",
        ),
        sa.Column(
            "asker_agency_id", KEY, nullable=True, comment="The agency that asks; NULL for the reporter"
        ),
        sa.Column("asker_user_id", sa.Integer(), nullable=True, comment="Who asks"),
        sa.Column(
            "on_behalf_of_id",
            KEY,
            nullable=True,
            comment="a.n.: the agency without an officer that is asked for",
        ),
        sa.Column(
            "decider_agency_id",
            KEY,
            nullable=False,
            comment="The agency that decides: the delegator at the time",
        ),
        sa.Column("suggested_agency_id", KEY, nullable=True, comment="Saran Instansi of a hand-back"),
        sa.Column("reason", sa.Text(), server_default="", nullable=False, comment="The asker's reason"),
        sa.Column("asked_at", TIME, nullable=False, comment="When, UTC"),
        sa.Column("decided_at", TIME, nullable=True, comment="When it ended, UTC"),
        sa.Column("decider_user_id", sa.Integer(), nullable=True, comment="Who decided"),
        sa.Column(
            "decided_for_id",
            KEY,
            nullable=True,
            comment="a.n.: the decider without an officer that was decided for",
        ),
        sa.Column(
            "answer",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="The decider's reason, shown to the asker",
        ),
        sa.CheckConstraint(
            "(status = 'open') = (decided_at IS NULL)", name=op.f("ck_request_open_until_decided")
        ),
        sa.CheckConstraint(
            "status <> 'rejected' OR length(answer) > 0", name=op.f("ck_request_rejected_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["asker_agency_id"], ["agency.id"], name=op.f("fk_request_asker_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["asker_user_id"], ["ab_user.id"], name=op.f("fk_request_asker_user_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["decided_for_id"], ["agency.id"], name=op.f("fk_request_decided_for_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["decider_agency_id"], ["agency.id"], name=op.f("fk_request_decider_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["decider_user_id"], ["ab_user.id"], name=op.f("fk_request_decider_user_id_ab_user")
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["agency.id"], name=op.f("fk_request_on_behalf_of_id_agency")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_request_report_id_report")),
        sa.ForeignKeyConstraint(
            ["suggested_agency_id"], ["agency.id"], name=op.f("fk_request_suggested_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        comment="Requests for moves that their askers may not make",
    )
    op.create_index(op.f("ix_request_decider_agency_id"), "request", ["decider_agency_id"])
    op.create_index(op.f("ix_request_report_id"), "request", ["report_id"])
    op.create_index(
        "uq_request_one_open",
        "request",
        ["report_id", "action"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )


def sheet_row() -> None:
    op.create_table(
        "sheet_row",
        sa.Column("import_id", KEY, autoincrement=False, nullable=False, comment="The file"),
        sa.Column(
            "number", sa.Integer(), autoincrement=False, nullable=False, comment="Row in the file, from 1"
        ),
        sa.Column("external_id", sa.String(length=255), nullable=False, comment="Its Tracking ID, without #"),
        sa.Column(
            "outcome",
            sa.Enum(
                "waiting",
                "imported",
                "known",
                "refused",
                name="rowoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What became of it",
        ),
        sa.Column("report_id", KEY, nullable=True, comment="The report that it is"),
        sa.Column(
            "data",
            JSON,
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="What it says; emptied when it is done",
        ),
        sa.Column("fault", JSON_OR_NULL, nullable=True, comment="Why it was refused, with the cell"),
        sa.ForeignKeyConstraint(
            ["import_id"], ["sheet_import.id"], name=op.f("fk_sheet_row_import_id_sheet_import")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_sheet_row_report_id_report")),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_sheet_row")),
        comment="Rows of imported files; what they say goes when it is done",
    )
    op.create_index("ix_sheet_row_external_id", "sheet_row", ["import_id", "external_id"])
    op.create_index("ix_sheet_row_outcome", "sheet_row", ["import_id", "outcome", "number"])


def sms_message() -> None:
    op.create_table(
        "sms_message",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "gateway_id",
            sa.String(length=255),
            nullable=False,
            comment="The gateway's name for it: delivered twice, it is one message",
        ),
        sa.Column(
            "phone", sa.String(length=32), nullable=False, comment="Telephone that sent it, in E.164 form"
        ),
        sa.Column(
            "command",
            sa.Enum(
                "file",
                "status",
                "reply",
                "close",
                "reopen",
                "stop",
                "start",
                "help",
                name="command",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What it asked for",
        ),
        sa.Column(
            "answer",
            sa.Enum(
                "filed",
                "status",
                "replied",
                "completed",
                "closed",
                "reopen_asked",
                "stopped",
                "started",
                "help",
                "no_keyword",
                "too_long",
                "not_yours",
                "not_now",
                "too_many",
                "none",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What is answered",
        ),
        sa.Column("report_id", KEY, nullable=True, comment="The report that it is about"),
        sa.Column("at", TIME, nullable=False, comment="When it came in, UTC"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_sms_message_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_message")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_sms_message_gateway_id")),
        comment="Text messages that came in, kept for some days",
    )
    op.create_index(op.f("ix_sms_message_at"), "sms_message", ["at"])
    op.create_index("ix_sms_message_phone", "sms_message", ["phone", "at"])
    op.create_index(op.f("ix_sms_message_report_id"), "sms_message", ["report_id"])


def attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column(
            "report_id",
            KEY,
            nullable=True,
            comment="The report whose scope guards the file; NULL while it is still to be filed",
        ),
        sa.Column(
            "uploader_user_id",
            sa.Integer(),
            nullable=True,
            comment="Who uploaded it, and alone may send it; NULL for a guest",
        ),
        sa.Column("follow_up_id", KEY, nullable=True, comment="The follow-up that it came with"),
        sa.Column("reply_id", KEY, nullable=True, comment="The reply that it came with"),
        sa.Column("comment_id", KEY, nullable=True, comment="The comment that it came with"),
        sa.Column("post_id", KEY, nullable=True, comment="The message between agencies that it came with"),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "checking",
                "ready",
                "refused",
                "gone",
                name="filestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="pending, checking, ready, refused or gone",
        ),
        sa.Column("stored_name", sa.String(length=64), nullable=False, comment="Random name in the storage"),
        sa.Column(
            "original_name", sa.String(length=255), nullable=False, comment="Name as the sender gave it"
        ),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=True,
            comment="Number among the reporter's files of the report, from 1: their name for everybody else",
        ),
        sa.Column(
            "unscanned",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Whether the virus scanner has still to look at it",
        ),
        sa.Column(
            "content_type", sa.String(length=255), nullable=False, comment="Type, decided by the content"
        ),
        sa.Column("size", sa.Integer(), nullable=False, comment="Bytes"),
        sa.Column(
            "sha256",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="Hash of the stored bytes",
        ),
        sa.Column("created_at", TIME, nullable=False, comment="When, UTC"),
        sa.CheckConstraint(
            "report_id IS NOT NULL OR post_id IS NOT NULL OR state <> 'ready'",
            name=op.f("ck_attachment_ready_has_owner"),
        ),
        sa.CheckConstraint(
            "(follow_up_id IS NOT NULL AND reply_id IS NULL AND comment_id IS NULL) OR (follow_up_id IS NULL AND reply_id IS NOT NULL AND comment_id IS NULL) OR (follow_up_id IS NULL AND reply_id IS NULL)",
            name=op.f("ck_attachment_one_parent"),
        ),
        sa.CheckConstraint("size >= 0", name=op.f("ck_attachment_size_not_negative")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["report_comment.id"], name=op.f("fk_attachment_comment_id_report_comment")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_attachment_follow_up_id_follow_up")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_attachment_post_id_post")),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_attachment_reply_id_reply")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_attachment_report_id_report")),
        sa.ForeignKeyConstraint(
            ["uploader_user_id"], ["ab_user.id"], name=op.f("fk_attachment_uploader_user_id_ab_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_attachment_stored_name")),
        comment="Files; the bytes stand in the storage under a random name",
    )
    op.create_index(
        "ix_attachment_checking",
        "attachment",
        ["id"],
        sqlite_where=sa.text("state = 'checking'"),
        postgresql_where=sa.text("state = 'checking'"),
    )
    op.create_index(
        "ix_attachment_pending",
        "attachment",
        ["created_at"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(op.f("ix_attachment_post_id"), "attachment", ["post_id"])
    op.create_index(op.f("ix_attachment_report_id"), "attachment", ["report_id"])


def notification() -> None:
    op.create_table(
        "notification",
        sa.Column("id", KEY, nullable=False, comment="Primary key"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Who is told"),
        sa.Column(
            "kind",
            sa.Enum(
                "disposition",
                "disposition_changed",
                "copy",
                "reply",
                "comment",
                "request",
                "decided",
                "voided",
                "hold",
                "release",
                "closing",
                "closes_tomorrow",
                "reopening",
                "deadline_near",
                "deadline_missed",
                "account",
                "handover",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            comment="What is told",
        ),
        sa.Column(
            "occurrence",
            sa.String(length=255),
            nullable=False,
            comment="Names what happened: nobody is told the same of it twice",
        ),
        sa.Column(
            "report_id",
            KEY,
            nullable=True,
            comment="The report that it is about, whose scope is asked at reading",
        ),
        sa.Column(
            "clock_id", KEY, nullable=True, comment="The clock that it reminds of; it goes when that ends"
        ),
        sa.Column(
            "agency_id",
            KEY,
            nullable=True,
            comment="The agency that acted; NULL for the reporter and the system",
        ),
        sa.Column("at", TIME, nullable=False, comment="When, UTC"),
        sa.Column("read_at", TIME, nullable=True, comment="When it was opened, UTC"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_notification_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["report_clock.id"], name=op.f("fk_notification_clock_id_report_clock")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_notification_report_id_report")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_notification_user_id_ab_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        comment="What officers are told by the bell",
    )
    op.create_index(op.f("ix_notification_at"), "notification", ["at"])
    op.create_index("ix_notification_newest", "notification", ["user_id", "at", "id"])
    op.create_index(
        "ix_notification_reminder",
        "notification",
        ["report_id"],
        sqlite_where=sa.text("clock_id IS NOT NULL"),
        postgresql_where=sa.text("clock_id IS NOT NULL"),
    )
    op.create_index(
        "ix_notification_unread",
        "notification",
        ["user_id", "id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index("uq_notification_once", "notification", ["user_id", "kind", "occurrence"], unique=True)


def report_search() -> None:
    """The search index is no model: each database keeps it in its own way."""
    if op.get_bind().dialect.name == "sqlite":
        # rowid: twice the report's key, plus the basis.
        op.execute(
            "CREATE VIRTUAL TABLE report_search USING fts5(title, body, marks, tokenize = \"ascii tokenchars '_'\")"
        )
        return
    op.create_table(
        "report_search",
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="The report"),
        sa.Column(
            "basis", sa.SmallInteger(), nullable=False, comment="0 as its agencies read it, 1 as copies do"
        ),
        sa.Column(
            "tsv",
            postgresql.TSVECTOR(),
            nullable=False,
            comment="Stems with places, and marks that begin with _",
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="report_search_report_id_fkey"),
        sa.PrimaryKeyConstraint("report_id", "basis", name="pk_report_search"),
        comment="Search index: the words of each report, by app/search",
    )
    # Without a list of what is still to be merged: a search after many changes would read all of it.
    op.execute("CREATE INDEX ix_report_search_tsv ON report_search USING gin (tsv) WITH (fastupdate = off)")
    # By the words of their names, in every search.
    op.execute(
        "CREATE INDEX report_search_agency ON agency USING gin (to_tsvector('simple',"
        " regexp_replace(lower(name || ' ' || alias), '[^[:alnum:]]+', ' ', 'g')))"
    )


TABLES = (
    ab_group,
    ab_permission,
    ab_register_user,
    ab_role,
    ab_view_menu,
    agency,
    api_client,
    archive_reason,
    area,
    category,
    completion_target,
    job_run,
    one_time_code,
    quiet_phone,
    search_synonym,
    stat_dirty,
    system_setting,
    tries,
    ab_group_role,
    ab_permission_view,
    ab_user,
    agency_past_line,
    agency_tree,
    day_off,
    role_demand,
    stat_month,
    stat_unit,
    ab_api_key,
    ab_permission_view_role,
    ab_user_group,
    ab_user_role,
    account_link,
    account_session,
    api_code,
    api_token,
    audit_log,
    digest_mute,
    export,
    failed_sign_in,
    former_address,
    idempotency_key,
    notification_digest,
    notification_setting,
    post,
    recovery_code,
    reorganisation,
    reporter,
    saved_search,
    sheet_import,
    broadcast_mark,
    conversation,
    report,
    sheet_name,
    unsent_form,
    conversation_side,
    disposition,
    event,
    event_text,
    follow_up,
    mask_choice,
    message,
    outbox,
    public_comment,
    rating,
    reply,
    report_clock,
    report_comment,
    report_copy,
    report_scope,
    request,
    sheet_row,
    sms_message,
    attachment,
    notification,
    report_search,
)
