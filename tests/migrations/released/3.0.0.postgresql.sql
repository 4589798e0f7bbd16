SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.ab_api_key (
    id integer NOT NULL,
    uuid character varying(36) NOT NULL,
    name character varying(256) NOT NULL,
    key_hash character varying(256) NOT NULL,
    lookup_hash character varying(256),
    key_prefix character varying(16) NOT NULL,
    user_id integer NOT NULL,
    scopes text,
    active boolean NOT NULL,
    created_on timestamp without time zone,
    expires_on timestamp without time zone,
    revoked_on timestamp without time zone,
    last_used_on timestamp without time zone
);
CREATE SEQUENCE public.ab_api_key_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_api_key_id_seq OWNED BY public.ab_api_key.id;
CREATE TABLE public.ab_group (
    id integer NOT NULL,
    name character varying(100) NOT NULL,
    label character varying(150),
    description character varying(512)
);
CREATE SEQUENCE public.ab_group_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_group_id_seq OWNED BY public.ab_group.id;
CREATE TABLE public.ab_group_role (
    id integer NOT NULL,
    group_id integer,
    role_id integer
);
CREATE SEQUENCE public.ab_group_role_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_group_role_id_seq OWNED BY public.ab_group_role.id;
CREATE TABLE public.ab_permission (
    id integer NOT NULL,
    name character varying(100) NOT NULL
);
CREATE SEQUENCE public.ab_permission_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_permission_id_seq OWNED BY public.ab_permission.id;
CREATE TABLE public.ab_permission_view (
    id integer NOT NULL,
    permission_id integer NOT NULL,
    view_menu_id integer NOT NULL
);
CREATE SEQUENCE public.ab_permission_view_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_permission_view_id_seq OWNED BY public.ab_permission_view.id;
CREATE TABLE public.ab_permission_view_role (
    id integer NOT NULL,
    permission_view_id integer,
    role_id integer
);
CREATE SEQUENCE public.ab_permission_view_role_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_permission_view_role_id_seq OWNED BY public.ab_permission_view_role.id;
CREATE TABLE public.ab_register_user (
    id integer NOT NULL,
    first_name character varying(64) NOT NULL,
    last_name character varying(64) NOT NULL,
    username character varying(128) NOT NULL,
    password character varying(256),
    email character varying(320) NOT NULL,
    registration_date timestamp without time zone,
    registration_hash character varying(256)
);
CREATE SEQUENCE public.ab_register_user_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_register_user_id_seq OWNED BY public.ab_register_user.id;
CREATE TABLE public.ab_role (
    id integer NOT NULL,
    name character varying(64) NOT NULL
);
CREATE SEQUENCE public.ab_role_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_role_id_seq OWNED BY public.ab_role.id;
CREATE TABLE public.ab_user (
    id integer NOT NULL,
    first_name character varying(64) NOT NULL,
    last_name character varying(64) NOT NULL,
    username character varying(128) NOT NULL,
    password character varying(256),
    active boolean,
    email character varying(320) NOT NULL,
    last_login timestamp without time zone,
    login_count integer,
    fail_login_count integer,
    created_on timestamp without time zone,
    changed_on timestamp without time zone,
    created_by_fk integer,
    changed_by_fk integer,
    agency_id bigint,
    phone character varying(32) DEFAULT ''::character varying NOT NULL,
    gender character varying(32),
    birth_date date,
    must_change_password boolean DEFAULT false NOT NULL,
    locked_until timestamp with time zone,
    session_stamp character varying(32) DEFAULT ''::character varying NOT NULL,
    seen_at timestamp with time zone,
    totp_nonce character varying(64) DEFAULT ''::character varying NOT NULL,
    totp_step bigint,
    CONSTRAINT ck_ab_user_gender CHECK (((gender)::text = ANY ((ARRAY['male'::character varying, 'female'::character varying])::text[])))
);
COMMENT ON COLUMN public.ab_user.agency_id IS 'The officer''s agency; NULL for citizens';
COMMENT ON COLUMN public.ab_user.phone IS 'Telephone in E.164 form, or empty';
COMMENT ON COLUMN public.ab_user.gender IS 'As given at registration';
COMMENT ON COLUMN public.ab_user.birth_date IS 'As given at registration';
COMMENT ON COLUMN public.ab_user.must_change_password IS 'True until the first password was replaced';
COMMENT ON COLUMN public.ab_user.locked_until IS 'No sign-in before, after too many failures, UTC';
COMMENT ON COLUMN public.ab_user.session_stamp IS 'Renewed to end every session of the account';
COMMENT ON COLUMN public.ab_user.seen_at IS 'A request of a session, to a few minutes, UTC';
COMMENT ON COLUMN public.ab_user.totp_nonce IS 'The authenticator''s secret is made from it and the installation''s; empty without one';
COMMENT ON COLUMN public.ab_user.totp_step IS 'Time step of the last code that was taken: none is taken twice';
CREATE TABLE public.ab_user_group (
    id integer NOT NULL,
    user_id integer,
    group_id integer
);
CREATE SEQUENCE public.ab_user_group_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_user_group_id_seq OWNED BY public.ab_user_group.id;
CREATE SEQUENCE public.ab_user_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_user_id_seq OWNED BY public.ab_user.id;
CREATE TABLE public.ab_user_role (
    id integer NOT NULL,
    user_id integer,
    role_id integer
);
CREATE SEQUENCE public.ab_user_role_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_user_role_id_seq OWNED BY public.ab_user_role.id;
CREATE TABLE public.ab_view_menu (
    id integer NOT NULL,
    name character varying(250) NOT NULL
);
CREATE SEQUENCE public.ab_view_menu_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ab_view_menu_id_seq OWNED BY public.ab_view_menu.id;
CREATE TABLE public.account_link (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    purpose character varying(32) NOT NULL,
    nonce character varying(64) NOT NULL,
    stamp character varying(64) NOT NULL,
    email character varying(255) DEFAULT ''::character varying NOT NULL,
    phone character varying(32) DEFAULT ''::character varying NOT NULL,
    totp_nonce character varying(64) DEFAULT ''::character varying NOT NULL,
    agency_id bigint,
    role character varying(64) DEFAULT ''::character varying NOT NULL,
    inviter_id integer,
    token_hash character varying(64),
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT ck_account_link_linkpurpose CHECK (((purpose)::text = ANY ((ARRAY['first_password'::character varying, 'password'::character varying, 'email'::character varying, 'undo'::character varying, 'invitation'::character varying, 'second_step'::character varying])::text[])))
);
COMMENT ON TABLE public.account_link IS 'One-time links in mails: passwords, addresses, invitations';
COMMENT ON COLUMN public.account_link.id IS 'Primary key';
COMMENT ON COLUMN public.account_link.user_id IS 'Whose link it is';
COMMENT ON COLUMN public.account_link.purpose IS 'What it is for';
COMMENT ON COLUMN public.account_link.nonce IS 'Random; the token is made from it and a secret';
COMMENT ON COLUMN public.account_link.stamp IS 'Digest of password, e-mail and status when it was made: it dies with any of them';
COMMENT ON COLUMN public.account_link.email IS 'The address to be confirmed, or the one to come back';
COMMENT ON COLUMN public.account_link.phone IS 'Of an undo: the telephone to come back, or empty';
COMMENT ON COLUMN public.account_link.totp_nonce IS 'Of an undo: the second step to come back, or empty';
COMMENT ON COLUMN public.account_link.agency_id IS 'Of an invitation: where to work';
COMMENT ON COLUMN public.account_link.role IS 'Of an invitation: the role''s name';
COMMENT ON COLUMN public.account_link.inviter_id IS 'Of an invitation: who invites';
COMMENT ON COLUMN public.account_link.token_hash IS 'SHA-256 of the token; NULL until it was delivered';
COMMENT ON COLUMN public.account_link.created_at IS 'When it was asked for, UTC';
COMMENT ON COLUMN public.account_link.expires_at IS 'Not good from then on, UTC; NULL until it was delivered';
CREATE SEQUENCE public.account_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.account_link_id_seq OWNED BY public.account_link.id;
CREATE TABLE public.account_session (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    token_hash character varying(64) NOT NULL,
    stamp character varying(32) NOT NULL,
    browser character varying(64) DEFAULT ''::character varying NOT NULL,
    system character varying(64) DEFAULT ''::character varying NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
COMMENT ON TABLE public.account_session IS 'Sessions of accounts at browsers; ended ones are swept';
COMMENT ON COLUMN public.account_session.id IS 'Primary key';
COMMENT ON COLUMN public.account_session.user_id IS 'Who signed in';
COMMENT ON COLUMN public.account_session.token_hash IS 'SHA-256 of the random value by which the cookie names this row';
COMMENT ON COLUMN public.account_session.stamp IS 'Digest of password and stamp of the account at sign-in: it dies with either';
COMMENT ON COLUMN public.account_session.browser IS 'Its browser by name, or empty';
COMMENT ON COLUMN public.account_session.system IS 'Its operating system by name, or empty';
COMMENT ON COLUMN public.account_session.started_at IS 'When it was signed in, UTC';
COMMENT ON COLUMN public.account_session.seen_at IS 'Its last request, to a few minutes, UTC';
COMMENT ON COLUMN public.account_session.ended_at IS 'When it was ended, UTC, or NULL';
CREATE SEQUENCE public.account_session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.account_session_id_seq OWNED BY public.account_session.id;
CREATE TABLE public.agency (
    id bigint NOT NULL,
    parent_id bigint,
    name character varying(255) NOT NULL,
    alias character varying(255) DEFAULT ''::character varying NOT NULL,
    email character varying(255) DEFAULT ''::character varying NOT NULL,
    website character varying(255) DEFAULT ''::character varying NOT NULL,
    phone character varying(255) DEFAULT ''::character varying NOT NULL,
    address character varying(255) DEFAULT ''::character varying NOT NULL,
    zone character varying(32) DEFAULT 'Asia/Jakarta'::character varying NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone NOT NULL,
    merged_into_id bigint,
    CONSTRAINT ck_agency_has_a_name CHECK ((length((name)::text) > 0)),
    CONSTRAINT ck_agency_not_its_own_parent CHECK ((parent_id <> id)),
    CONSTRAINT ck_agency_zone CHECK (((zone)::text = ANY ((ARRAY['Asia/Jakarta'::character varying, 'Asia/Makassar'::character varying, 'Asia/Jayapura'::character varying])::text[])))
);
COMMENT ON TABLE public.agency IS 'Government offices, as a tree below the central desk';
COMMENT ON COLUMN public.agency.id IS 'Primary key';
COMMENT ON COLUMN public.agency.parent_id IS 'The agency above; NULL for the root alone';
COMMENT ON COLUMN public.agency.name IS 'Full name, public';
COMMENT ON COLUMN public.agency.alias IS 'Short name or abbreviation, searched by pickers';
COMMENT ON COLUMN public.agency.email IS 'Public e-mail of the office';
COMMENT ON COLUMN public.agency.website IS 'Public address on the web';
COMMENT ON COLUMN public.agency.phone IS 'Public telephone numbers, as the office writes them';
COMMENT ON COLUMN public.agency.address IS 'Postal address';
COMMENT ON COLUMN public.agency.zone IS 'Time zone in which its days are counted';
COMMENT ON COLUMN public.agency.active IS 'False: kept for history, offered nowhere';
COMMENT ON COLUMN public.agency.created_at IS 'When it was entered, UTC';
COMMENT ON COLUMN public.agency.merged_into_id IS 'The agency that took its place when it was merged or dissolved';
CREATE SEQUENCE public.agency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.agency_id_seq OWNED BY public.agency.id;
CREATE TABLE public.agency_past_line (
    agency_id bigint NOT NULL,
    until timestamp with time zone NOT NULL,
    ancestor_id bigint NOT NULL,
    via_id bigint NOT NULL,
    depth integer NOT NULL,
    since timestamp with time zone,
    CONSTRAINT ck_agency_past_line_depth_not_negative CHECK ((depth >= 0)),
    CONSTRAINT ck_agency_past_line_depth_zero_is_itself CHECK (((depth = 0) = (ancestor_id = agency_id))),
    CONSTRAINT ck_agency_past_line_ends_after_it_began CHECK ((since < until))
);
COMMENT ON TABLE public.agency_past_line IS 'Lines of ancestors before a move; written once (services/agencies/past_ancestors.py)';
COMMENT ON COLUMN public.agency_past_line.agency_id IS 'An agency that was moved';
COMMENT ON COLUMN public.agency_past_line.until IS 'When its line became another one, UTC';
COMMENT ON COLUMN public.agency_past_line.ancestor_id IS 'An agency above it then, or itself';
COMMENT ON COLUMN public.agency_past_line.via_id IS 'The unit of the ancestor in which it lay then; itself at depth 0';
COMMENT ON COLUMN public.agency_past_line.depth IS 'Levels between the two then, 0 for itself';
COMMENT ON COLUMN public.agency_past_line.since IS 'When this line began, UTC; NULL: it was the first';
CREATE TABLE public.agency_tree (
    ancestor_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    depth integer NOT NULL,
    since timestamp with time zone,
    CONSTRAINT ck_agency_tree_depth_not_negative CHECK ((depth >= 0)),
    CONSTRAINT ck_agency_tree_depth_zero_is_itself CHECK (((depth = 0) = (ancestor_id = unit_id)))
);
COMMENT ON TABLE public.agency_tree IS 'Closure of the agency tree, kept in the transaction that changes it';
COMMENT ON COLUMN public.agency_tree.ancestor_id IS 'An agency';
COMMENT ON COLUMN public.agency_tree.unit_id IS 'The same agency or one below it';
COMMENT ON COLUMN public.agency_tree.depth IS 'Levels between the two, 0 for itself';
COMMENT ON COLUMN public.agency_tree.since IS 'When the unit came below the ancestor, UTC; NULL: from the beginning';
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.api_client (
    id bigint NOT NULL,
    client_id character varying(64) NOT NULL,
    name character varying(255) NOT NULL,
    kind character varying(32) NOT NULL,
    scopes jsonb DEFAULT '[]'::jsonb NOT NULL,
    redirect_uris jsonb DEFAULT '[]'::jsonb NOT NULL,
    secret_hash character varying(64),
    per_minute integer DEFAULT 120 NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone NOT NULL,
    secret_at timestamp with time zone,
    CONSTRAINT ck_api_client_clientkind CHECK (((kind)::text = ANY ((ARRAY['android'::character varying, 'ios'::character varying, 'partner'::character varying])::text[]))),
    CONSTRAINT ck_api_client_partners_have_secrets CHECK (((secret_hash IS NOT NULL) = ((kind)::text = 'partner'::text))),
    CONSTRAINT ck_api_client_some_calls CHECK ((per_minute > 0))
);
COMMENT ON TABLE public.api_client IS 'Programs that may call the API (Mitra API)';
COMMENT ON COLUMN public.api_client.id IS 'Primary key';
COMMENT ON COLUMN public.api_client.client_id IS 'Public name, random';
COMMENT ON COLUMN public.api_client.name IS 'As people read it, on cards and the consent page';
COMMENT ON COLUMN public.api_client.kind IS 'An app, or a partner''s system';
COMMENT ON COLUMN public.api_client.scopes IS 'What its tokens may be good for';
COMMENT ON COLUMN public.api_client.redirect_uris IS 'Where an app may be called back';
COMMENT ON COLUMN public.api_client.secret_hash IS 'SHA-256 of a partner''s secret';
COMMENT ON COLUMN public.api_client.per_minute IS 'Calls in a minute; of an app, by account';
COMMENT ON COLUMN public.api_client.active IS 'Whether it may call at all';
COMMENT ON COLUMN public.api_client.created_at IS 'When it was entered, UTC';
COMMENT ON COLUMN public.api_client.secret_at IS 'When its present secret was made, UTC';
CREATE SEQUENCE public.api_client_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_client_id_seq OWNED BY public.api_client.id;
CREATE TABLE public.api_code (
    id bigint NOT NULL,
    code_hash character varying(64) NOT NULL,
    client_id bigint NOT NULL,
    user_id integer NOT NULL,
    scopes jsonb NOT NULL,
    redirect_uri character varying(512) NOT NULL,
    challenge character varying(128) NOT NULL,
    stamp character varying(64) NOT NULL,
    family character varying(32) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
COMMENT ON TABLE public.api_code IS 'Authorization codes that wait to be exchanged, some minutes';
COMMENT ON COLUMN public.api_code.id IS 'Primary key';
COMMENT ON COLUMN public.api_code.code_hash IS 'SHA-256 of the code';
COMMENT ON COLUMN public.api_code.client_id IS 'Which app';
COMMENT ON COLUMN public.api_code.user_id IS 'Who said yes';
COMMENT ON COLUMN public.api_code.scopes IS 'To what';
COMMENT ON COLUMN public.api_code.redirect_uri IS 'Where the app was called back';
COMMENT ON COLUMN public.api_code.challenge IS 'PKCE: SHA-256 of what the app must show';
COMMENT ON COLUMN public.api_code.stamp IS 'Of the account''s password and stamp: it dies with them';
COMMENT ON COLUMN public.api_code.family IS 'Of the tokens that come of it';
COMMENT ON COLUMN public.api_code.expires_at IS 'Not good then, UTC';
COMMENT ON COLUMN public.api_code.used_at IS 'When it was exchanged, UTC';
CREATE SEQUENCE public.api_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_code_id_seq OWNED BY public.api_code.id;
CREATE TABLE public.api_token (
    id bigint NOT NULL,
    access_hash character varying(64) NOT NULL,
    refresh_hash character varying(64),
    family character varying(32) NOT NULL,
    client_id bigint NOT NULL,
    user_id integer,
    scopes jsonb NOT NULL,
    stamp character varying(64) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    refreshed_at timestamp with time zone,
    revoked_at timestamp with time zone
);
COMMENT ON TABLE public.api_token IS 'Tokens of the API, as hashes; old rows are swept';
COMMENT ON COLUMN public.api_token.id IS 'Primary key';
COMMENT ON COLUMN public.api_token.access_hash IS 'SHA-256 of the access token';
COMMENT ON COLUMN public.api_token.refresh_hash IS 'SHA-256 of the refresh token';
COMMENT ON COLUMN public.api_token.family IS 'All that came of one consent';
COMMENT ON COLUMN public.api_token.client_id IS 'Whose it is';
COMMENT ON COLUMN public.api_token.user_id IS 'For whom it acts; NULL for a partner itself';
COMMENT ON COLUMN public.api_token.scopes IS 'What it is good for';
COMMENT ON COLUMN public.api_token.stamp IS 'Of the account''s password and stamp: it dies with them';
COMMENT ON COLUMN public.api_token.created_at IS 'When it was given out, UTC';
COMMENT ON COLUMN public.api_token.expires_at IS 'When the access token ends, UTC';
COMMENT ON COLUMN public.api_token.ends_at IS 'When the refresh token ends too, and the row may go, UTC';
COMMENT ON COLUMN public.api_token.refreshed_at IS 'When the refresh token was used, UTC';
COMMENT ON COLUMN public.api_token.revoked_at IS 'When it was taken back, UTC';
CREATE SEQUENCE public.api_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_token_id_seq OWNED BY public.api_token.id;
CREATE TABLE public.archive_reason (
    code character varying(32) NOT NULL,
    name character varying(255) NOT NULL,
    "position" integer NOT NULL,
    retired_at timestamp with time zone
);
COMMENT ON TABLE public.archive_reason IS 'Reasons for archiving a report';
COMMENT ON COLUMN public.archive_reason.code IS 'Stable code';
COMMENT ON COLUMN public.archive_reason.name IS 'Words shown to the reporter, Indonesian';
COMMENT ON COLUMN public.archive_reason."position" IS 'Order in lists';
COMMENT ON COLUMN public.archive_reason.retired_at IS 'Since when it is offered no more, UTC';
CREATE TABLE public.area (
    code character varying(16) NOT NULL,
    parent_code character varying(16),
    level integer NOT NULL,
    name character varying(255) NOT NULL,
    CONSTRAINT ck_area_level_known CHECK ((level = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT ck_area_only_provinces_stand_alone CHECK (((level = 1) = (parent_code IS NULL)))
);
COMMENT ON TABLE public.area IS 'Administrative areas; data idn-area-data, ODbL 1.0';
COMMENT ON COLUMN public.area.code IS 'Kemendagri code with dots';
COMMENT ON COLUMN public.area.parent_code IS 'The area that it lies in';
COMMENT ON COLUMN public.area.level IS '1 province, 2 regency or city, 3 district';
COMMENT ON COLUMN public.area.name IS 'Official name';
CREATE TABLE public.attachment (
    id bigint NOT NULL,
    report_id bigint,
    uploader_user_id integer,
    follow_up_id bigint,
    reply_id bigint,
    comment_id bigint,
    post_id bigint,
    state character varying(32) NOT NULL,
    stored_name character varying(64) NOT NULL,
    original_name character varying(255) NOT NULL,
    number integer,
    unscanned boolean DEFAULT false NOT NULL,
    content_type character varying(255) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_attachment_filestate CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'checking'::character varying, 'ready'::character varying, 'refused'::character varying, 'gone'::character varying])::text[]))),
    CONSTRAINT ck_attachment_one_parent CHECK ((((follow_up_id IS NOT NULL) AND (reply_id IS NULL) AND (comment_id IS NULL)) OR ((follow_up_id IS NULL) AND (reply_id IS NOT NULL) AND (comment_id IS NULL)) OR ((follow_up_id IS NULL) AND (reply_id IS NULL)))),
    CONSTRAINT ck_attachment_ready_has_owner CHECK (((report_id IS NOT NULL) OR (post_id IS NOT NULL) OR ((state)::text <> 'ready'::text))),
    CONSTRAINT ck_attachment_size_not_negative CHECK ((size >= 0))
);
COMMENT ON TABLE public.attachment IS 'Files; the bytes stand in the storage under a random name';
COMMENT ON COLUMN public.attachment.id IS 'Primary key';
COMMENT ON COLUMN public.attachment.report_id IS 'The report whose scope guards the file; NULL while it is still to be filed';
COMMENT ON COLUMN public.attachment.uploader_user_id IS 'Who uploaded it, and alone may send it; NULL for a guest';
COMMENT ON COLUMN public.attachment.follow_up_id IS 'The follow-up that it came with';
COMMENT ON COLUMN public.attachment.reply_id IS 'The reply that it came with';
COMMENT ON COLUMN public.attachment.comment_id IS 'The comment that it came with';
COMMENT ON COLUMN public.attachment.post_id IS 'The message between agencies that it came with';
COMMENT ON COLUMN public.attachment.state IS 'pending, checking, ready, refused or gone';
COMMENT ON COLUMN public.attachment.stored_name IS 'Random name in the storage';
COMMENT ON COLUMN public.attachment.original_name IS 'Name as the sender gave it';
COMMENT ON COLUMN public.attachment.number IS 'Number among the reporter''s files of the report, from 1: their name for everybody else';
COMMENT ON COLUMN public.attachment.unscanned IS 'Whether the virus scanner has still to look at it';
COMMENT ON COLUMN public.attachment.content_type IS 'Type, decided by the content';
COMMENT ON COLUMN public.attachment.size IS 'Bytes';
COMMENT ON COLUMN public.attachment.sha256 IS 'Hash of the stored bytes';
COMMENT ON COLUMN public.attachment.created_at IS 'When, UTC';
CREATE SEQUENCE public.attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.attachment_id_seq OWNED BY public.attachment.id;
CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id integer,
    agency_id bigint,
    action character varying(64) NOT NULL,
    object_kind character varying(32) NOT NULL,
    object_id bigint,
    data jsonb DEFAULT '{}'::jsonb NOT NULL
);
COMMENT ON TABLE public.audit_log IS 'Changes of accounts, roles and settings, append-only';
COMMENT ON COLUMN public.audit_log.id IS 'Primary key';
COMMENT ON COLUMN public.audit_log.at IS 'When, UTC';
COMMENT ON COLUMN public.audit_log.user_id IS 'Who; NULL for the system and guests';
COMMENT ON COLUMN public.audit_log.agency_id IS 'Their agency at the time';
COMMENT ON COLUMN public.audit_log.action IS 'What was done, a stable code';
COMMENT ON COLUMN public.audit_log.object_kind IS 'What kind of thing it was done to';
COMMENT ON COLUMN public.audit_log.object_id IS 'Key of that thing, which may be gone';
COMMENT ON COLUMN public.audit_log.data IS 'Keys and codes of what changed';
CREATE SEQUENCE public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_log_id_seq OWNED BY public.audit_log.id;
CREATE TABLE public.broadcast_mark (
    agency_id bigint NOT NULL,
    upto_id bigint NOT NULL,
    user_id integer NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.broadcast_mark IS 'How far agencies have read the announcements from above';
COMMENT ON COLUMN public.broadcast_mark.agency_id IS 'The agency';
COMMENT ON COLUMN public.broadcast_mark.upto_id IS 'The newest announcement that was read';
COMMENT ON COLUMN public.broadcast_mark.user_id IS 'Who marked it';
COMMENT ON COLUMN public.broadcast_mark.at IS 'When, UTC';
CREATE TABLE public.category (
    id bigint NOT NULL,
    parent_id bigint,
    name character varying(255) NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT ck_category_not_its_own_parent CHECK ((parent_id <> id))
);
COMMENT ON TABLE public.category IS 'Topics of complaints, as a tree';
COMMENT ON COLUMN public.category.id IS 'Primary key';
COMMENT ON COLUMN public.category.parent_id IS 'The wider topic; NULL for a main one';
COMMENT ON COLUMN public.category.name IS 'Name on the screen';
COMMENT ON COLUMN public.category.retired_at IS 'Since when it is offered no more, UTC';
CREATE SEQUENCE public.category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.category_id_seq OWNED BY public.category.id;
CREATE TABLE public.completion_target (
    id bigint NOT NULL,
    classification character varying(32) NOT NULL,
    working_days integer NOT NULL,
    valid_from date NOT NULL,
    CONSTRAINT ck_completion_target_classification CHECK (((classification)::text = ANY ((ARRAY['supervised'::character varying, 'unsupervised'::character varying, 'information'::character varying, 'aspiration'::character varying])::text[]))),
    CONSTRAINT ck_completion_target_one_to_1000_days CHECK (((working_days >= 1) AND (working_days <= 1000)))
);
COMMENT ON TABLE public.completion_target IS 'Completion targets by classification';
COMMENT ON COLUMN public.completion_target.id IS 'Primary key';
COMMENT ON COLUMN public.completion_target.classification IS 'Kind of report';
COMMENT ON COLUMN public.completion_target.working_days IS 'Working days from verification';
COMMENT ON COLUMN public.completion_target.valid_from IS 'First date of verification that it holds for';
CREATE SEQUENCE public.completion_target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.completion_target_id_seq OWNED BY public.completion_target.id;
CREATE TABLE public.conversation (
    id bigint NOT NULL,
    from_agency_id bigint NOT NULL,
    to_agency_id bigint NOT NULL,
    opening_id bigint NOT NULL,
    announcement boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_conversation_two_agencies CHECK ((from_agency_id <> to_agency_id))
);
COMMENT ON TABLE public.conversation IS 'Conversations between two agencies';
COMMENT ON COLUMN public.conversation.id IS 'Primary key';
COMMENT ON COLUMN public.conversation.from_agency_id IS 'Who began it';
COMMENT ON COLUMN public.conversation.to_agency_id IS 'Whom it was sent to';
COMMENT ON COLUMN public.conversation.opening_id IS 'The post that began it';
COMMENT ON COLUMN public.conversation.announcement IS 'Takes no answer';
CREATE SEQUENCE public.conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.conversation_id_seq OWNED BY public.conversation.id;
CREATE TABLE public.conversation_side (
    conversation_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    last_post_id bigint NOT NULL,
    unread boolean DEFAULT false NOT NULL,
    read_user_id integer,
    read_at timestamp with time zone,
    CONSTRAINT ck_conversation_side_read_by_somebody CHECK (((read_at IS NULL) = (read_user_id IS NULL)))
);
COMMENT ON TABLE public.conversation_side IS 'The two sides of each conversation';
COMMENT ON COLUMN public.conversation_side.conversation_id IS 'The conversation';
COMMENT ON COLUMN public.conversation_side.agency_id IS 'One of its two agencies';
COMMENT ON COLUMN public.conversation_side.last_post_id IS 'Its newest post';
COMMENT ON COLUMN public.conversation_side.unread IS 'Nobody of the agency has marked the newest as read';
COMMENT ON COLUMN public.conversation_side.read_user_id IS 'Who marked it as read last';
COMMENT ON COLUMN public.conversation_side.read_at IS 'When, UTC';
CREATE TABLE public.day_off (
    id bigint NOT NULL,
    day date NOT NULL,
    agency_id bigint,
    name character varying(255) NOT NULL,
    works boolean DEFAULT false NOT NULL
);
COMMENT ON TABLE public.day_off IS 'Additions to and removals from the public holidays';
COMMENT ON COLUMN public.day_off.id IS 'Primary key';
COMMENT ON COLUMN public.day_off.day IS 'The day';
COMMENT ON COLUMN public.day_off.agency_id IS 'For this agency and those below; NULL for all';
COMMENT ON COLUMN public.day_off.name IS 'Name of the holiday, or why work is done';
COMMENT ON COLUMN public.day_off.works IS 'True: a working day although the calendar frees it';
CREATE SEQUENCE public.day_off_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.day_off_id_seq OWNED BY public.day_off.id;
CREATE TABLE public.digest_mute (
    id bigint NOT NULL,
    agency_id bigint,
    user_id integer,
    digest character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_digest_mute_digest CHECK (((digest)::text = ANY ((ARRAY['weekly'::character varying, 'daily'::character varying])::text[])))
);
COMMENT ON TABLE public.digest_mute IS 'Digests that are not sent, for an agency or for one person';
COMMENT ON COLUMN public.digest_mute.id IS 'Primary key';
COMMENT ON COLUMN public.digest_mute.agency_id IS 'For all its officers; NULL for one person';
COMMENT ON COLUMN public.digest_mute.user_id IS 'For this person; NULL for an agency';
COMMENT ON COLUMN public.digest_mute.digest IS 'Which one';
COMMENT ON COLUMN public.digest_mute.at IS 'Since when, UTC';
CREATE SEQUENCE public.digest_mute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.digest_mute_id_seq OWNED BY public.digest_mute.id;
CREATE TABLE public.disposition (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    seq integer NOT NULL,
    "position" integer NOT NULL,
    agency_id bigint NOT NULL,
    from_agency_id bigint,
    at timestamp with time zone NOT NULL,
    by_user_id integer,
    ended_at timestamp with time zone,
    end_action character varying(32),
    went_to_agency_id bigint,
    CONSTRAINT ck_disposition_only_the_root_has_no_giver CHECK ((("position" = 0) = (from_agency_id IS NULL))),
    CONSTRAINT ck_disposition_position_not_negative CHECK (("position" >= 0))
);
COMMENT ON TABLE public.disposition IS 'The chain of holders of each report, past and present';
COMMENT ON COLUMN public.disposition.id IS 'Primary key';
COMMENT ON COLUMN public.disposition.report_id IS 'The report';
COMMENT ON COLUMN public.disposition.seq IS 'Number within the report, from 1';
COMMENT ON COLUMN public.disposition."position" IS 'Height in the stack; 0 is the root';
COMMENT ON COLUMN public.disposition.agency_id IS 'The agency that received it';
COMMENT ON COLUMN public.disposition.from_agency_id IS 'The agency that gave it';
COMMENT ON COLUMN public.disposition.at IS 'Since when, UTC';
COMMENT ON COLUMN public.disposition.by_user_id IS 'The officer who gave it; NULL for the system';
COMMENT ON COLUMN public.disposition.ended_at IS 'When it left the chain, UTC';
COMMENT ON COLUMN public.disposition.end_action IS 'The move that took it away';
COMMENT ON COLUMN public.disposition.went_to_agency_id IS 'Where it went then, for the former holder''s note';
CREATE SEQUENCE public.disposition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.disposition_id_seq OWNED BY public.disposition.id;
CREATE TABLE public.event (
    report_id bigint NOT NULL,
    seq integer NOT NULL,
    kind character varying(32) NOT NULL,
    schema_version integer DEFAULT 1 NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id integer,
    agency_id bigint,
    on_behalf_of_id bigint,
    visibility character varying(32) NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT ck_event_eventkind CHECK (((kind)::text = ANY ((ARRAY['received'::character varying, 'verified'::character varying, 'details_asked'::character varying, 'completed'::character varying, 'archived'::character varying, 'restored'::character varying, 'corrected'::character varying, 'forwarded'::character varying, 'redirected'::character varying, 'followed_up'::character varying, 'replied'::character varying, 'handed_back'::character varying, 'held'::character varying, 'released'::character varying, 'closed'::character varying, 'auto_closed'::character varying, 'reopened'::character varying, 'commented'::character varying, 'requested'::character varying, 'request_accepted'::character varying, 'request_rejected'::character varying, 'request_withdrawn'::character varying, 'request_voided'::character varying, 'reorganised'::character varying])::text[]))),
    CONSTRAINT ck_event_visibility CHECK (((visibility)::text = ANY ((ARRAY['public'::character varying, 'reporter'::character varying, 'officers'::character varying])::text[])))
);
COMMENT ON TABLE public.event IS 'History of reports, append-only';
COMMENT ON COLUMN public.event.report_id IS 'The report';
COMMENT ON COLUMN public.event.seq IS 'Number within the report, from 1';
COMMENT ON COLUMN public.event.kind IS 'What happened';
COMMENT ON COLUMN public.event.schema_version IS 'Shape of `data`';
COMMENT ON COLUMN public.event.at IS 'When, UTC';
COMMENT ON COLUMN public.event.user_id IS 'Who; NULL for the system and guests';
COMMENT ON COLUMN public.event.agency_id IS 'Their agency; NULL for the reporter and the system';
COMMENT ON COLUMN public.event.on_behalf_of_id IS 'a.n.: the agency without an officer that was acted for';
COMMENT ON COLUMN public.event.visibility IS 'Who may read it';
COMMENT ON COLUMN public.event.data IS 'Keys and codes of what changed';
CREATE TABLE public.event_text (
    report_id bigint NOT NULL,
    seq integer NOT NULL,
    name text NOT NULL,
    text text NOT NULL
);
COMMENT ON TABLE public.event_text IS 'Erasable text of events';
COMMENT ON COLUMN public.event_text.report_id IS 'The report';
COMMENT ON COLUMN public.event_text.seq IS 'The event''s number';
COMMENT ON COLUMN public.event_text.name IS 'Which text: reason, note, title_before …';
COMMENT ON COLUMN public.event_text.text IS 'What was written';
CREATE TABLE public.export (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    agency_id bigint NOT NULL,
    kind character varying(32) NOT NULL,
    form character varying(32) NOT NULL,
    file_name character varying(255) NOT NULL,
    selection jsonb DEFAULT '{}'::jsonb NOT NULL,
    state character varying(32) NOT NULL,
    fault character varying(255) DEFAULT ''::character varying NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    stored_name character varying(64) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    claimed_until timestamp with time zone,
    expires_at timestamp with time zone,
    CONSTRAINT ck_export_exportform CHECK (((form)::text = ANY ((ARRAY['csv'::character varying, 'xlsx'::character varying, 'pdf'::character varying])::text[]))),
    CONSTRAINT ck_export_exportstate CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'ready'::character varying, 'failed'::character varying, 'gone'::character varying])::text[])))
);
COMMENT ON TABLE public.export IS 'Files that a job makes for somebody to take away';
COMMENT ON COLUMN public.export.id IS 'Primary key';
COMMENT ON COLUMN public.export.user_id IS 'Who asked, and alone may take it';
COMMENT ON COLUMN public.export.agency_id IS 'Their agency then; in another one they do not get it';
COMMENT ON COLUMN public.export.kind IS 'What is in it, a stable code';
COMMENT ON COLUMN public.export.form IS 'The kind of file';
COMMENT ON COLUMN public.export.file_name IS 'The name that it is saved under';
COMMENT ON COLUMN public.export.selection IS 'What was asked for; emptied when it is gone';
COMMENT ON COLUMN public.export.state IS 'Where it stands';
COMMENT ON COLUMN public.export.fault IS 'Why there is no file, in words to be translated';
COMMENT ON COLUMN public.export.rows IS 'Rows that are written';
COMMENT ON COLUMN public.export.stored_name IS 'Random name in the storage, or empty';
COMMENT ON COLUMN public.export.created_at IS 'When it was asked for, UTC';
COMMENT ON COLUMN public.export.attempt IS 'How often it was begun: tells two workers apart';
COMMENT ON COLUMN public.export.claimed_until IS 'A worker writes it until then, UTC';
COMMENT ON COLUMN public.export.expires_at IS 'When the file is deleted, UTC';
CREATE SEQUENCE public.export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.export_id_seq OWNED BY public.export.id;
CREATE TABLE public.failed_sign_in (
    day date NOT NULL,
    place_hash character varying(64) NOT NULL,
    name_hash character varying(64) NOT NULL,
    user_id integer,
    number integer NOT NULL,
    told integer NOT NULL,
    told_at timestamp with time zone,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.failed_sign_in IS 'Failed tries at signing in by day, name and place, as keyed hashes; swept';
COMMENT ON COLUMN public.failed_sign_in.day IS 'The day, in WIB';
COMMENT ON COLUMN public.failed_sign_in.place_hash IS 'Keyed hash of the place that it came from';
COMMENT ON COLUMN public.failed_sign_in.name_hash IS 'Keyed hash of the name that was typed';
COMMENT ON COLUMN public.failed_sign_in.user_id IS 'Whose name it is; NULL when nobody has it';
COMMENT ON COLUMN public.failed_sign_in.number IS 'Failures on that day';
COMMENT ON COLUMN public.failed_sign_in.told IS 'How many of them the owner was told of';
COMMENT ON COLUMN public.failed_sign_in.told_at IS 'When the owner was told last, UTC';
COMMENT ON COLUMN public.failed_sign_in.first_at IS 'The first of them, UTC';
COMMENT ON COLUMN public.failed_sign_in.last_at IS 'The last of them, UTC';
CREATE TABLE public.follow_up (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    seq integer NOT NULL,
    agency_id bigint NOT NULL,
    on_behalf_of_id bigint,
    user_id integer NOT NULL,
    text text NOT NULL,
    is_secret boolean DEFAULT false NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.follow_up IS 'Follow-ups by agencies';
COMMENT ON COLUMN public.follow_up.id IS 'Primary key';
COMMENT ON COLUMN public.follow_up.report_id IS 'The report';
COMMENT ON COLUMN public.follow_up.seq IS 'Number within the report, from 1';
COMMENT ON COLUMN public.follow_up.agency_id IS 'The agency that answers';
COMMENT ON COLUMN public.follow_up.on_behalf_of_id IS 'a.n.: the agency without an officer that it answers for';
COMMENT ON COLUMN public.follow_up.user_id IS 'The officer, never shown to the public';
COMMENT ON COLUMN public.follow_up.text IS 'What it says';
COMMENT ON COLUMN public.follow_up.is_secret IS 'Rahasia: for the reporter and officers alone';
COMMENT ON COLUMN public.follow_up.at IS 'When, UTC';
CREATE SEQUENCE public.follow_up_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.follow_up_id_seq OWNED BY public.follow_up.id;
CREATE TABLE public.former_address (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    email character varying(255) DEFAULT ''::character varying NOT NULL,
    phone character varying(32) DEFAULT ''::character varying NOT NULL,
    until timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.former_address IS 'Addresses that accounts had before, emptied after a month';
COMMENT ON COLUMN public.former_address.id IS 'Primary key';
COMMENT ON COLUMN public.former_address.user_id IS 'Whose it was';
COMMENT ON COLUMN public.former_address.email IS 'E-mail, or empty';
COMMENT ON COLUMN public.former_address.phone IS 'Telephone in E.164 form, or empty';
COMMENT ON COLUMN public.former_address.until IS 'When another came, UTC';
CREATE SEQUENCE public.former_address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.former_address_id_seq OWNED BY public.former_address.id;
CREATE TABLE public.idempotency_key (
    key character varying(64) NOT NULL,
    user_id integer,
    purpose character varying(255) NOT NULL,
    result character varying(255) DEFAULT ''::character varying NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.idempotency_key IS 'Keys of forms and calls that were carried out';
COMMENT ON COLUMN public.idempotency_key.key IS 'Random key of the form or call';
COMMENT ON COLUMN public.idempotency_key.user_id IS 'Whose it was';
COMMENT ON COLUMN public.idempotency_key.purpose IS 'What was done with it';
COMMENT ON COLUMN public.idempotency_key.result IS 'Key of what came of it';
COMMENT ON COLUMN public.idempotency_key.at IS 'When, UTC';
CREATE TABLE public.job_run (
    job character varying(255) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    result character varying(255) DEFAULT ''::character varying NOT NULL,
    error character varying(255) DEFAULT ''::character varying NOT NULL
);
COMMENT ON TABLE public.job_run IS 'Last run of each job';
COMMENT ON COLUMN public.job_run.job IS 'Name in the schedule';
COMMENT ON COLUMN public.job_run.started_at IS 'Start of the last run, UTC';
COMMENT ON COLUMN public.job_run.ended_at IS 'End of the last run that succeeded, UTC';
COMMENT ON COLUMN public.job_run.result IS 'What it did, in numbers';
COMMENT ON COLUMN public.job_run.error IS 'Kind of the last failure';
CREATE TABLE public.mask_choice (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    words text NOT NULL,
    hidden boolean NOT NULL,
    user_id integer,
    agency_id bigint,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.mask_choice IS 'Words of reports that somebody hid from the public, or showed to it';
COMMENT ON COLUMN public.mask_choice.id IS 'Primary key';
COMMENT ON COLUMN public.mask_choice.report_id IS 'The report';
COMMENT ON COLUMN public.mask_choice.words IS 'The words, as they stand in the report';
COMMENT ON COLUMN public.mask_choice.hidden IS 'Hidden from the public; else shown although masked before';
COMMENT ON COLUMN public.mask_choice.user_id IS 'Who chose';
COMMENT ON COLUMN public.mask_choice.agency_id IS 'Their agency then';
COMMENT ON COLUMN public.mask_choice.at IS 'When, UTC';
CREATE SEQUENCE public.mask_choice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.mask_choice_id_seq OWNED BY public.mask_choice.id;
CREATE TABLE public.message (
    conversation_id bigint NOT NULL,
    post_id bigint NOT NULL
);
COMMENT ON TABLE public.message IS 'Posts of conversations';
COMMENT ON COLUMN public.message.conversation_id IS 'The conversation';
COMMENT ON COLUMN public.message.post_id IS 'The post';
CREATE TABLE public.notification (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    kind character varying(32) NOT NULL,
    occurrence character varying(255) NOT NULL,
    report_id bigint,
    clock_id bigint,
    agency_id bigint,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT ck_notification_kind CHECK (((kind)::text = ANY ((ARRAY['disposition'::character varying, 'disposition_changed'::character varying, 'copy'::character varying, 'reply'::character varying, 'comment'::character varying, 'request'::character varying, 'decided'::character varying, 'voided'::character varying, 'hold'::character varying, 'release'::character varying, 'closing'::character varying, 'closes_tomorrow'::character varying, 'reopening'::character varying, 'deadline_near'::character varying, 'deadline_missed'::character varying, 'account'::character varying, 'handover'::character varying])::text[])))
);
COMMENT ON TABLE public.notification IS 'What officers are told by the bell';
COMMENT ON COLUMN public.notification.id IS 'Primary key';
COMMENT ON COLUMN public.notification.user_id IS 'Who is told';
COMMENT ON COLUMN public.notification.kind IS 'What is told';
COMMENT ON COLUMN public.notification.occurrence IS 'Names what happened: nobody is told the same of it twice';
COMMENT ON COLUMN public.notification.report_id IS 'The report that it is about, whose scope is asked at reading';
COMMENT ON COLUMN public.notification.clock_id IS 'The clock that it reminds of; it goes when that ends';
COMMENT ON COLUMN public.notification.agency_id IS 'The agency that acted; NULL for the reporter and the system';
COMMENT ON COLUMN public.notification.at IS 'When, UTC';
COMMENT ON COLUMN public.notification.read_at IS 'When it was opened, UTC';
CREATE TABLE public.notification_digest (
    user_id integer NOT NULL,
    upto_id bigint NOT NULL,
    sent_on date NOT NULL
);
COMMENT ON TABLE public.notification_digest IS 'The last daily mail of each reader';
COMMENT ON COLUMN public.notification_digest.user_id IS 'Whose mail it is';
COMMENT ON COLUMN public.notification_digest.upto_id IS 'The last notification that it looked at';
COMMENT ON COLUMN public.notification_digest.sent_on IS 'The day, in the zone of the reader''s agency';
CREATE SEQUENCE public.notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.notification_id_seq OWNED BY public.notification.id;
CREATE TABLE public.notification_setting (
    user_id integer NOT NULL,
    kinds character varying(32) NOT NULL,
    mailing character varying(32) NOT NULL,
    CONSTRAINT ck_notification_setting_group CHECK (((kinds)::text = ANY ((ARRAY['dispositions'::character varying, 'reporter'::character varying, 'comments'::character varying, 'requests'::character varying, 'states'::character varying, 'deadlines'::character varying, 'account'::character varying])::text[]))),
    CONSTRAINT ck_notification_setting_mailing CHECK (((mailing)::text = ANY ((ARRAY['at_once'::character varying, 'daily'::character varying, 'never'::character varying])::text[])))
);
COMMENT ON TABLE public.notification_setting IS 'Mails about notifications, as their readers chose';
COMMENT ON COLUMN public.notification_setting.user_id IS 'Whose choice it is';
COMMENT ON COLUMN public.notification_setting.kinds IS 'The kinds';
COMMENT ON COLUMN public.notification_setting.mailing IS 'At once, daily, or never';
CREATE TABLE public.one_time_code (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    purpose character varying(32) NOT NULL,
    email character varying(255) DEFAULT ''::character varying NOT NULL,
    phone character varying(32) DEFAULT ''::character varying NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    result character varying(255) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT ck_one_time_code_codepurpose CHECK (((purpose)::text = ANY ((ARRAY['filing'::character varying, 'register'::character varying, 'password'::character varying, 'phone'::character varying, 'link'::character varying])::text[]))),
    CONSTRAINT ck_one_time_code_one_address CHECK ((((email)::text = ''::text) <> ((phone)::text = ''::text)))
);
COMMENT ON TABLE public.one_time_code IS 'Codes that confirm an address, with what waits for the confirmation; swept';
COMMENT ON COLUMN public.one_time_code.id IS 'Primary key';
COMMENT ON COLUMN public.one_time_code.token_hash IS 'SHA-256 of the token in the address of the page that asks for it';
COMMENT ON COLUMN public.one_time_code.purpose IS 'What it confirms';
COMMENT ON COLUMN public.one_time_code.email IS 'The e-mail, or empty';
COMMENT ON COLUMN public.one_time_code.phone IS 'The telephone in E.164 form, or empty';
COMMENT ON COLUMN public.one_time_code.payload IS 'What was typed and waits; emptied when used';
COMMENT ON COLUMN public.one_time_code.tries IS 'Wrong codes so far';
COMMENT ON COLUMN public.one_time_code.created_at IS 'When it was asked for, UTC';
COMMENT ON COLUMN public.one_time_code.expires_at IS 'Not good from then on, UTC';
COMMENT ON COLUMN public.one_time_code.used_at IS 'When it was right, UTC';
COMMENT ON COLUMN public.one_time_code.result IS 'Key of what came of it, for a second click';
CREATE SEQUENCE public.one_time_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.one_time_code_id_seq OWNED BY public.one_time_code.id;
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    topic character varying(32) NOT NULL,
    report_id bigint,
    once character varying(255) NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    available_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text DEFAULT ''::text NOT NULL
);
COMMENT ON TABLE public.outbox IS 'Messages to be sent after the commit of what caused them';
COMMENT ON COLUMN public.outbox.id IS 'Primary key';
COMMENT ON COLUMN public.outbox.topic IS 'What is to be told';
COMMENT ON COLUMN public.outbox.report_id IS 'The report that it is about';
COMMENT ON COLUMN public.outbox.once IS 'Names the occurrence: the same one is never queued twice';
COMMENT ON COLUMN public.outbox.payload IS 'Keys and codes';
COMMENT ON COLUMN public.outbox.created_at IS 'When it was queued, UTC';
COMMENT ON COLUMN public.outbox.available_at IS 'Not to be tried before, UTC';
COMMENT ON COLUMN public.outbox.attempts IS 'Tries so far';
COMMENT ON COLUMN public.outbox.sent_at IS 'When it was told, UTC';
COMMENT ON COLUMN public.outbox.dead_at IS 'When it was given up, UTC';
COMMENT ON COLUMN public.outbox.last_error IS 'Kind of the last failure, no personal data';
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.post (
    id bigint NOT NULL,
    agency_id bigint NOT NULL,
    user_id integer NOT NULL,
    title character varying(255) DEFAULT ''::character varying NOT NULL,
    text text NOT NULL,
    to_all boolean DEFAULT false NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.post IS 'Texts of messages between agencies';
COMMENT ON COLUMN public.post.id IS 'Primary key';
COMMENT ON COLUMN public.post.agency_id IS 'The agency that writes';
COMMENT ON COLUMN public.post.user_id IS 'Its officer, shown to that agency alone';
COMMENT ON COLUMN public.post.title IS 'Judul Pesan, or empty';
COMMENT ON COLUMN public.post.text IS 'Isi Pesan';
COMMENT ON COLUMN public.post.to_all IS 'An announcement to all agencies below';
COMMENT ON COLUMN public.post.at IS 'When, UTC';
CREATE SEQUENCE public.post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.post_id_seq OWNED BY public.post.id;
CREATE TABLE public.public_comment (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    user_id integer NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    state character varying(32) NOT NULL,
    decided_at timestamp with time zone,
    decider_user_id integer,
    decider_agency_id bigint,
    CONSTRAINT ck_public_comment_commentstate CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'shown'::character varying, 'hidden'::character varying])::text[]))),
    CONSTRAINT ck_public_comment_waiting_until_decided CHECK ((((state)::text = 'waiting'::text) = (decided_at IS NULL)))
);
COMMENT ON TABLE public.public_comment IS 'Comments by citizens on public reports, moderated by the handling agency';
COMMENT ON COLUMN public.public_comment.id IS 'Primary key';
COMMENT ON COLUMN public.public_comment.report_id IS 'The report';
COMMENT ON COLUMN public.public_comment.user_id IS 'Who wrote it';
COMMENT ON COLUMN public.public_comment.text IS 'What it says';
COMMENT ON COLUMN public.public_comment.at IS 'When, UTC';
COMMENT ON COLUMN public.public_comment.state IS 'waiting, shown or hidden';
COMMENT ON COLUMN public.public_comment.decided_at IS 'When it was moderated, UTC';
COMMENT ON COLUMN public.public_comment.decider_user_id IS 'The officer who moderated it last';
COMMENT ON COLUMN public.public_comment.decider_agency_id IS 'That officer''s agency';
CREATE SEQUENCE public.public_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.public_comment_id_seq OWNED BY public.public_comment.id;
CREATE TABLE public.quiet_phone (
    phone character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.quiet_phone IS 'Telephones that asked for no more messages';
COMMENT ON COLUMN public.quiet_phone.phone IS 'In E.164 form';
COMMENT ON COLUMN public.quiet_phone.at IS 'When it asked, UTC';
CREATE TABLE public.rating (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    closing integer NOT NULL,
    stars integer NOT NULL,
    solved boolean NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_rating_one_to_five CHECK (((stars >= 1) AND (stars <= 5)))
);
COMMENT ON TABLE public.rating IS 'Ratings of closed reports by their reporters';
COMMENT ON COLUMN public.rating.id IS 'Primary key';
COMMENT ON COLUMN public.rating.report_id IS 'The report';
COMMENT ON COLUMN public.rating.closing IS 'Number of the event that closed it';
COMMENT ON COLUMN public.rating.stars IS '1 to 5';
COMMENT ON COLUMN public.rating.solved IS 'Whether the problem is settled for the reporter';
COMMENT ON COLUMN public.rating.note IS 'What they add';
COMMENT ON COLUMN public.rating.at IS 'When, UTC';
CREATE SEQUENCE public.rating_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.rating_id_seq OWNED BY public.rating.id;
CREATE TABLE public.recovery_code (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    code_hash character varying(64) NOT NULL
);
COMMENT ON TABLE public.recovery_code IS 'Unused recovery codes of the second step, as hashes';
COMMENT ON COLUMN public.recovery_code.id IS 'Primary key';
COMMENT ON COLUMN public.recovery_code.user_id IS 'Whose code it is';
COMMENT ON COLUMN public.recovery_code.code_hash IS 'SHA-256 of the code';
CREATE SEQUENCE public.recovery_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.recovery_code_id_seq OWNED BY public.recovery_code.id;
CREATE TABLE public.reorganisation (
    id bigint NOT NULL,
    kind character varying(32) NOT NULL,
    stage character varying(32) NOT NULL,
    agency_id bigint NOT NULL,
    target_id bigint NOT NULL,
    former_parent_id bigint,
    user_id integer NOT NULL,
    by_agency_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    began_at timestamp with time zone,
    ended_at timestamp with time zone,
    units jsonb DEFAULT '[]'::jsonb NOT NULL,
    reports integer DEFAULT 0 NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    reached bigint DEFAULT '0'::bigint NOT NULL,
    fault character varying(255) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT ck_reorganisation_began_when_running CHECK (((began_at IS NOT NULL) OR ((stage)::text = ANY ((ARRAY['planned'::character varying, 'cancelled'::character varying])::text[])))),
    CONSTRAINT ck_reorganisation_ended_when_ended CHECK (((ended_at IS NULL) = ((stage)::text = ANY ((ARRAY['planned'::character varying, 'running'::character varying])::text[])))),
    CONSTRAINT ck_reorganisation_kind CHECK (((kind)::text = ANY ((ARRAY['move'::character varying, 'merge'::character varying, 'dissolve'::character varying])::text[]))),
    CONSTRAINT ck_reorganisation_stage CHECK (((stage)::text = ANY ((ARRAY['planned'::character varying, 'running'::character varying, 'done'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT ck_reorganisation_two_agencies CHECK ((agency_id <> target_id))
);
COMMENT ON TABLE public.reorganisation IS 'Moves, mergers and dissolutions of agencies';
COMMENT ON COLUMN public.reorganisation.id IS 'Primary key';
COMMENT ON COLUMN public.reorganisation.kind IS 'Moved, merged or dissolved';
COMMENT ON COLUMN public.reorganisation.stage IS 'Where it stands';
COMMENT ON COLUMN public.reorganisation.agency_id IS 'The agency that it is about';
COMMENT ON COLUMN public.reorganisation.target_id IS 'The new parent, or the agency that takes its place';
COMMENT ON COLUMN public.reorganisation.former_parent_id IS 'What it lay below when it took effect';
COMMENT ON COLUMN public.reorganisation.user_id IS 'Who asked for it';
COMMENT ON COLUMN public.reorganisation.by_agency_id IS 'Their agency then';
COMMENT ON COLUMN public.reorganisation.asked_at IS 'When it was asked for, UTC';
COMMENT ON COLUMN public.reorganisation.effective_at IS 'From when on it holds, UTC';
COMMENT ON COLUMN public.reorganisation.began_at IS 'When the tree was changed, UTC; NULL: it was not';
COMMENT ON COLUMN public.reorganisation.ended_at IS 'When its last report had followed, or it was cancelled, UTC';
COMMENT ON COLUMN public.reorganisation.units IS 'Keys of the agencies that got other agencies above them, each with what lies below it';
COMMENT ON COLUMN public.reorganisation.reports IS 'Reports that it concerned when it took effect';
COMMENT ON COLUMN public.reorganisation.done IS 'Reports that have followed';
COMMENT ON COLUMN public.reorganisation.reached IS 'The last report that has followed: batches go on after it';
COMMENT ON COLUMN public.reorganisation.fault IS 'Why it could not take effect, in words to be translated';
CREATE SEQUENCE public.reorganisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reorganisation_id_seq OWNED BY public.reorganisation.id;
CREATE TABLE public.reply (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    seq integer NOT NULL,
    text text NOT NULL,
    recorder_user_id integer,
    recorder_agency_id bigint,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.reply IS 'Answers by reporters';
COMMENT ON COLUMN public.reply.id IS 'Primary key';
COMMENT ON COLUMN public.reply.report_id IS 'The report';
COMMENT ON COLUMN public.reply.seq IS 'Number within the report, from 1';
COMMENT ON COLUMN public.reply.text IS 'What it says';
COMMENT ON COLUMN public.reply.recorder_user_id IS 'The officer who recorded it for the reporter';
COMMENT ON COLUMN public.reply.recorder_agency_id IS 'That officer''s agency';
COMMENT ON COLUMN public.reply.at IS 'When, UTC';
CREATE SEQUENCE public.reply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reply_id_seq OWNED BY public.reply.id;
CREATE TABLE public.report (
    id bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    state character varying(32) NOT NULL,
    held boolean DEFAULT false NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source character varying(32) NOT NULL,
    client_id bigint,
    reporter_id bigint,
    is_anonymous boolean DEFAULT false NOT NULL,
    is_secret boolean DEFAULT false NOT NULL,
    link_hash character varying(64),
    link_round integer DEFAULT 0 NOT NULL,
    original_title character varying(255) DEFAULT ''::character varying NOT NULL,
    original_text text NOT NULL,
    title character varying(255) DEFAULT ''::character varying NOT NULL,
    text text NOT NULL,
    mask_choices jsonb,
    classification character varying(32),
    category_id bigint,
    area_code character varying(16),
    location character varying(255) DEFAULT ''::character varying NOT NULL,
    suggested_agency_id bigint,
    holder_id bigint NOT NULL,
    verified_at timestamp with time zone,
    first_follow_up_at timestamp with time zone,
    last_follow_up_at timestamp with time zone,
    last_reply_at timestamp with time zone,
    reply_unanswered boolean DEFAULT false NOT NULL,
    clock_kind character varying(32),
    clock_due_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by character varying(32),
    archive_reason character varying(32),
    follow_up_count integer DEFAULT 0 NOT NULL,
    comment_count integer DEFAULT 0 NOT NULL,
    rating integer,
    recorder_agency_id bigint,
    recorder_user_id integer,
    external_source character varying(255),
    external_id character varying(255),
    CONSTRAINT ck_report_archived_with_reason CHECK (((archive_reason IS NULL) = ((state)::text <> 'archived'::text))),
    CONSTRAINT ck_report_auto_close_only_in_progress CHECK ((((clock_kind)::text <> 'auto_close'::text) OR (((state)::text = 'in_progress'::text) AND (NOT held)))),
    CONSTRAINT ck_report_channel CHECK (((source)::text = ANY ((ARRAY['website'::character varying, 'android'::character varying, 'ios'::character varying, 'sms'::character varying, 'whatsapp'::character varying, 'instagram'::character varying, 'facebook'::character varying, 'x'::character varying, 'hotline'::character varying, 'call_center'::character varying, 'email'::character varying, 'face_to_face'::character varying, 'letter'::character varying, 'subsite'::character varying, 'partner'::character varying, 'import'::character varying])::text[]))),
    CONSTRAINT ck_report_classification CHECK (((classification)::text = ANY ((ARRAY['supervised'::character varying, 'unsupervised'::character varying, 'information'::character varying, 'aspiration'::character varying])::text[]))),
    CONSTRAINT ck_report_clock CHECK (((clock_kind)::text = ANY ((ARRAY['verification'::character varying, 'details'::character varying, 'follow_up'::character varying, 'auto_close'::character varying, 'target'::character varying])::text[]))),
    CONSTRAINT ck_report_clock_has_due_time CHECK (((clock_kind IS NULL) = (clock_due_at IS NULL))),
    CONSTRAINT ck_report_details_only_incomplete CHECK ((((clock_kind)::text <> 'details'::text) OR ((state)::text = 'incomplete'::text))),
    CONSTRAINT ck_report_ended_by_somebody CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT ck_report_ended_when_ended CHECK (((ended_at IS NULL) = ((state)::text <> ALL ((ARRAY['closed'::character varying, 'archived'::character varying])::text[])))),
    CONSTRAINT ck_report_endedby CHECK (((ended_by)::text = ANY ((ARRAY['system'::character varying, 'admin'::character varying, 'reporter'::character varying])::text[]))),
    CONSTRAINT ck_report_external_id_with_source CHECK (((external_source IS NULL) = (external_id IS NULL))),
    CONSTRAINT ck_report_held_only_in_progress CHECK (((NOT held) OR ((state)::text = 'in_progress'::text))),
    CONSTRAINT ck_report_rating_one_to_five CHECK (((rating IS NULL) OR ((rating >= 1) AND (rating <= 5)))),
    CONSTRAINT ck_report_state CHECK (((state)::text = ANY ((ARRAY['unverified'::character varying, 'incomplete'::character varying, 'waiting'::character varying, 'in_progress'::character varying, 'closed'::character varying, 'archived'::character varying])::text[]))),
    CONSTRAINT ck_report_verified_completely CHECK ((((state)::text <> ALL ((ARRAY['waiting'::character varying, 'in_progress'::character varying])::text[])) OR ((classification IS NOT NULL) AND (category_id IS NOT NULL) AND (verified_at IS NOT NULL))))
);
COMMENT ON TABLE public.report IS 'Complaints; the key is the tracking number';
COMMENT ON COLUMN public.report.id IS 'Primary key';
COMMENT ON COLUMN public.report.version IS 'Rises with each change; a stale form is refused by it';
COMMENT ON COLUMN public.report.state IS 'Where it is in its life (rules/reports/workflow.py)';
COMMENT ON COLUMN public.report.held IS 'Auto-close stands still';
COMMENT ON COLUMN public.report.received_at IS 'When it reached LAPOR!, UTC';
COMMENT ON COLUMN public.report.source IS 'The channel by which it came';
COMMENT ON COLUMN public.report.client_id IS 'The program that sent it by the API';
COMMENT ON COLUMN public.report.reporter_id IS 'Who sent it';
COMMENT ON COLUMN public.report.is_anonymous IS 'Anonim: identity hidden from the public and the agencies';
COMMENT ON COLUMN public.report.is_secret IS 'Rahasia: not shown to the public';
COMMENT ON COLUMN public.report.link_hash IS 'SHA-256 of the secret link''s token';
COMMENT ON COLUMN public.report.link_round IS 'How often its secret link was ended: each is made from this count';
COMMENT ON COLUMN public.report.original_title IS 'As the reporter wrote it, never changed';
COMMENT ON COLUMN public.report.original_text IS 'As the reporter wrote it, never changed';
COMMENT ON COLUMN public.report.title IS 'As edited by the central desk';
COMMENT ON COLUMN public.report.text IS 'As edited by the central desk';
COMMENT ON COLUMN public.report.mask_choices IS 'The choices that hold, [words, hidden] each (mask_choice), for every reader';
COMMENT ON COLUMN public.report.classification IS 'Set at verification';
COMMENT ON COLUMN public.report.category_id IS 'Topic';
COMMENT ON COLUMN public.report.area_code IS 'Smallest known area';
COMMENT ON COLUMN public.report.location IS 'Place in words';
COMMENT ON COLUMN public.report.suggested_agency_id IS 'The agency that the reporter or channel named';
COMMENT ON COLUMN public.report.holder_id IS 'Top of the chain; the agency that holds it';
COMMENT ON COLUMN public.report.verified_at IS 'Last verification, UTC';
COMMENT ON COLUMN public.report.first_follow_up_at IS 'First follow-up of any agency, UTC';
COMMENT ON COLUMN public.report.last_follow_up_at IS 'Last follow-up of any agency, UTC';
COMMENT ON COLUMN public.report.last_reply_at IS 'Last reply of the reporter, UTC';
COMMENT ON COLUMN public.report.reply_unanswered IS 'The reporter wrote last';
COMMENT ON COLUMN public.report.clock_kind IS 'The running clock (report_clock), cached';
COMMENT ON COLUMN public.report.clock_due_at IS 'When the running clock runs out, UTC';
COMMENT ON COLUMN public.report.ended_at IS 'When closed or archived, UTC';
COMMENT ON COLUMN public.report.ended_by IS 'Who closed or archived it';
COMMENT ON COLUMN public.report.archive_reason IS 'Why it was archived';
COMMENT ON COLUMN public.report.follow_up_count IS 'Follow-ups, for the card';
COMMENT ON COLUMN public.report.comment_count IS 'Comments, for the card';
COMMENT ON COLUMN public.report.rating IS 'The reporter''s rating, 1 to 5';
COMMENT ON COLUMN public.report.recorder_agency_id IS 'The agency that typed it in for the reporter';
COMMENT ON COLUMN public.report.recorder_user_id IS 'The officer who typed it in';
COMMENT ON COLUMN public.report.external_source IS 'The file or system that it was imported from';
COMMENT ON COLUMN public.report.external_id IS 'Its id there';
CREATE TABLE public.report_clock (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    kind character varying(32) NOT NULL,
    agency_id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    days integer NOT NULL,
    due_at timestamp with time zone NOT NULL,
    pauses jsonb DEFAULT '[]'::jsonb NOT NULL,
    met_at timestamp with time zone,
    ended_at timestamp with time zone,
    reminded smallint DEFAULT '0'::smallint NOT NULL,
    outcome character varying(32),
    CONSTRAINT ck_report_clock_clock CHECK (((kind)::text = ANY ((ARRAY['verification'::character varying, 'details'::character varying, 'follow_up'::character varying, 'auto_close'::character varying, 'target'::character varying])::text[]))),
    CONSTRAINT ck_report_clock_clockoutcome CHECK (((outcome)::text = ANY ((ARRAY['met'::character varying, 'expired'::character varying, 'stopped'::character varying, 'passed_on'::character varying])::text[]))),
    CONSTRAINT ck_report_clock_met_when_met CHECK ((((outcome)::text = 'met'::text) = (met_at IS NOT NULL))),
    CONSTRAINT ck_report_clock_outcome_when_ended CHECK (((outcome IS NULL) = (ended_at IS NULL)))
);
COMMENT ON TABLE public.report_clock IS 'Deadlines of reports, running and decided';
COMMENT ON COLUMN public.report_clock.id IS 'Primary key';
COMMENT ON COLUMN public.report_clock.report_id IS 'The report';
COMMENT ON COLUMN public.report_clock.kind IS 'What is awaited';
COMMENT ON COLUMN public.report_clock.agency_id IS 'The agency whose clock and calendar it is';
COMMENT ON COLUMN public.report_clock.started_at IS 'Start, UTC; its local date is day 0';
COMMENT ON COLUMN public.report_clock.days IS 'Length in days of its kind';
COMMENT ON COLUMN public.report_clock.due_at IS 'End of the last day, UTC';
COMMENT ON COLUMN public.report_clock.pauses IS '[[since, until or null], ...] ISO times, UTC';
COMMENT ON COLUMN public.report_clock.met_at IS 'When what was awaited came, UTC';
COMMENT ON COLUMN public.report_clock.ended_at IS 'When it stopped for good, UTC';
COMMENT ON COLUMN public.report_clock.reminded IS 'What its agency was reminded of: 0 nothing, 1 that it runs out, 2 that it did';
COMMENT ON COLUMN public.report_clock.outcome IS 'How it ended; NULL while it runs or stands still';
CREATE SEQUENCE public.report_clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.report_clock_id_seq OWNED BY public.report_clock.id;
CREATE TABLE public.report_comment (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    user_id integer NOT NULL,
    agency_id bigint,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    hidden_at timestamp with time zone
);
COMMENT ON TABLE public.report_comment IS 'Comments';
COMMENT ON COLUMN public.report_comment.id IS 'Primary key';
COMMENT ON COLUMN public.report_comment.report_id IS 'The report';
COMMENT ON COLUMN public.report_comment.user_id IS 'Who wrote it';
COMMENT ON COLUMN public.report_comment.agency_id IS 'Their agency; NULL for a citizen';
COMMENT ON COLUMN public.report_comment.text IS 'What it says';
COMMENT ON COLUMN public.report_comment.at IS 'When, UTC';
COMMENT ON COLUMN public.report_comment.hidden_at IS 'When moderation hid it, UTC';
CREATE SEQUENCE public.report_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.report_comment_id_seq OWNED BY public.report_comment.id;
CREATE TABLE public.report_copy (
    report_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    from_agency_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.report_copy IS 'Agencies with a copy (Salinan) of a report';
COMMENT ON COLUMN public.report_copy.report_id IS 'The report';
COMMENT ON COLUMN public.report_copy.agency_id IS 'The agency that reads along';
COMMENT ON COLUMN public.report_copy.from_agency_id IS 'The agency that sent the copy';
COMMENT ON COLUMN public.report_copy.at IS 'When it was sent, UTC';
CREATE SEQUENCE public.report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.report_id_seq OWNED BY public.report.id;
CREATE TABLE public.report_scope (
    agency_id bigint NOT NULL,
    reach smallint NOT NULL,
    tab character varying(32) NOT NULL,
    sort_key bigint NOT NULL,
    report_id bigint NOT NULL,
    basis smallint NOT NULL,
    CONSTRAINT ck_report_scope_basis_known CHECK ((basis = ANY (ARRAY[0, 1]))),
    CONSTRAINT ck_report_scope_reach_known CHECK ((reach = ANY (ARRAY[0, 1]))),
    CONSTRAINT ck_report_scope_tab CHECK (((tab)::text = ANY ((ARRAY['unverified'::character varying, 'delayed'::character varying, 'waiting'::character varying, 'progress'::character varying, 'requests'::character varying, 'copies'::character varying, 'closed'::character varying, 'archived'::character varying])::text[])))
);
COMMENT ON TABLE public.report_scope IS 'Which agency sees which report where';
COMMENT ON COLUMN public.report_scope.agency_id IS 'The agency that sees it';
COMMENT ON COLUMN public.report_scope.reach IS '0 its own, 1 below it or delegated by it';
COMMENT ON COLUMN public.report_scope.tab IS 'The tab that it lies in';
COMMENT ON COLUMN public.report_scope.sort_key IS 'Order in the tab (rules/reports/tabs.py), microseconds';
COMMENT ON COLUMN public.report_scope.report_id IS 'The report';
COMMENT ON COLUMN public.report_scope.basis IS '0 full, 1 a copy: no identity of the reporter';
CREATE TABLE public.report_search (
    report_id bigint NOT NULL,
    basis smallint NOT NULL,
    tsv tsvector NOT NULL
);
COMMENT ON TABLE public.report_search IS 'Search index: the words of each report, by app/search';
COMMENT ON COLUMN public.report_search.report_id IS 'The report';
COMMENT ON COLUMN public.report_search.basis IS '0 as its agencies read it, 1 as copies do';
COMMENT ON COLUMN public.report_search.tsv IS 'Stems with places, and marks that begin with _';
CREATE TABLE public.reporter (
    id bigint NOT NULL,
    user_id integer,
    name character varying(255) DEFAULT ''::character varying NOT NULL,
    email character varying(255) DEFAULT ''::character varying NOT NULL,
    phone character varying(32) DEFAULT ''::character varying NOT NULL,
    notify_by character varying(32) DEFAULT 'email'::character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT ck_reporter_notifyby CHECK (((notify_by)::text = ANY ((ARRAY['email'::character varying, 'sms'::character varying, 'none'::character varying])::text[])))
);
COMMENT ON TABLE public.reporter IS 'Identity of reporters, erasable, never joined for an anonymous report';
COMMENT ON COLUMN public.reporter.id IS 'Primary key';
COMMENT ON COLUMN public.reporter.user_id IS 'Their account, if they have one';
COMMENT ON COLUMN public.reporter.name IS 'Name as given';
COMMENT ON COLUMN public.reporter.email IS 'E-mail in lower case, or empty';
COMMENT ON COLUMN public.reporter.phone IS 'Telephone in E.164 form, or empty';
COMMENT ON COLUMN public.reporter.notify_by IS 'How they want to be told of their reports';
COMMENT ON COLUMN public.reporter.created_at IS 'When first seen, UTC';
COMMENT ON COLUMN public.reporter.erased_at IS 'When the person was erased, UTC';
CREATE SEQUENCE public.reporter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reporter_id_seq OWNED BY public.reporter.id;
CREATE TABLE public.request (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    action character varying(32) NOT NULL,
    status character varying(32) NOT NULL,
    asker_agency_id bigint,
    asker_user_id integer,
    on_behalf_of_id bigint,
    decider_agency_id bigint NOT NULL,
    suggested_agency_id bigint,
    reason text DEFAULT ''::text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decider_user_id integer,
    decided_for_id bigint,
    answer text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_request_action CHECK (((action)::text = ANY ((ARRAY['verify'::character varying, 'ask_details'::character varying, 'complete'::character varying, 'archive'::character varying, 'restore'::character varying, 'correct'::character varying, 'forward'::character varying, 'redirect'::character varying, 'follow_up'::character varying, 'reply'::character varying, 'hand_back'::character varying, 'hold'::character varying, 'release'::character varying, 'close'::character varying, 'auto_close'::character varying, 'reopen'::character varying, 'comment'::character varying])::text[]))),
    CONSTRAINT ck_request_open_until_decided CHECK ((((status)::text = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT ck_request_rejected_with_reason CHECK ((((status)::text <> 'rejected'::text) OR (length(answer) > 0))),
    CONSTRAINT ck_request_requeststatus CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'accepted'::character varying, 'rejected'::character varying, 'withdrawn'::character varying, 'void'::character varying])::text[])))
);
COMMENT ON TABLE public.request IS 'Requests for moves that their askers may not make';
COMMENT ON COLUMN public.request.id IS 'Primary key';
COMMENT ON COLUMN public.request.report_id IS 'The report';
COMMENT ON COLUMN public.request.action IS 'The move that is asked for';
COMMENT ON COLUMN public.request.status IS 'open, or how it ended';
COMMENT ON COLUMN public.request.asker_agency_id IS 'The agency that asks; NULL for the reporter';
COMMENT ON COLUMN public.request.asker_user_id IS 'Who asks';
COMMENT ON COLUMN public.request.on_behalf_of_id IS 'a.n.: the agency without an officer that is asked for';
COMMENT ON COLUMN public.request.decider_agency_id IS 'The agency that decides: the delegator at the time';
COMMENT ON COLUMN public.request.suggested_agency_id IS 'Saran Instansi of a hand-back';
COMMENT ON COLUMN public.request.reason IS 'The asker''s reason';
COMMENT ON COLUMN public.request.asked_at IS 'When, UTC';
COMMENT ON COLUMN public.request.decided_at IS 'When it ended, UTC';
COMMENT ON COLUMN public.request.decider_user_id IS 'Who decided';
COMMENT ON COLUMN public.request.decided_for_id IS 'a.n.: the decider without an officer that was decided for';
COMMENT ON COLUMN public.request.answer IS 'The decider''s reason, shown to the asker';
CREATE SEQUENCE public.request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.request_id_seq OWNED BY public.request.id;
CREATE TABLE public.role_demand (
    role_id integer NOT NULL,
    second_step boolean DEFAULT false NOT NULL
);
COMMENT ON TABLE public.role_demand IS 'What central admins demand of holders of a role';
COMMENT ON COLUMN public.role_demand.role_id IS 'The role';
COMMENT ON COLUMN public.role_demand.second_step IS 'Whether its holders must sign in with a second step';
CREATE TABLE public.saved_search (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    name character varying(255) NOT NULL,
    query character varying(2000) NOT NULL,
    at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.saved_search IS 'Searches that accounts saved';
COMMENT ON COLUMN public.saved_search.id IS 'Primary key';
COMMENT ON COLUMN public.saved_search.user_id IS 'Whose it is';
COMMENT ON COLUMN public.saved_search.name IS 'What they call it';
COMMENT ON COLUMN public.saved_search.query IS 'What stands behind the ? of its address, for nobody else''s eyes';
COMMENT ON COLUMN public.saved_search.at IS 'When, UTC';
CREATE SEQUENCE public.saved_search_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.saved_search_id_seq OWNED BY public.saved_search.id;
CREATE TABLE public.search_synonym (
    id bigint NOT NULL,
    words character varying(255) NOT NULL
);
COMMENT ON TABLE public.search_synonym IS 'Words that mean the same in a search';
COMMENT ON COLUMN public.search_synonym.id IS 'Primary key';
COMMENT ON COLUMN public.search_synonym.words IS 'The words, with commas between them';
CREATE SEQUENCE public.search_synonym_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.search_synonym_id_seq OWNED BY public.search_synonym.id;
CREATE TABLE public.sheet_import (
    id bigint NOT NULL,
    file_name character varying(255) NOT NULL,
    stored_name character varying(64) DEFAULT ''::character varying NOT NULL,
    zone character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    user_id integer,
    created_at timestamp with time zone NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    claimed_until timestamp with time zone,
    generated_at timestamp with time zone,
    total integer DEFAULT 0 NOT NULL,
    imported integer DEFAULT 0 NOT NULL,
    known integer DEFAULT 0 NOT NULL,
    refused integer DEFAULT 0 NOT NULL,
    summary jsonb DEFAULT '{}'::jsonb NOT NULL,
    fault jsonb,
    skip_faults boolean DEFAULT false NOT NULL,
    confirmed_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT ck_sheet_import_sheetstate CHECK (((state)::text = ANY ((ARRAY['checking'::character varying, 'ready'::character varying, 'importing'::character varying, 'done'::character varying, 'refused'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT ck_sheet_import_zone CHECK (((zone)::text = ANY ((ARRAY['Asia/Jakarta'::character varying, 'Asia/Makassar'::character varying, 'Asia/Jayapura'::character varying])::text[])))
);
COMMENT ON TABLE public.sheet_import IS 'Imports of Laporan Ringkas';
COMMENT ON COLUMN public.sheet_import.id IS 'Primary key';
COMMENT ON COLUMN public.sheet_import.file_name IS 'Name as the sender gave it';
COMMENT ON COLUMN public.sheet_import.stored_name IS 'Where the file lies until it is checked, or empty';
COMMENT ON COLUMN public.sheet_import.zone IS 'Zone of the times in it that name none';
COMMENT ON COLUMN public.sheet_import.state IS 'Where it stands';
COMMENT ON COLUMN public.sheet_import.user_id IS 'Who brought it; NULL for the command';
COMMENT ON COLUMN public.sheet_import.created_at IS 'When it was brought, UTC';
COMMENT ON COLUMN public.sheet_import.attempt IS 'How often its check was begun: tells two workers apart';
COMMENT ON COLUMN public.sheet_import.claimed_until IS 'A worker checks it until then, UTC';
COMMENT ON COLUMN public.sheet_import.generated_at IS 'When the file was made, as it says itself, UTC';
COMMENT ON COLUMN public.sheet_import.total IS 'Rows that were read';
COMMENT ON COLUMN public.sheet_import.imported IS 'Rows that became reports';
COMMENT ON COLUMN public.sheet_import.known IS 'Rows that were there already';
COMMENT ON COLUMN public.sheet_import.refused IS 'Rows that were refused';
COMMENT ON COLUMN public.sheet_import.summary IS 'How many rows of each status';
COMMENT ON COLUMN public.sheet_import.fault IS 'Why the file was refused, with the cell';
COMMENT ON COLUMN public.sheet_import.skip_faults IS 'Confirmed although some rows are refused';
COMMENT ON COLUMN public.sheet_import.confirmed_at IS 'When it was confirmed, UTC';
COMMENT ON COLUMN public.sheet_import.ended_at IS 'When it was done, refused or cancelled, UTC';
CREATE SEQUENCE public.sheet_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sheet_import_id_seq OWNED BY public.sheet_import.id;
CREATE TABLE public.sheet_name (
    id bigint NOT NULL,
    import_id bigint NOT NULL,
    kind character varying(32) NOT NULL,
    parent character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    rows integer NOT NULL,
    target_id bigint,
    CONSTRAINT ck_sheet_name_namekind CHECK (((kind)::text = ANY ((ARRAY['agency'::character varying, 'category'::character varying, 'area'::character varying])::text[])))
);
COMMENT ON TABLE public.sheet_name IS 'Names in imported files, matched, mapped or to be made';
COMMENT ON COLUMN public.sheet_name.id IS 'Primary key';
COMMENT ON COLUMN public.sheet_name.import_id IS 'The file';
COMMENT ON COLUMN public.sheet_name.kind IS 'What is named';
COMMENT ON COLUMN public.sheet_name.parent IS 'The agency above it in the file, or empty';
COMMENT ON COLUMN public.sheet_name.name IS 'The name in the file';
COMMENT ON COLUMN public.sheet_name.rows IS 'In how many rows it stands';
COMMENT ON COLUMN public.sheet_name.target_id IS 'Key of the agency or category that it stands for; NULL while nobody knows';
CREATE SEQUENCE public.sheet_name_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sheet_name_id_seq OWNED BY public.sheet_name.id;
CREATE TABLE public.sheet_row (
    import_id bigint NOT NULL,
    number integer NOT NULL,
    external_id character varying(255) NOT NULL,
    outcome character varying(32) NOT NULL,
    report_id bigint,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    fault jsonb,
    CONSTRAINT ck_sheet_row_rowoutcome CHECK (((outcome)::text = ANY ((ARRAY['waiting'::character varying, 'imported'::character varying, 'known'::character varying, 'refused'::character varying])::text[])))
);
COMMENT ON TABLE public.sheet_row IS 'Rows of imported files; what they say goes when it is done';
COMMENT ON COLUMN public.sheet_row.import_id IS 'The file';
COMMENT ON COLUMN public.sheet_row.number IS 'Row in the file, from 1';
COMMENT ON COLUMN public.sheet_row.external_id IS 'Its Tracking ID, without #';
COMMENT ON COLUMN public.sheet_row.outcome IS 'What became of it';
COMMENT ON COLUMN public.sheet_row.report_id IS 'The report that it is';
COMMENT ON COLUMN public.sheet_row.data IS 'What it says; emptied when it is done';
COMMENT ON COLUMN public.sheet_row.fault IS 'Why it was refused, with the cell';
CREATE TABLE public.sms_message (
    id bigint NOT NULL,
    gateway_id character varying(255) NOT NULL,
    phone character varying(32) NOT NULL,
    command character varying(32) NOT NULL,
    answer character varying(32) NOT NULL,
    report_id bigint,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_sms_message_answer CHECK (((answer)::text = ANY ((ARRAY['filed'::character varying, 'status'::character varying, 'replied'::character varying, 'completed'::character varying, 'closed'::character varying, 'reopen_asked'::character varying, 'stopped'::character varying, 'started'::character varying, 'help'::character varying, 'no_keyword'::character varying, 'too_long'::character varying, 'not_yours'::character varying, 'not_now'::character varying, 'too_many'::character varying, 'none'::character varying])::text[]))),
    CONSTRAINT ck_sms_message_command CHECK (((command)::text = ANY ((ARRAY['file'::character varying, 'status'::character varying, 'reply'::character varying, 'close'::character varying, 'reopen'::character varying, 'stop'::character varying, 'start'::character varying, 'help'::character varying])::text[])))
);
COMMENT ON TABLE public.sms_message IS 'Text messages that came in, kept for some days';
COMMENT ON COLUMN public.sms_message.id IS 'Primary key';
COMMENT ON COLUMN public.sms_message.gateway_id IS 'The gateway''s name for it: delivered twice, it is one message';
COMMENT ON COLUMN public.sms_message.phone IS 'Telephone that sent it, in E.164 form';
COMMENT ON COLUMN public.sms_message.command IS 'What it asked for';
COMMENT ON COLUMN public.sms_message.answer IS 'What is answered';
COMMENT ON COLUMN public.sms_message.report_id IS 'The report that it is about';
COMMENT ON COLUMN public.sms_message.at IS 'When it came in, UTC';
CREATE SEQUENCE public.sms_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sms_message_id_seq OWNED BY public.sms_message.id;
CREATE TABLE public.stat_dirty (
    id bigint NOT NULL,
    month character varying(7) NOT NULL
);
COMMENT ON TABLE public.stat_dirty IS 'Months whose summaries are to be made anew';
COMMENT ON COLUMN public.stat_dirty.id IS 'Primary key';
COMMENT ON COLUMN public.stat_dirty.month IS 'Month of receipt, YYYY-MM';
CREATE SEQUENCE public.stat_dirty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.stat_dirty_id_seq OWNED BY public.stat_dirty.id;
CREATE TABLE public.stat_month (
    agency_id bigint NOT NULL,
    dim character varying(32) NOT NULL,
    month character varying(7) NOT NULL,
    key character varying(64) NOT NULL,
    n bigint NOT NULL
);
COMMENT ON TABLE public.stat_month IS 'Summaries by agency, dimension, month of receipt and key';
COMMENT ON COLUMN public.stat_month.agency_id IS 'The agency, with all below it';
COMMENT ON COLUMN public.stat_month.dim IS 'What is counted (app/stats/parts.py)';
COMMENT ON COLUMN public.stat_month.month IS 'YYYY-MM in the agency''s zone';
COMMENT ON COLUMN public.stat_month.key IS 'The class within the dimension';
COMMENT ON COLUMN public.stat_month.n IS 'How many; minutes in dimensions of sums';
CREATE TABLE public.stat_unit (
    agency_id bigint NOT NULL,
    zone character varying(32) NOT NULL,
    reports bigint NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    reached character varying(7),
    fresh_at timestamp with time zone,
    CONSTRAINT ck_stat_unit_zone CHECK (((zone)::text = ANY ((ARRAY['Asia/Jakarta'::character varying, 'Asia/Makassar'::character varying, 'Asia/Jayapura'::character varying])::text[])))
);
COMMENT ON TABLE public.stat_unit IS 'Agencies whose statistics are read from stat_month';
COMMENT ON COLUMN public.stat_unit.agency_id IS 'The agency';
COMMENT ON COLUMN public.stat_unit.zone IS 'In which its months were cut';
COMMENT ON COLUMN public.stat_unit.reports IS 'Reports in its subtree when last counted';
COMMENT ON COLUMN public.stat_unit.counted_at IS 'When they were counted, UTC';
COMMENT ON COLUMN public.stat_unit.reached IS 'The month that is to be built next, YYYY-MM; NULL when all are';
COMMENT ON COLUMN public.stat_unit.fresh_at IS 'Every change up to then is counted, UTC';
CREATE TABLE public.system_setting (
    name character varying(32) NOT NULL,
    value character varying(64) NOT NULL
);
COMMENT ON TABLE public.system_setting IS 'Settings changed at run time; without a row the environment''s holds';
COMMENT ON COLUMN public.system_setting.name IS 'Which setting, as in config.py';
COMMENT ON COLUMN public.system_setting.value IS 'Its value as text';
CREATE TABLE public.tries (
    key_hash character varying(64) NOT NULL,
    number integer NOT NULL,
    since timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.tries IS 'Counts of tries for rate limits, by a hash; old rows are swept';
COMMENT ON COLUMN public.tries.key_hash IS 'SHA-256 of what is limited and for whom';
COMMENT ON COLUMN public.tries.number IS 'Tries since the window began';
COMMENT ON COLUMN public.tries.since IS 'When the window began, UTC';
CREATE TABLE public.unsent_form (
    session_id bigint NOT NULL,
    path character varying(2048) NOT NULL,
    fields jsonb NOT NULL,
    files integer NOT NULL,
    kept_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.unsent_form IS 'Forms that came after the end of their session; swept after a day';
COMMENT ON COLUMN public.unsent_form.session_id IS 'The session that had ended: it keeps one form, the latest';
COMMENT ON COLUMN public.unsent_form.path IS 'Where it was sent to, on this site';
COMMENT ON COLUMN public.unsent_form.fields IS 'Pairs of field and value; never a password or code';
COMMENT ON COLUMN public.unsent_form.files IS 'How many files came with it, which are not kept';
COMMENT ON COLUMN public.unsent_form.kept_at IS 'When it arrived, UTC';
ALTER TABLE ONLY public.ab_api_key ALTER COLUMN id SET DEFAULT nextval('public.ab_api_key_id_seq'::regclass);
ALTER TABLE ONLY public.ab_group ALTER COLUMN id SET DEFAULT nextval('public.ab_group_id_seq'::regclass);
ALTER TABLE ONLY public.ab_group_role ALTER COLUMN id SET DEFAULT nextval('public.ab_group_role_id_seq'::regclass);
ALTER TABLE ONLY public.ab_permission ALTER COLUMN id SET DEFAULT nextval('public.ab_permission_id_seq'::regclass);
ALTER TABLE ONLY public.ab_permission_view ALTER COLUMN id SET DEFAULT nextval('public.ab_permission_view_id_seq'::regclass);
ALTER TABLE ONLY public.ab_permission_view_role ALTER COLUMN id SET DEFAULT nextval('public.ab_permission_view_role_id_seq'::regclass);
ALTER TABLE ONLY public.ab_register_user ALTER COLUMN id SET DEFAULT nextval('public.ab_register_user_id_seq'::regclass);
ALTER TABLE ONLY public.ab_role ALTER COLUMN id SET DEFAULT nextval('public.ab_role_id_seq'::regclass);
ALTER TABLE ONLY public.ab_user ALTER COLUMN id SET DEFAULT nextval('public.ab_user_id_seq'::regclass);
ALTER TABLE ONLY public.ab_user_group ALTER COLUMN id SET DEFAULT nextval('public.ab_user_group_id_seq'::regclass);
ALTER TABLE ONLY public.ab_user_role ALTER COLUMN id SET DEFAULT nextval('public.ab_user_role_id_seq'::regclass);
ALTER TABLE ONLY public.ab_view_menu ALTER COLUMN id SET DEFAULT nextval('public.ab_view_menu_id_seq'::regclass);
ALTER TABLE ONLY public.account_link ALTER COLUMN id SET DEFAULT nextval('public.account_link_id_seq'::regclass);
ALTER TABLE ONLY public.account_session ALTER COLUMN id SET DEFAULT nextval('public.account_session_id_seq'::regclass);
ALTER TABLE ONLY public.agency ALTER COLUMN id SET DEFAULT nextval('public.agency_id_seq'::regclass);
ALTER TABLE ONLY public.api_client ALTER COLUMN id SET DEFAULT nextval('public.api_client_id_seq'::regclass);
ALTER TABLE ONLY public.api_code ALTER COLUMN id SET DEFAULT nextval('public.api_code_id_seq'::regclass);
ALTER TABLE ONLY public.api_token ALTER COLUMN id SET DEFAULT nextval('public.api_token_id_seq'::regclass);
ALTER TABLE ONLY public.attachment ALTER COLUMN id SET DEFAULT nextval('public.attachment_id_seq'::regclass);
ALTER TABLE ONLY public.audit_log ALTER COLUMN id SET DEFAULT nextval('public.audit_log_id_seq'::regclass);
ALTER TABLE ONLY public.category ALTER COLUMN id SET DEFAULT nextval('public.category_id_seq'::regclass);
ALTER TABLE ONLY public.completion_target ALTER COLUMN id SET DEFAULT nextval('public.completion_target_id_seq'::regclass);
ALTER TABLE ONLY public.conversation ALTER COLUMN id SET DEFAULT nextval('public.conversation_id_seq'::regclass);
ALTER TABLE ONLY public.day_off ALTER COLUMN id SET DEFAULT nextval('public.day_off_id_seq'::regclass);
ALTER TABLE ONLY public.digest_mute ALTER COLUMN id SET DEFAULT nextval('public.digest_mute_id_seq'::regclass);
ALTER TABLE ONLY public.disposition ALTER COLUMN id SET DEFAULT nextval('public.disposition_id_seq'::regclass);
ALTER TABLE ONLY public.export ALTER COLUMN id SET DEFAULT nextval('public.export_id_seq'::regclass);
ALTER TABLE ONLY public.follow_up ALTER COLUMN id SET DEFAULT nextval('public.follow_up_id_seq'::regclass);
ALTER TABLE ONLY public.former_address ALTER COLUMN id SET DEFAULT nextval('public.former_address_id_seq'::regclass);
ALTER TABLE ONLY public.mask_choice ALTER COLUMN id SET DEFAULT nextval('public.mask_choice_id_seq'::regclass);
ALTER TABLE ONLY public.notification ALTER COLUMN id SET DEFAULT nextval('public.notification_id_seq'::regclass);
ALTER TABLE ONLY public.one_time_code ALTER COLUMN id SET DEFAULT nextval('public.one_time_code_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
ALTER TABLE ONLY public.post ALTER COLUMN id SET DEFAULT nextval('public.post_id_seq'::regclass);
ALTER TABLE ONLY public.public_comment ALTER COLUMN id SET DEFAULT nextval('public.public_comment_id_seq'::regclass);
ALTER TABLE ONLY public.rating ALTER COLUMN id SET DEFAULT nextval('public.rating_id_seq'::regclass);
ALTER TABLE ONLY public.recovery_code ALTER COLUMN id SET DEFAULT nextval('public.recovery_code_id_seq'::regclass);
ALTER TABLE ONLY public.reorganisation ALTER COLUMN id SET DEFAULT nextval('public.reorganisation_id_seq'::regclass);
ALTER TABLE ONLY public.reply ALTER COLUMN id SET DEFAULT nextval('public.reply_id_seq'::regclass);
ALTER TABLE ONLY public.report ALTER COLUMN id SET DEFAULT nextval('public.report_id_seq'::regclass);
ALTER TABLE ONLY public.report_clock ALTER COLUMN id SET DEFAULT nextval('public.report_clock_id_seq'::regclass);
ALTER TABLE ONLY public.report_comment ALTER COLUMN id SET DEFAULT nextval('public.report_comment_id_seq'::regclass);
ALTER TABLE ONLY public.reporter ALTER COLUMN id SET DEFAULT nextval('public.reporter_id_seq'::regclass);
ALTER TABLE ONLY public.request ALTER COLUMN id SET DEFAULT nextval('public.request_id_seq'::regclass);
ALTER TABLE ONLY public.saved_search ALTER COLUMN id SET DEFAULT nextval('public.saved_search_id_seq'::regclass);
ALTER TABLE ONLY public.search_synonym ALTER COLUMN id SET DEFAULT nextval('public.search_synonym_id_seq'::regclass);
ALTER TABLE ONLY public.sheet_import ALTER COLUMN id SET DEFAULT nextval('public.sheet_import_id_seq'::regclass);
ALTER TABLE ONLY public.sheet_name ALTER COLUMN id SET DEFAULT nextval('public.sheet_name_id_seq'::regclass);
ALTER TABLE ONLY public.sms_message ALTER COLUMN id SET DEFAULT nextval('public.sms_message_id_seq'::regclass);
ALTER TABLE ONLY public.stat_dirty ALTER COLUMN id SET DEFAULT nextval('public.stat_dirty_id_seq'::regclass);
INSERT INTO public.ab_api_key VALUES (1, 'Contoh', 'Contoh', '0000000000000000000000000000000000000000000000000000000000000000', NULL, 'Contoh', 1, NULL, false, '2026-12-01 05:06:56.581512', NULL, NULL, NULL);
INSERT INTO public.ab_group VALUES (1, 'Contoh', NULL, NULL);
INSERT INTO public.ab_group_role VALUES (1, NULL, NULL);
INSERT INTO public.ab_permission VALUES (1, 'can_read');
INSERT INTO public.ab_permission VALUES (2, 'can_write');
INSERT INTO public.ab_permission VALUES (3, 'can_act');
INSERT INTO public.ab_permission_view VALUES (1, 1, 1);
INSERT INTO public.ab_permission_view VALUES (2, 2, 1);
INSERT INTO public.ab_permission_view VALUES (3, 3, 1);
INSERT INTO public.ab_permission_view VALUES (4, 1, 2);
INSERT INTO public.ab_permission_view VALUES (5, 2, 2);
INSERT INTO public.ab_permission_view VALUES (6, 3, 2);
INSERT INTO public.ab_permission_view VALUES (7, 1, 3);
INSERT INTO public.ab_permission_view VALUES (8, 2, 3);
INSERT INTO public.ab_permission_view VALUES (9, 3, 3);
INSERT INTO public.ab_permission_view VALUES (10, 1, 4);
INSERT INTO public.ab_permission_view VALUES (11, 2, 4);
INSERT INTO public.ab_permission_view VALUES (12, 3, 4);
INSERT INTO public.ab_permission_view VALUES (13, 1, 5);
INSERT INTO public.ab_permission_view VALUES (14, 2, 5);
INSERT INTO public.ab_permission_view VALUES (15, 3, 5);
INSERT INTO public.ab_permission_view VALUES (16, 1, 6);
INSERT INTO public.ab_permission_view VALUES (17, 2, 6);
INSERT INTO public.ab_permission_view VALUES (18, 3, 6);
INSERT INTO public.ab_permission_view VALUES (19, 1, 7);
INSERT INTO public.ab_permission_view VALUES (20, 2, 7);
INSERT INTO public.ab_permission_view VALUES (21, 3, 7);
INSERT INTO public.ab_permission_view VALUES (22, 1, 8);
INSERT INTO public.ab_permission_view VALUES (23, 2, 8);
INSERT INTO public.ab_permission_view VALUES (24, 3, 8);
INSERT INTO public.ab_permission_view VALUES (25, 1, 9);
INSERT INTO public.ab_permission_view VALUES (26, 2, 9);
INSERT INTO public.ab_permission_view VALUES (27, 3, 9);
INSERT INTO public.ab_permission_view VALUES (28, 1, 10);
INSERT INTO public.ab_permission_view VALUES (29, 2, 10);
INSERT INTO public.ab_permission_view VALUES (30, 3, 10);
INSERT INTO public.ab_permission_view_role VALUES (1, 13, 1);
INSERT INTO public.ab_permission_view_role VALUES (2, 13, 2);
INSERT INTO public.ab_permission_view_role VALUES (3, 13, 3);
INSERT INTO public.ab_permission_view_role VALUES (4, 13, 4);
INSERT INTO public.ab_permission_view_role VALUES (5, 4, 3);
INSERT INTO public.ab_permission_view_role VALUES (6, 4, 4);
INSERT INTO public.ab_permission_view_role VALUES (7, 10, 1);
INSERT INTO public.ab_permission_view_role VALUES (8, 10, 2);
INSERT INTO public.ab_permission_view_role VALUES (9, 10, 3);
INSERT INTO public.ab_permission_view_role VALUES (10, 10, 4);
INSERT INTO public.ab_permission_view_role VALUES (11, 10, 5);
INSERT INTO public.ab_permission_view_role VALUES (12, 25, 3);
INSERT INTO public.ab_permission_view_role VALUES (13, 25, 4);
INSERT INTO public.ab_permission_view_role VALUES (14, 9, 6);
INSERT INTO public.ab_permission_view_role VALUES (15, 19, 3);
INSERT INTO public.ab_permission_view_role VALUES (16, 20, 3);
INSERT INTO public.ab_permission_view_role VALUES (17, 17, 1);
INSERT INTO public.ab_permission_view_role VALUES (18, 17, 2);
INSERT INTO public.ab_permission_view_role VALUES (19, 17, 3);
INSERT INTO public.ab_permission_view_role VALUES (20, 7, 6);
INSERT INTO public.ab_permission_view_role VALUES (21, 1, 1);
INSERT INTO public.ab_permission_view_role VALUES (22, 1, 2);
INSERT INTO public.ab_permission_view_role VALUES (23, 1, 3);
INSERT INTO public.ab_permission_view_role VALUES (24, 1, 4);
INSERT INTO public.ab_permission_view_role VALUES (25, 22, 3);
INSERT INTO public.ab_permission_view_role VALUES (26, 14, 1);
INSERT INTO public.ab_permission_view_role VALUES (27, 14, 2);
INSERT INTO public.ab_permission_view_role VALUES (28, 14, 3);
INSERT INTO public.ab_permission_view_role VALUES (29, 14, 4);
INSERT INTO public.ab_permission_view_role VALUES (30, 3, 1);
INSERT INTO public.ab_permission_view_role VALUES (31, 3, 2);
INSERT INTO public.ab_permission_view_role VALUES (32, 3, 3);
INSERT INTO public.ab_permission_view_role VALUES (33, 23, 3);
INSERT INTO public.ab_permission_view_role VALUES (34, 28, 1);
INSERT INTO public.ab_permission_view_role VALUES (35, 28, 2);
INSERT INTO public.ab_permission_view_role VALUES (36, 28, 3);
INSERT INTO public.ab_permission_view_role VALUES (37, 28, 4);
INSERT INTO public.ab_permission_view_role VALUES (38, 28, 5);
INSERT INTO public.ab_permission_view_role VALUES (39, 28, 6);
INSERT INTO public.ab_permission_view_role VALUES (40, 6, 3);
INSERT INTO public.ab_permission_view_role VALUES (41, 16, 1);
INSERT INTO public.ab_permission_view_role VALUES (42, 16, 2);
INSERT INTO public.ab_permission_view_role VALUES (43, 16, 3);
INSERT INTO public.ab_permission_view_role VALUES (44, 16, 4);
INSERT INTO public.ab_permission_view_role VALUES (45, 29, 1);
INSERT INTO public.ab_permission_view_role VALUES (46, 29, 2);
INSERT INTO public.ab_permission_view_role VALUES (47, 29, 3);
INSERT INTO public.ab_permission_view_role VALUES (48, 29, 4);
INSERT INTO public.ab_permission_view_role VALUES (49, 29, 5);
INSERT INTO public.ab_permission_view_role VALUES (50, 29, 6);
INSERT INTO public.ab_register_user VALUES (1, 'Contoh', 'Contoh', 'Contoh', NULL, 'Contoh', '2026-12-01 05:06:56.50462', NULL);
INSERT INTO public.ab_role VALUES (1, 'Pejabat Penghubung');
INSERT INTO public.ab_role VALUES (2, 'Admin Koordinator');
INSERT INTO public.ab_role VALUES (3, 'Admin Pusat');
INSERT INTO public.ab_role VALUES (4, 'Supervisor');
INSERT INTO public.ab_role VALUES (5, 'Statistikawan');
INSERT INTO public.ab_role VALUES (6, 'Pelapor');
INSERT INTO public.ab_user VALUES (1, 'Petugas PUSAT', '', 'akun-pusat', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'pusat@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.751821', '2026-12-01 05:06:54.751827', NULL, NULL, 1, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (2, 'Petugas PUSAT2', '', 'akun-pusat2', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'pusat2@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.760748', '2026-12-01 05:06:54.760754', NULL, NULL, 1, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (3, 'Petugas SUPERVISOR', '', 'akun-supervisor', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'supervisor@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.767661', '2026-12-01 05:06:54.767666', NULL, NULL, 1, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (4, 'Petugas STATISTIK', '', 'akun-statistik', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'statistik@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.772426', '2026-12-01 05:06:54.772433', NULL, NULL, 1, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (5, 'Petugas A', '', 'akun-a', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'a@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.77566', '2026-12-01 05:06:54.775664', NULL, NULL, 2, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (6, 'Petugas A1', '', 'akun-a1', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'a1@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.77883', '2026-12-01 05:06:54.778833', NULL, NULL, 3, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (7, 'Petugas A1B', '', 'akun-a1b', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'a1b@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.781718', '2026-12-01 05:06:54.781721', NULL, NULL, 3, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (8, 'Petugas A2', '', 'akun-a2', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'a2@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.785196', '2026-12-01 05:06:54.785199', NULL, NULL, 4, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (9, 'Petugas B', '', 'akun-b', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'b@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.788523', '2026-12-01 05:06:54.788526', NULL, NULL, 6, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (10, 'Petugas B1', '', 'akun-b1', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'b1@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.793854', '2026-12-01 05:06:54.793858', NULL, NULL, 7, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (11, 'Warga WARGA', '', 'akun-warga', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'warga@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.796382', '2026-12-01 05:06:54.796386', NULL, NULL, NULL, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user VALUES (12, 'Warga WARGA2', '', 'akun-warga2', 'pbkdf2:sha256:1$6v8drc5YmgIglOJx$a130388101d3fc3a62a033bcef69b2b6783489ebeb7b6622e86ff364d86e14cf', true, 'warga2@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:54.801773', '2026-12-01 05:06:54.801777', NULL, NULL, NULL, '', NULL, NULL, false, NULL, '', '2200-01-01 00:00:00+00', '', NULL);
INSERT INTO public.ab_user_group VALUES (1, NULL, NULL);
INSERT INTO public.ab_user_role VALUES (1, 1, 3);
INSERT INTO public.ab_user_role VALUES (2, 2, 3);
INSERT INTO public.ab_user_role VALUES (3, 3, 4);
INSERT INTO public.ab_user_role VALUES (4, 4, 5);
INSERT INTO public.ab_user_role VALUES (5, 5, 2);
INSERT INTO public.ab_user_role VALUES (6, 6, 1);
INSERT INTO public.ab_user_role VALUES (7, 7, 1);
INSERT INTO public.ab_user_role VALUES (8, 8, 1);
INSERT INTO public.ab_user_role VALUES (9, 9, 2);
INSERT INTO public.ab_user_role VALUES (10, 10, 1);
INSERT INTO public.ab_user_role VALUES (11, 11, 6);
INSERT INTO public.ab_user_role VALUES (12, 12, 6);
INSERT INTO public.ab_view_menu VALUES (1, 'reports');
INSERT INTO public.ab_view_menu VALUES (2, 'verification');
INSERT INTO public.ab_view_menu VALUES (3, 'own_reports');
INSERT INTO public.ab_view_menu VALUES (4, 'statistics');
INSERT INTO public.ab_view_menu VALUES (5, 'users');
INSERT INTO public.ab_view_menu VALUES (6, 'agencies');
INSERT INTO public.ab_view_menu VALUES (7, 'roles');
INSERT INTO public.ab_view_menu VALUES (8, 'settings');
INSERT INTO public.ab_view_menu VALUES (9, 'audit');
INSERT INTO public.ab_view_menu VALUES (10, 'account');
INSERT INTO public.account_link VALUES (1, 1, 'first_password', 'Contoh', 'Contoh', 'Contoh', 'Contoh', 'Contoh', NULL, 'Contoh', NULL, NULL, '2026-06-09 03:00:00+00', NULL);
INSERT INTO public.account_session VALUES (1, 1, 'Contoh', 'Contoh', 'Contoh', 'Contoh', '2026-06-09 03:00:00+00', '2026-06-09 03:00:00+00', NULL);
INSERT INTO public.agency VALUES (1, NULL, 'Admin Pusat LAPOR!', '', '', '', '', '', 'Asia/Jakarta', true, '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.agency VALUES (2, 1, 'Instansi A', 'A', '', '', '', '', 'Asia/Jakarta', true, '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.agency VALUES (3, 2, 'Unit A1', 'A1', '', '', '', '', 'Asia/Jakarta', true, '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.agency VALUES (4, 2, 'Unit A2', 'A2', '', '', '', '', 'Asia/Jakarta', true, '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.agency VALUES (5, 2, 'Unit A3', 'A3', '', '', '', '', 'Asia/Jakarta', true, '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.agency VALUES (6, 1, 'Instansi B', 'B', '', '', '', '', 'Asia/Jakarta', true, '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.agency VALUES (7, 6, 'Unit B1', 'B1', '', '', '', '', 'Asia/Jakarta', true, '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.agency_past_line VALUES (1, '2026-06-08 03:00:00+00', 1, 1, 0, NULL);
INSERT INTO public.agency_tree VALUES (1, 1, 0, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (2, 2, 0, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (1, 2, 1, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (3, 3, 0, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (2, 3, 1, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (1, 3, 2, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (4, 4, 0, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (2, 4, 1, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (1, 4, 2, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (5, 5, 0, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (2, 5, 1, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (1, 5, 2, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (6, 6, 0, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (1, 6, 1, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (7, 7, 0, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (6, 7, 1, '2026-01-05 02:00:00+00');
INSERT INTO public.agency_tree VALUES (1, 7, 2, '2026-01-05 02:00:00+00');
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.api_client VALUES (1, 'Contoh', 'Contoh', 'partner', '{}', '{}', '0000000000000000000000000000000000000000000000000000000000000000', 1, false, '2026-06-09 03:00:00+00', NULL);
INSERT INTO public.api_code VALUES (1, 'Contoh', 1, 1, '{}', 'Contoh', 'Contoh', 'Contoh', 'Contoh', '2026-06-09 03:00:00+00', NULL);
INSERT INTO public.api_token VALUES (1, 'Contoh', NULL, 'Contoh', 1, NULL, '{}', 'Contoh', '2026-06-09 03:00:00+00', '2026-06-09 03:00:00+00', '2026-06-09 03:00:00+00', NULL, NULL);
INSERT INTO public.archive_reason VALUES ('unclear', 'Contoh', 1, NULL);
INSERT INTO public.area VALUES ('Contoh', NULL, 1, 'Contoh');
INSERT INTO public.attachment VALUES (1, 1, NULL, NULL, NULL, NULL, NULL, 'ready', 'Contoh', 'Contoh', NULL, false, 'Contoh', 1, 'Contoh', '2026-06-09 03:00:00+00');
INSERT INTO public.audit_log VALUES (1, '2026-06-09 03:00:00+00', NULL, NULL, 'Contoh', 'Contoh', NULL, '{}');
INSERT INTO public.broadcast_mark VALUES (1, 1, 1, '2026-06-09 03:00:00+00');
INSERT INTO public.category VALUES (1, NULL, 'Infrastruktur', NULL);
INSERT INTO public.category VALUES (2, 1, 'Penerangan jalan', NULL);
INSERT INTO public.completion_target VALUES (1, 'unsupervised', 14, '2026-06-08');
INSERT INTO public.conversation VALUES (1, 2, 3, 1, false);
INSERT INTO public.conversation_side VALUES (1, 2, 1, false, NULL, NULL);
INSERT INTO public.conversation_side VALUES (1, 3, 1, true, NULL, NULL);
INSERT INTO public.day_off VALUES (1, '2026-06-08', NULL, 'Contoh', false);
INSERT INTO public.digest_mute VALUES (1, NULL, NULL, 'weekly', '2026-06-09 03:00:00+00');
INSERT INTO public.disposition VALUES (1, 1, 1, 0, 1, NULL, '2026-06-08 03:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (2, 2, 1, 0, 1, NULL, '2026-06-08 03:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (3, 3, 1, 0, 1, NULL, '2026-06-08 03:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (4, 4, 1, 0, 1, NULL, '2026-06-08 03:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (5, 4, 2, 1, 2, 1, '2026-06-08 03:00:00+00', 1, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (6, 5, 1, 0, 1, NULL, '2026-06-08 03:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (7, 5, 2, 1, 2, 1, '2026-06-08 03:00:00+00', 1, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (8, 5, 3, 2, 3, 2, '2026-06-08 03:00:00+00', 5, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (9, 6, 1, 0, 1, NULL, '2026-06-08 08:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.disposition VALUES (10, 6, 2, 1, 6, 1, '2026-06-08 08:00:00+00', 1, NULL, NULL, NULL);
INSERT INTO public.event VALUES (1, 1, 'received', 1, '2026-06-08 03:00:00+00', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO public.event VALUES (2, 1, 'received', 1, '2026-06-08 03:00:00+00', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO public.event VALUES (2, 2, 'details_asked', 1, '2026-06-08 03:00:00+00', 1, 1, NULL, 'reporter', '{"as": "root", "holder": 1}');
INSERT INTO public.event VALUES (3, 1, 'received', 1, '2026-06-08 03:00:00+00', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO public.event VALUES (3, 2, 'archived', 1, '2026-06-08 03:00:00+00', 1, 1, NULL, 'reporter', '{"as": "root", "holder": 1, "reason": "unclear"}');
INSERT INTO public.event VALUES (4, 1, 'received', 1, '2026-06-08 03:00:00+00', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO public.event VALUES (4, 2, 'verified', 1, '2026-06-08 03:00:00+00', 1, 1, NULL, 'public', '{"as": "root", "agency": 2, "copies": [6], "holder": 2, "category": 2}');
INSERT INTO public.event VALUES (5, 1, 'received', 1, '2026-06-08 03:00:00+00', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO public.event VALUES (5, 2, 'verified', 1, '2026-06-08 03:00:00+00', 1, 1, NULL, 'public', '{"as": "root", "agency": 2, "copies": [], "holder": 2, "category": 2}');
INSERT INTO public.event VALUES (5, 3, 'followed_up', 1, '2026-06-08 03:00:00+00', 5, 2, NULL, 'public', '{"as": "holder", "holder": 2, "follow_up": 1}');
INSERT INTO public.event VALUES (5, 4, 'forwarded', 1, '2026-06-08 03:00:00+00', 5, 2, NULL, 'public', '{"as": "holder", "agency": 3, "copies": [], "holder": 3}');
INSERT INTO public.event VALUES (5, 5, 'commented', 1, '2026-06-08 03:00:00+00', 6, 3, NULL, 'public', '{"as": "reader", "holder": 3, "comment": 1}');
INSERT INTO public.event VALUES (5, 6, 'followed_up', 1, '2026-06-08 03:00:00+00', 6, 3, NULL, 'reporter', '{"as": "holder", "holder": 3, "follow_up": 2}');
INSERT INTO public.event VALUES (5, 7, 'requested', 1, '2026-06-08 03:00:00+00', 6, 3, NULL, 'officers', '{"action": "close", "agency": null, "request": 1}');
INSERT INTO public.event VALUES (6, 1, 'received', 1, '2026-06-08 08:00:00+00', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO public.event VALUES (6, 2, 'verified', 1, '2026-06-08 08:00:00+00', 1, 1, NULL, 'public', '{"as": "root", "agency": 6, "copies": [], "holder": 6, "category": 2}');
INSERT INTO public.event VALUES (6, 3, 'followed_up', 1, '2026-06-08 08:00:00+00', 9, 6, NULL, 'public', '{"as": "holder", "holder": 6, "follow_up": 1}');
INSERT INTO public.event VALUES (6, 4, 'replied', 1, '2026-06-08 08:00:00+00', 11, NULL, NULL, 'reporter', '{"as": "reporter", "reply": 1, "holder": 6}');
INSERT INTO public.event VALUES (6, 5, 'closed', 1, '2026-06-08 08:00:00+00', 11, NULL, NULL, 'reporter', '{"as": "reporter", "holder": 6}');
INSERT INTO public.event_text VALUES (2, 2, 'note', 'Di jalan apa, dan sejak kapan?');
INSERT INTO public.event_text VALUES (3, 2, 'note', 'Tidak dapat ditindaklanjuti.');
INSERT INTO public.event_text VALUES (5, 7, 'reason', 'Masih perlu waktu.');
INSERT INTO public.event_text VALUES (6, 5, 'reason', 'Sudah selesai.');
INSERT INTO public.export VALUES (1, 1, 1, 'Contoh', 'csv', 'Contoh', '{}', 'waiting', 'Contoh', 1, 'Contoh', '2026-06-09 03:00:00+00', 1, NULL, NULL);
INSERT INTO public.failed_sign_in VALUES ('2026-06-08', 'Contoh', 'Contoh', NULL, 1, 1, NULL, '2026-06-09 03:00:00+00', '2026-06-09 03:00:00+00');
INSERT INTO public.follow_up VALUES (1, 5, 1, 2, NULL, 5, 'Sedang kami tangani.', false, '2026-06-08 03:00:00+00');
INSERT INTO public.follow_up VALUES (2, 5, 2, 3, NULL, 6, 'Sedang kami tangani.', true, '2026-06-08 03:00:00+00');
INSERT INTO public.follow_up VALUES (3, 6, 1, 6, NULL, 9, 'Sedang kami tangani.', false, '2026-06-08 08:00:00+00');
INSERT INTO public.former_address VALUES (1, 1, 'Contoh', 'Contoh', '2026-06-09 03:00:00+00');
INSERT INTO public.idempotency_key VALUES ('Contoh', NULL, 'Contoh', 'Contoh', '2026-06-09 03:00:00+00');
INSERT INTO public.job_run VALUES ('Contoh', '2026-06-09 03:00:00+00', NULL, 'Contoh', 'Contoh');
INSERT INTO public.mask_choice VALUES (1, 1, 'Contoh', false, NULL, NULL, '2026-06-09 03:00:00+00');
INSERT INTO public.message VALUES (1, 1);
INSERT INTO public.notification VALUES (1, 5, 'disposition', 'event:4:2', 4, NULL, 1, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (2, 9, 'copy', 'event:4:2', 4, NULL, 1, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (3, 5, 'disposition', 'event:5:2', 5, NULL, 1, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (4, 6, 'disposition', 'event:5:4', 5, NULL, 2, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (5, 7, 'disposition', 'event:5:4', 5, NULL, 2, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (6, 7, 'comment', 'event:5:5', 5, NULL, 3, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (7, 5, 'comment', 'event:5:5', 5, NULL, 3, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (8, 5, 'request', 'event:5:7', 5, NULL, 3, '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.notification VALUES (9, 9, 'disposition', 'event:6:2', 6, NULL, 1, '2026-06-08 08:00:00+00', NULL);
INSERT INTO public.notification VALUES (10, 9, 'reply', 'event:6:4', 6, NULL, NULL, '2026-06-08 08:00:00+00', NULL);
INSERT INTO public.notification VALUES (11, 9, 'closing', 'event:6:5', 6, NULL, NULL, '2026-06-08 08:00:00+00', NULL);
INSERT INTO public.notification_digest VALUES (1, 1, '2026-06-08');
INSERT INTO public.notification_setting VALUES (1, 'dispositions', 'at_once');
INSERT INTO public.one_time_code VALUES (1, 'Contoh', 'filing', 'warga@contoh.example.com', '', '{}', 1, '2026-06-09 03:00:00+00', '2026-06-09 03:00:00+00', NULL, 'Contoh');
INSERT INTO public.outbox VALUES (1, 'received', 1, 'event:1:1', '{"seq": 1}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (2, 'received', 2, 'event:2:1', '{"seq": 1}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (3, 'details_asked', 2, 'event:2:2', '{"seq": 2}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (4, 'received', 3, 'event:3:1', '{"seq": 1}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (5, 'archived', 3, 'event:3:2', '{"seq": 2}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (6, 'received', 4, 'event:4:1', '{"seq": 1}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (7, 'verified', 4, 'event:4:2', '{"seq": 2}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (8, 'mail_notification', NULL, 'mail_notification:1:2026-06-08T10:00:00+07:00', '{"notification": 1}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (9, 'mail_notification', NULL, 'mail_notification:2:2026-06-08T10:00:00+07:00', '{"notification": 2}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (10, 'received', 5, 'event:5:1', '{"seq": 1}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (11, 'verified', 5, 'event:5:2', '{"seq": 2}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (12, 'mail_notification', NULL, 'mail_notification:3:2026-06-08T10:00:00+07:00', '{"notification": 3}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (13, 'followed_up', 5, 'event:5:3', '{"seq": 3}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (14, 'forwarded', 5, 'event:5:4', '{"seq": 4}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (15, 'mail_notification', NULL, 'mail_notification:4:2026-06-08T10:00:00+07:00', '{"notification": 4}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (16, 'mail_notification', NULL, 'mail_notification:5:2026-06-08T10:00:00+07:00', '{"notification": 5}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (17, 'commented', 5, 'event:5:5', '{"seq": 5}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (18, 'followed_up', 5, 'event:5:6', '{"seq": 6}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (19, 'requested', 5, 'event:5:7', '{"seq": 7}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (20, 'mail_notification', NULL, 'mail_notification:8:2026-06-08T10:00:00+07:00', '{"notification": 8}', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (21, 'received', 6, 'event:6:1', '{"seq": 1}', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (22, 'verified', 6, 'event:6:2', '{"seq": 2}', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (23, 'mail_notification', NULL, 'mail_notification:9:2026-06-08T15:00:00+07:00', '{"notification": 9}', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (24, 'followed_up', 6, 'event:6:3', '{"seq": 3}', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (25, 'replied', 6, 'event:6:4', '{"seq": 4}', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.outbox VALUES (26, 'closed', 6, 'event:6:5', '{"seq": 5}', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, NULL, NULL, '');
INSERT INTO public.post VALUES (1, 2, 5, 'Jadwal petugas', 'Mohon laporkan jadwal petugas.', false, '2026-06-08 08:00:00+00');
INSERT INTO public.public_comment VALUES (1, 5, 12, 'Di tempat saya juga.', '2026-06-08 03:00:00+00', 'waiting', NULL, NULL, NULL);
INSERT INTO public.quiet_phone VALUES ('Contoh', '2026-06-09 03:00:00+00');
INSERT INTO public.rating VALUES (1, 1, 1, 1, false, 'Contoh', '2026-06-09 03:00:00+00');
INSERT INTO public.recovery_code VALUES (1, 1, 'Contoh');
INSERT INTO public.reorganisation VALUES (1, 'move', 'planned', 2, 3, NULL, 1, 1, '2026-06-09 03:00:00+00', '2026-06-09 03:00:00+00', NULL, NULL, '{}', 1, 1, 1, 'Contoh');
INSERT INTO public.reply VALUES (1, 6, 1, 'Belum selesai, Pak.', NULL, NULL, '2026-06-08 08:00:00+00');
INSERT INTO public.report VALUES (1, 1, 'unverified', false, '2026-06-08 03:00:00+00', 'website', NULL, 1, false, false, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', '', 'Lampu jalan di depan balai desa padam.', NULL, NULL, NULL, NULL, '', NULL, 1, NULL, NULL, NULL, NULL, false, 'verification', '2026-06-11 17:00:00+00', NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report VALUES (5, 7, 'in_progress', false, '2026-06-08 03:00:00+00', 'website', NULL, 1, false, false, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', 'Lampu jalan padam', 'Lampu jalan di depan balai desa padam.', NULL, 'unsupervised', 2, NULL, '', NULL, 3, '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', NULL, false, 'auto_close', '2026-06-18 17:00:00+00', NULL, NULL, NULL, 2, 1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report VALUES (2, 2, 'incomplete', false, '2026-06-08 03:00:00+00', 'website', NULL, 1, false, false, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', '', 'Lampu jalan di depan balai desa padam.', NULL, NULL, NULL, NULL, '', NULL, 1, NULL, NULL, NULL, NULL, false, 'details', '2026-07-08 17:00:00+00', NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report VALUES (3, 2, 'archived', false, '2026-06-08 03:00:00+00', 'website', NULL, 1, false, false, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', '', 'Lampu jalan di depan balai desa padam.', NULL, NULL, NULL, NULL, '', NULL, 1, NULL, NULL, NULL, NULL, false, NULL, NULL, '2026-06-08 03:00:00+00', 'admin', 'unclear', 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report VALUES (4, 2, 'waiting', false, '2026-06-08 03:00:00+00', 'website', NULL, 1, false, false, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', 'Lampu jalan padam', 'Lampu jalan di depan balai desa padam.', NULL, 'unsupervised', 2, NULL, '', NULL, 2, '2026-06-08 03:00:00+00', NULL, NULL, NULL, false, 'follow_up', '2026-06-15 17:00:00+00', NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report VALUES (6, 5, 'closed', false, '2026-06-08 08:00:00+00', 'website', NULL, 1, false, false, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', 'Lampu jalan padam', 'Lampu jalan di depan balai desa padam.', NULL, 'unsupervised', 2, NULL, '', NULL, 6, '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', true, NULL, NULL, '2026-06-08 08:00:00+00', 'reporter', NULL, 1, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.report_clock VALUES (1, 1, 'verification', 1, '2026-06-08 03:00:00+00', 3, '2026-06-11 17:00:00+00', '[]', NULL, NULL, 0, NULL);
INSERT INTO public.report_clock VALUES (2, 2, 'verification', 1, '2026-06-08 03:00:00+00', 3, '2026-06-11 17:00:00+00', '[]', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (3, 2, 'details', 1, '2026-06-08 03:00:00+00', 30, '2026-07-08 17:00:00+00', '[]', NULL, NULL, 0, NULL);
INSERT INTO public.report_clock VALUES (4, 3, 'verification', 1, '2026-06-08 03:00:00+00', 3, '2026-06-11 17:00:00+00', '[]', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (5, 4, 'verification', 1, '2026-06-08 03:00:00+00', 3, '2026-06-11 17:00:00+00', '[]', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (6, 4, 'follow_up', 2, '2026-06-08 03:00:00+00', 5, '2026-06-15 17:00:00+00', '[]', NULL, NULL, 0, NULL);
INSERT INTO public.report_clock VALUES (7, 4, 'target', 2, '2026-06-08 03:00:00+00', 14, '2026-06-29 17:00:00+00', '[]', NULL, NULL, 0, NULL);
INSERT INTO public.report_clock VALUES (8, 5, 'verification', 1, '2026-06-08 03:00:00+00', 3, '2026-06-11 17:00:00+00', '[]', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (10, 5, 'target', 2, '2026-06-08 03:00:00+00', 14, '2026-06-29 17:00:00+00', '[]', NULL, NULL, 0, NULL);
INSERT INTO public.report_clock VALUES (9, 5, 'follow_up', 2, '2026-06-08 03:00:00+00', 5, '2026-06-15 17:00:00+00', '[]', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (11, 5, 'auto_close', 2, '2026-06-08 03:00:00+00', 10, '2026-06-18 17:00:00+00', '[]', NULL, '2026-06-08 03:00:00+00', 0, 'stopped');
INSERT INTO public.report_clock VALUES (12, 5, 'follow_up', 3, '2026-06-08 03:00:00+00', 5, '2026-06-15 17:00:00+00', '[]', '2026-06-08 03:00:00+00', '2026-06-08 03:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (13, 5, 'auto_close', 3, '2026-06-08 03:00:00+00', 10, '2026-06-18 17:00:00+00', '[]', NULL, NULL, 0, NULL);
INSERT INTO public.report_clock VALUES (14, 6, 'verification', 1, '2026-06-08 08:00:00+00', 3, '2026-06-11 17:00:00+00', '[]', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (15, 6, 'follow_up', 6, '2026-06-08 08:00:00+00', 5, '2026-06-15 17:00:00+00', '[]', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, 'met');
INSERT INTO public.report_clock VALUES (17, 6, 'auto_close', 6, '2026-06-08 08:00:00+00', 10, '2026-06-18 17:00:00+00', '[]', NULL, '2026-06-08 08:00:00+00', 0, 'stopped');
INSERT INTO public.report_clock VALUES (16, 6, 'target', 6, '2026-06-08 08:00:00+00', 14, '2026-06-29 17:00:00+00', '[]', '2026-06-08 08:00:00+00', '2026-06-08 08:00:00+00', 0, 'met');
INSERT INTO public.report_comment VALUES (1, 5, 6, 3, 'Mohon dicek bersama.', '2026-06-08 03:00:00+00', NULL);
INSERT INTO public.report_copy VALUES (4, 6, 1, '2026-06-08 03:00:00+00');
INSERT INTO public.report_scope VALUES (1, 0, 'unverified', 1781197200000000, 1, 0);
INSERT INTO public.report_scope VALUES (1, 0, 'delayed', 1783530000000000, 2, 0);
INSERT INTO public.report_scope VALUES (1, 0, 'archived', -1780887600000000, 3, 0);
INSERT INTO public.report_scope VALUES (2, 0, 'waiting', 1781542800000000, 4, 0);
INSERT INTO public.report_scope VALUES (1, 1, 'waiting', 1781542800000000, 4, 0);
INSERT INTO public.report_scope VALUES (6, 0, 'copies', -1780887600000000, 4, 1);
INSERT INTO public.report_scope VALUES (1, 1, 'copies', -1780887600000000, 4, 0);
INSERT INTO public.report_scope VALUES (3, 0, 'progress', 1781802000000000, 5, 0);
INSERT INTO public.report_scope VALUES (1, 1, 'progress', 1781802000000000, 5, 0);
INSERT INTO public.report_scope VALUES (2, 1, 'progress', 1781802000000000, 5, 0);
INSERT INTO public.report_scope VALUES (1, 1, 'requests', 1781802000000000, 5, 0);
INSERT INTO public.report_scope VALUES (2, 0, 'requests', 1781802000000000, 5, 0);
INSERT INTO public.report_scope VALUES (1, 1, 'closed', -1780905600000000, 6, 0);
INSERT INTO public.report_scope VALUES (6, 0, 'closed', -1780905600000000, 6, 0);
INSERT INTO public.report_search VALUES (1, 0, '''_a1'' ''_h1'' ''_m202606'' ''_swebsite'' ''_tunverified'' ''_w12_0'' ''_w15_0'' ''_w17_0'' ''_y2026'' ''bala'':5 ''depan'':4 ''desa'':6 ''jalan'':3 ''lampu'':2 ''padam'':7');
INSERT INTO public.report_search VALUES (2, 0, '''_a1'' ''_h1'' ''_m202606'' ''_swebsite'' ''_tdelayed'' ''_w12_0'' ''_w15_0'' ''_w17_0'' ''_y2026'' ''bala'':5 ''depan'':4 ''desa'':6 ''jalan'':3 ''lampu'':2 ''padam'':7');
INSERT INTO public.report_search VALUES (3, 0, '''_a1'' ''_h1'' ''_m202606'' ''_swebsite'' ''_tarchived'' ''_w12_0'' ''_w15_0'' ''_w17_0'' ''_y2026'' ''bala'':5 ''depan'':4 ''desa'':6 ''jalan'':3 ''lampu'':2 ''padam'':7');
INSERT INTO public.report_search VALUES (4, 0, '''_a1'' ''_a2'' ''_c2'' ''_g1'' ''_h2'' ''_kunsupervised'' ''_m202606'' ''_swebsite'' ''_tcopies'' ''_twaiting'' ''_w12_0'' ''_w15_0'' ''_w17_0'' ''_y2026'' ''bala'':8 ''depan'':7 ''desa'':9 ''jalan'':2A,6 ''lampu'':1A,5 ''padam'':3A,10');
INSERT INTO public.report_search VALUES (4, 1, '''_a6'' ''_c2'' ''_g1'' ''_h2'' ''_kunsupervised'' ''_m202606'' ''_swebsite'' ''_tcopies'' ''_w12_0'' ''_w15_0'' ''_w17_0'' ''_y2026'' ''bala'':8 ''depan'':7 ''desa'':9 ''jalan'':2A,6 ''lampu'':1A,5 ''padam'':3A,10');
INSERT INTO public.report_search VALUES (5, 0, '''_a1'' ''_a2'' ''_a3'' ''_asked'' ''_c2'' ''_g1'' ''_h3'' ''_kunsupervised'' ''_m202606'' ''_swebsite'' ''_tprogress'' ''_trequests'' ''_w12_0'' ''_w15_0'' ''_w17_0'' ''_y2026'' ''bala'':8 ''depan'':7 ''desa'':9 ''dicek'':16 ''jalan'':2A,6 ''lampu'':1A,5 ''padam'':3A,10 ''sama'':17 ''tangan'':12,14');
INSERT INTO public.report_search VALUES (6, 0, '''_a1'' ''_a6'' ''_c2'' ''_g1'' ''_h6'' ''_kunsupervised'' ''_m202606'' ''_swebsite'' ''_tclosed'' ''_w12_0'' ''_w15_0'' ''_w17_0'' ''_y2026'' ''bala'':8 ''belum'':14 ''depan'':7 ''desa'':9 ''jalan'':2A,6 ''lampu'':1A,5 ''padam'':3A,10 ''selesa'':15 ''tangan'':12');
INSERT INTO public.reporter VALUES (1, 11, 'Warga WARGA', 'warga@contoh.example.com', '', 'email', '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.reporter VALUES (2, 12, 'Warga WARGA2', 'warga2@contoh.example.com', '', 'email', '2026-01-05 02:00:00+00', NULL);
INSERT INTO public.request VALUES (1, 5, 'close', 'open', 3, 6, NULL, 2, NULL, 'Masih perlu waktu.', '2026-06-08 03:00:00+00', NULL, NULL, NULL, '');
INSERT INTO public.role_demand VALUES (1, false);
INSERT INTO public.saved_search VALUES (1, 1, 'Contoh', 'Contoh', '2026-06-09 03:00:00+00');
INSERT INTO public.search_synonym VALUES (1, 'Contoh');
INSERT INTO public.sheet_import VALUES (1, 'Contoh', 'Contoh', 'Asia/Jakarta', 'checking', NULL, '2026-06-09 03:00:00+00', 1, NULL, NULL, 1, 1, 1, 1, '{}', NULL, false, NULL, NULL);
INSERT INTO public.sheet_name VALUES (1, 1, 'agency', 'Contoh', 'Contoh', 1, NULL);
INSERT INTO public.sheet_row VALUES (1, 1, 'Contoh', 'waiting', NULL, '{}', NULL);
INSERT INTO public.sms_message VALUES (1, 'Contoh', 'Contoh', 'file', 'filed', NULL, '2026-06-09 03:00:00+00');
INSERT INTO public.stat_dirty VALUES (1, '2026-06');
INSERT INTO public.stat_dirty VALUES (2, '2026-06');
INSERT INTO public.stat_dirty VALUES (3, '2026-06');
INSERT INTO public.stat_dirty VALUES (4, '2026-06');
INSERT INTO public.stat_dirty VALUES (5, '2026-06');
INSERT INTO public.stat_dirty VALUES (6, '2026-06');
INSERT INTO public.stat_dirty VALUES (7, '2026-06');
INSERT INTO public.stat_dirty VALUES (8, '2026-06');
INSERT INTO public.stat_dirty VALUES (9, '2026-06');
INSERT INTO public.stat_dirty VALUES (10, '2026-06');
INSERT INTO public.stat_dirty VALUES (11, '2026-06');
INSERT INTO public.stat_dirty VALUES (12, '2026-06');
INSERT INTO public.stat_dirty VALUES (13, '2026-06');
INSERT INTO public.stat_dirty VALUES (14, '2026-06');
INSERT INTO public.stat_dirty VALUES (15, '2026-06');
INSERT INTO public.stat_dirty VALUES (16, '2026-06');
INSERT INTO public.stat_dirty VALUES (17, '2026-06');
INSERT INTO public.stat_dirty VALUES (18, '2026-06');
INSERT INTO public.stat_month VALUES (1, 'Contoh', 'Contoh', 'Contoh', 1);
INSERT INTO public.stat_unit VALUES (1, 'Asia/Jakarta', 1, '2026-06-09 03:00:00+00', NULL, NULL);
INSERT INTO public.system_setting VALUES ('Contoh', 'Contoh');
INSERT INTO public.tries VALUES ('Contoh', 1, '2026-06-09 03:00:00+00');
INSERT INTO public.unsent_form VALUES (1, 'Contoh', '{}', 1, '2026-06-09 03:00:00+00');
SELECT pg_catalog.setval('public.ab_api_key_id_seq', 1, true);
SELECT pg_catalog.setval('public.ab_group_id_seq', 1, true);
SELECT pg_catalog.setval('public.ab_group_role_id_seq', 1, true);
SELECT pg_catalog.setval('public.ab_permission_id_seq', 3, true);
SELECT pg_catalog.setval('public.ab_permission_view_id_seq', 30, true);
SELECT pg_catalog.setval('public.ab_permission_view_role_id_seq', 50, true);
SELECT pg_catalog.setval('public.ab_register_user_id_seq', 1, true);
SELECT pg_catalog.setval('public.ab_role_id_seq', 6, true);
SELECT pg_catalog.setval('public.ab_user_group_id_seq', 1, true);
SELECT pg_catalog.setval('public.ab_user_id_seq', 12, true);
SELECT pg_catalog.setval('public.ab_user_role_id_seq', 12, true);
SELECT pg_catalog.setval('public.ab_view_menu_id_seq', 10, true);
SELECT pg_catalog.setval('public.account_link_id_seq', 1, true);
SELECT pg_catalog.setval('public.account_session_id_seq', 1, true);
SELECT pg_catalog.setval('public.agency_id_seq', 7, true);
SELECT pg_catalog.setval('public.api_client_id_seq', 1, true);
SELECT pg_catalog.setval('public.api_code_id_seq', 1, true);
SELECT pg_catalog.setval('public.api_token_id_seq', 1, true);
SELECT pg_catalog.setval('public.attachment_id_seq', 1, true);
SELECT pg_catalog.setval('public.audit_log_id_seq', 1, true);
SELECT pg_catalog.setval('public.category_id_seq', 2, true);
SELECT pg_catalog.setval('public.completion_target_id_seq', 1, true);
SELECT pg_catalog.setval('public.conversation_id_seq', 1, true);
SELECT pg_catalog.setval('public.day_off_id_seq', 1, true);
SELECT pg_catalog.setval('public.digest_mute_id_seq', 1, true);
SELECT pg_catalog.setval('public.disposition_id_seq', 10, true);
SELECT pg_catalog.setval('public.export_id_seq', 1, true);
SELECT pg_catalog.setval('public.follow_up_id_seq', 3, true);
SELECT pg_catalog.setval('public.former_address_id_seq', 1, true);
SELECT pg_catalog.setval('public.mask_choice_id_seq', 1, true);
SELECT pg_catalog.setval('public.notification_id_seq', 11, true);
SELECT pg_catalog.setval('public.one_time_code_id_seq', 1, true);
SELECT pg_catalog.setval('public.outbox_id_seq', 26, true);
SELECT pg_catalog.setval('public.post_id_seq', 1, true);
SELECT pg_catalog.setval('public.public_comment_id_seq', 1, true);
SELECT pg_catalog.setval('public.rating_id_seq', 1, true);
SELECT pg_catalog.setval('public.recovery_code_id_seq', 1, true);
SELECT pg_catalog.setval('public.reorganisation_id_seq', 1, true);
SELECT pg_catalog.setval('public.reply_id_seq', 1, true);
SELECT pg_catalog.setval('public.report_clock_id_seq', 17, true);
SELECT pg_catalog.setval('public.report_comment_id_seq', 1, true);
SELECT pg_catalog.setval('public.report_id_seq', 6, true);
SELECT pg_catalog.setval('public.reporter_id_seq', 2, true);
SELECT pg_catalog.setval('public.request_id_seq', 1, true);
SELECT pg_catalog.setval('public.saved_search_id_seq', 1, true);
SELECT pg_catalog.setval('public.search_synonym_id_seq', 1, true);
SELECT pg_catalog.setval('public.sheet_import_id_seq', 1, true);
SELECT pg_catalog.setval('public.sheet_name_id_seq', 1, true);
SELECT pg_catalog.setval('public.sms_message_id_seq', 1, true);
SELECT pg_catalog.setval('public.stat_dirty_id_seq', 18, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.ab_api_key
    ADD CONSTRAINT pk_ab_api_key PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_group
    ADD CONSTRAINT pk_ab_group PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_group_role
    ADD CONSTRAINT pk_ab_group_role PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_permission
    ADD CONSTRAINT pk_ab_permission PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_permission_view
    ADD CONSTRAINT pk_ab_permission_view PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_permission_view_role
    ADD CONSTRAINT pk_ab_permission_view_role PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_register_user
    ADD CONSTRAINT pk_ab_register_user PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_role
    ADD CONSTRAINT pk_ab_role PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_user
    ADD CONSTRAINT pk_ab_user PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_user_group
    ADD CONSTRAINT pk_ab_user_group PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_user_role
    ADD CONSTRAINT pk_ab_user_role PRIMARY KEY (id);
ALTER TABLE ONLY public.ab_view_menu
    ADD CONSTRAINT pk_ab_view_menu PRIMARY KEY (id);
ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT pk_account_link PRIMARY KEY (id);
ALTER TABLE ONLY public.account_session
    ADD CONSTRAINT pk_account_session PRIMARY KEY (id);
ALTER TABLE ONLY public.agency
    ADD CONSTRAINT pk_agency PRIMARY KEY (id);
ALTER TABLE ONLY public.agency_past_line
    ADD CONSTRAINT pk_agency_past_line PRIMARY KEY (agency_id, until, ancestor_id);
ALTER TABLE ONLY public.agency_tree
    ADD CONSTRAINT pk_agency_tree PRIMARY KEY (ancestor_id, unit_id);
ALTER TABLE ONLY public.api_client
    ADD CONSTRAINT pk_api_client PRIMARY KEY (id);
ALTER TABLE ONLY public.api_code
    ADD CONSTRAINT pk_api_code PRIMARY KEY (id);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT pk_api_token PRIMARY KEY (id);
ALTER TABLE ONLY public.archive_reason
    ADD CONSTRAINT pk_archive_reason PRIMARY KEY (code);
ALTER TABLE ONLY public.area
    ADD CONSTRAINT pk_area PRIMARY KEY (code);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT pk_attachment PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT pk_audit_log PRIMARY KEY (id);
ALTER TABLE ONLY public.broadcast_mark
    ADD CONSTRAINT pk_broadcast_mark PRIMARY KEY (agency_id, upto_id);
ALTER TABLE ONLY public.category
    ADD CONSTRAINT pk_category PRIMARY KEY (id);
ALTER TABLE ONLY public.completion_target
    ADD CONSTRAINT pk_completion_target PRIMARY KEY (id);
ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT pk_conversation PRIMARY KEY (id);
ALTER TABLE ONLY public.conversation_side
    ADD CONSTRAINT pk_conversation_side PRIMARY KEY (conversation_id, agency_id);
ALTER TABLE ONLY public.day_off
    ADD CONSTRAINT pk_day_off PRIMARY KEY (id);
ALTER TABLE ONLY public.digest_mute
    ADD CONSTRAINT pk_digest_mute PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT pk_disposition PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (report_id, seq);
ALTER TABLE ONLY public.event_text
    ADD CONSTRAINT pk_event_text PRIMARY KEY (report_id, seq, name);
ALTER TABLE ONLY public.export
    ADD CONSTRAINT pk_export PRIMARY KEY (id);
ALTER TABLE ONLY public.failed_sign_in
    ADD CONSTRAINT pk_failed_sign_in PRIMARY KEY (day, place_hash, name_hash);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT pk_follow_up PRIMARY KEY (id);
ALTER TABLE ONLY public.former_address
    ADD CONSTRAINT pk_former_address PRIMARY KEY (id);
ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT pk_idempotency_key PRIMARY KEY (key);
ALTER TABLE ONLY public.job_run
    ADD CONSTRAINT pk_job_run PRIMARY KEY (job);
ALTER TABLE ONLY public.mask_choice
    ADD CONSTRAINT pk_mask_choice PRIMARY KEY (id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT pk_message PRIMARY KEY (conversation_id, post_id);
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT pk_notification PRIMARY KEY (id);
ALTER TABLE ONLY public.notification_digest
    ADD CONSTRAINT pk_notification_digest PRIMARY KEY (user_id);
ALTER TABLE ONLY public.notification_setting
    ADD CONSTRAINT pk_notification_setting PRIMARY KEY (user_id, kinds);
ALTER TABLE ONLY public.one_time_code
    ADD CONSTRAINT pk_one_time_code PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT pk_post PRIMARY KEY (id);
ALTER TABLE ONLY public.public_comment
    ADD CONSTRAINT pk_public_comment PRIMARY KEY (id);
ALTER TABLE ONLY public.quiet_phone
    ADD CONSTRAINT pk_quiet_phone PRIMARY KEY (phone);
ALTER TABLE ONLY public.rating
    ADD CONSTRAINT pk_rating PRIMARY KEY (id);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT pk_recovery_code PRIMARY KEY (id);
ALTER TABLE ONLY public.reorganisation
    ADD CONSTRAINT pk_reorganisation PRIMARY KEY (id);
ALTER TABLE ONLY public.reply
    ADD CONSTRAINT pk_reply PRIMARY KEY (id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT pk_report PRIMARY KEY (id);
ALTER TABLE ONLY public.report_clock
    ADD CONSTRAINT pk_report_clock PRIMARY KEY (id);
ALTER TABLE ONLY public.report_comment
    ADD CONSTRAINT pk_report_comment PRIMARY KEY (id);
ALTER TABLE ONLY public.report_copy
    ADD CONSTRAINT pk_report_copy PRIMARY KEY (report_id, agency_id);
ALTER TABLE ONLY public.report_scope
    ADD CONSTRAINT pk_report_scope PRIMARY KEY (agency_id, reach, tab, sort_key, report_id);
ALTER TABLE ONLY public.report_search
    ADD CONSTRAINT pk_report_search PRIMARY KEY (report_id, basis);
ALTER TABLE ONLY public.reporter
    ADD CONSTRAINT pk_reporter PRIMARY KEY (id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT pk_request PRIMARY KEY (id);
ALTER TABLE ONLY public.role_demand
    ADD CONSTRAINT pk_role_demand PRIMARY KEY (role_id);
ALTER TABLE ONLY public.saved_search
    ADD CONSTRAINT pk_saved_search PRIMARY KEY (id);
ALTER TABLE ONLY public.search_synonym
    ADD CONSTRAINT pk_search_synonym PRIMARY KEY (id);
ALTER TABLE ONLY public.sheet_import
    ADD CONSTRAINT pk_sheet_import PRIMARY KEY (id);
ALTER TABLE ONLY public.sheet_name
    ADD CONSTRAINT pk_sheet_name PRIMARY KEY (id);
ALTER TABLE ONLY public.sheet_row
    ADD CONSTRAINT pk_sheet_row PRIMARY KEY (import_id, number);
ALTER TABLE ONLY public.sms_message
    ADD CONSTRAINT pk_sms_message PRIMARY KEY (id);
ALTER TABLE ONLY public.stat_dirty
    ADD CONSTRAINT pk_stat_dirty PRIMARY KEY (id);
ALTER TABLE ONLY public.stat_month
    ADD CONSTRAINT pk_stat_month PRIMARY KEY (agency_id, dim, month, key);
ALTER TABLE ONLY public.stat_unit
    ADD CONSTRAINT pk_stat_unit PRIMARY KEY (agency_id);
ALTER TABLE ONLY public.system_setting
    ADD CONSTRAINT pk_system_setting PRIMARY KEY (name);
ALTER TABLE ONLY public.tries
    ADD CONSTRAINT pk_tries PRIMARY KEY (key_hash);
ALTER TABLE ONLY public.unsent_form
    ADD CONSTRAINT pk_unsent_form PRIMARY KEY (session_id);
ALTER TABLE ONLY public.ab_api_key
    ADD CONSTRAINT uq_ab_api_key_lookup_hash UNIQUE (lookup_hash);
ALTER TABLE ONLY public.ab_api_key
    ADD CONSTRAINT uq_ab_api_key_uuid UNIQUE (uuid);
ALTER TABLE ONLY public.ab_group
    ADD CONSTRAINT uq_ab_group_name UNIQUE (name);
ALTER TABLE ONLY public.ab_group_role
    ADD CONSTRAINT uq_ab_group_role_group_id_role_id UNIQUE (group_id, role_id);
ALTER TABLE ONLY public.ab_permission
    ADD CONSTRAINT uq_ab_permission_name UNIQUE (name);
ALTER TABLE ONLY public.ab_permission_view
    ADD CONSTRAINT uq_ab_permission_view_permission_id_view_menu_id UNIQUE (permission_id, view_menu_id);
ALTER TABLE ONLY public.ab_permission_view_role
    ADD CONSTRAINT uq_ab_permission_view_role_permission_view_id_role_id UNIQUE (permission_view_id, role_id);
ALTER TABLE ONLY public.ab_register_user
    ADD CONSTRAINT uq_ab_register_user_email UNIQUE (email);
ALTER TABLE ONLY public.ab_register_user
    ADD CONSTRAINT uq_ab_register_user_username UNIQUE (username);
ALTER TABLE ONLY public.ab_role
    ADD CONSTRAINT uq_ab_role_name UNIQUE (name);
ALTER TABLE ONLY public.ab_user
    ADD CONSTRAINT uq_ab_user_email UNIQUE (email);
ALTER TABLE ONLY public.ab_user_group
    ADD CONSTRAINT uq_ab_user_group_user_id_group_id UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.ab_user_role
    ADD CONSTRAINT uq_ab_user_role_user_id_role_id UNIQUE (user_id, role_id);
ALTER TABLE ONLY public.ab_user
    ADD CONSTRAINT uq_ab_user_username UNIQUE (username);
ALTER TABLE ONLY public.ab_view_menu
    ADD CONSTRAINT uq_ab_view_menu_name UNIQUE (name);
ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT uq_account_link_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.account_session
    ADD CONSTRAINT uq_account_session_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.api_client
    ADD CONSTRAINT uq_api_client_client_id UNIQUE (client_id);
ALTER TABLE ONLY public.api_client
    ADD CONSTRAINT uq_api_client_secret_hash UNIQUE (secret_hash);
ALTER TABLE ONLY public.api_code
    ADD CONSTRAINT uq_api_code_code_hash UNIQUE (code_hash);
ALTER TABLE ONLY public.api_code
    ADD CONSTRAINT uq_api_code_family UNIQUE (family);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT uq_api_token_access_hash UNIQUE (access_hash);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT uq_api_token_refresh_hash UNIQUE (refresh_hash);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT uq_attachment_stored_name UNIQUE (stored_name);
ALTER TABLE ONLY public.one_time_code
    ADD CONSTRAINT uq_one_time_code_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT uq_outbox_once UNIQUE (once);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT uq_report_link_hash UNIQUE (link_hash);
ALTER TABLE ONLY public.reporter
    ADD CONSTRAINT uq_reporter_user_id UNIQUE (user_id);
ALTER TABLE ONLY public.search_synonym
    ADD CONSTRAINT uq_search_synonym_words UNIQUE (words);
ALTER TABLE ONLY public.sms_message
    ADD CONSTRAINT uq_sms_message_gateway_id UNIQUE (gateway_id);
CREATE UNIQUE INDEX idx_api_key_lookup_hash ON public.ab_api_key USING btree (lookup_hash);
CREATE INDEX idx_api_key_prefix ON public.ab_api_key USING btree (key_prefix);
CREATE INDEX idx_api_key_user_id ON public.ab_api_key USING btree (user_id);
CREATE INDEX idx_group_id ON public.ab_group_role USING btree (group_id);
CREATE INDEX idx_group_role_id ON public.ab_group_role USING btree (role_id);
CREATE INDEX idx_permission_id ON public.ab_permission_view USING btree (permission_id);
CREATE INDEX idx_permission_view_id ON public.ab_permission_view_role USING btree (permission_view_id);
CREATE INDEX idx_role_id ON public.ab_permission_view_role USING btree (role_id);
CREATE INDEX idx_user_group_id ON public.ab_user_group USING btree (group_id);
CREATE INDEX idx_user_id ON public.ab_user_group USING btree (user_id);
CREATE INDEX idx_view_menu_id ON public.ab_permission_view USING btree (view_menu_id);
CREATE INDEX ix_ab_user_agency_id ON public.ab_user USING btree (agency_id);
CREATE INDEX ix_ab_user_email_lower ON public.ab_user USING btree (lower((email)::text));
CREATE INDEX ix_ab_user_username_lower ON public.ab_user USING btree (lower((username)::text));
CREATE INDEX ix_account_link_agency_id ON public.account_link USING btree (agency_id);
CREATE INDEX ix_account_link_expires_at ON public.account_link USING btree (expires_at);
CREATE INDEX ix_account_link_user_id ON public.account_link USING btree (user_id);
CREATE INDEX ix_account_session_seen_at ON public.account_session USING btree (seen_at);
CREATE INDEX ix_account_session_user ON public.account_session USING btree (user_id, id);
CREATE INDEX ix_agency_name ON public.agency USING btree (name);
CREATE INDEX ix_agency_parent_id ON public.agency USING btree (parent_id);
CREATE INDEX ix_agency_past_line_ancestor_id ON public.agency_past_line USING btree (ancestor_id, agency_id);
CREATE INDEX ix_agency_tree_unit_id_depth ON public.agency_tree USING btree (unit_id, depth);
CREATE INDEX ix_api_code_client_id ON public.api_code USING btree (client_id);
CREATE INDEX ix_api_code_expires_at ON public.api_code USING btree (expires_at);
CREATE INDEX ix_api_code_user_id ON public.api_code USING btree (user_id);
CREATE INDEX ix_api_token_client_id ON public.api_token USING btree (client_id);
CREATE INDEX ix_api_token_ends_at ON public.api_token USING btree (ends_at);
CREATE INDEX ix_api_token_family ON public.api_token USING btree (family);
CREATE INDEX ix_api_token_user_id ON public.api_token USING btree (user_id);
CREATE INDEX ix_area_parent_code ON public.area USING btree (parent_code);
CREATE INDEX ix_attachment_checking ON public.attachment USING btree (id) WHERE ((state)::text = 'checking'::text);
CREATE INDEX ix_attachment_pending ON public.attachment USING btree (created_at) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_attachment_post_id ON public.attachment USING btree (post_id);
CREATE INDEX ix_attachment_report_id ON public.attachment USING btree (report_id);
CREATE INDEX ix_audit_log_at ON public.audit_log USING btree (at);
CREATE INDEX ix_audit_log_object_kind_object_id_at ON public.audit_log USING btree (object_kind, object_id, at);
CREATE INDEX ix_audit_log_user_id ON public.audit_log USING btree (user_id);
CREATE INDEX ix_category_parent_id ON public.category USING btree (parent_id);
CREATE INDEX ix_conversation_side_newest ON public.conversation_side USING btree (agency_id, last_post_id, conversation_id);
CREATE INDEX ix_conversation_side_unread ON public.conversation_side USING btree (agency_id) WHERE unread;
CREATE INDEX ix_day_off_agency_id ON public.day_off USING btree (agency_id);
CREATE INDEX ix_day_off_day ON public.day_off USING btree (day);
CREATE INDEX ix_disposition_agency_id ON public.disposition USING btree (agency_id);
CREATE INDEX ix_event_agency ON public.event USING btree (agency_id, report_id) WHERE (agency_id IS NOT NULL);
CREATE INDEX ix_event_at ON public.event USING btree (at);
CREATE INDEX ix_export_state ON public.export USING btree (state, id);
CREATE INDEX ix_export_user ON public.export USING btree (user_id, id);
CREATE INDEX ix_failed_sign_in_last_at ON public.failed_sign_in USING btree (last_at);
CREATE INDEX ix_failed_sign_in_user_id ON public.failed_sign_in USING btree (user_id);
CREATE INDEX ix_follow_up_agency ON public.follow_up USING btree (agency_id, user_id, at);
CREATE INDEX ix_former_address_until ON public.former_address USING btree (until);
CREATE INDEX ix_former_address_user_id ON public.former_address USING btree (user_id);
CREATE INDEX ix_idempotency_key_at ON public.idempotency_key USING btree (at);
CREATE INDEX ix_mask_choice_report ON public.mask_choice USING btree (report_id, id);
CREATE INDEX ix_message_post ON public.message USING btree (post_id);
CREATE INDEX ix_notification_at ON public.notification USING btree (at);
CREATE INDEX ix_notification_newest ON public.notification USING btree (user_id, at, id);
CREATE INDEX ix_notification_reminder ON public.notification USING btree (report_id) WHERE (clock_id IS NOT NULL);
CREATE INDEX ix_notification_unread ON public.notification USING btree (user_id, id) WHERE (read_at IS NULL);
CREATE INDEX ix_one_time_code_expires_at ON public.one_time_code USING btree (expires_at);
CREATE INDEX ix_outbox_dead ON public.outbox USING btree (dead_at) WHERE (dead_at IS NOT NULL);
CREATE INDEX ix_outbox_report_id ON public.outbox USING btree (report_id);
CREATE INDEX ix_outbox_told ON public.outbox USING btree (sent_at) WHERE (sent_at IS NOT NULL);
CREATE INDEX ix_outbox_waiting ON public.outbox USING btree (available_at, id) WHERE ((sent_at IS NULL) AND (dead_at IS NULL));
CREATE INDEX ix_post_broadcast ON public.post USING btree (agency_id, id) WHERE to_all;
CREATE INDEX ix_public_comment_report ON public.public_comment USING btree (report_id, state, id);
CREATE INDEX ix_public_comment_user_id ON public.public_comment USING btree (user_id);
CREATE INDEX ix_public_comment_waiting ON public.public_comment USING btree (id) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX ix_recovery_code_user_id ON public.recovery_code USING btree (user_id);
CREATE INDEX ix_reorganisation_stage ON public.reorganisation USING btree (stage, effective_at);
CREATE INDEX ix_report_area_received ON public.report USING btree (area_code, received_at);
CREATE INDEX ix_report_category_received ON public.report USING btree (category_id, received_at);
CREATE INDEX ix_report_clock_agency_id ON public.report_clock USING btree (agency_id);
CREATE INDEX ix_report_clock_report_id ON public.report_clock USING btree (report_id);
CREATE INDEX ix_report_clock_running_due ON public.report_clock USING btree (kind, due_at) WHERE (outcome IS NULL);
CREATE INDEX ix_report_comment_report ON public.report_comment USING btree (report_id, id);
CREATE INDEX ix_report_copy_agency_id ON public.report_copy USING btree (agency_id);
CREATE INDEX ix_report_expiring ON public.report USING btree (clock_kind, clock_due_at) WHERE ((clock_kind)::text = ANY ((ARRAY['auto_close'::character varying, 'details'::character varying])::text[]));
CREATE INDEX ix_report_holder ON public.report USING btree (holder_id, state, received_at, id);
CREATE INDEX ix_report_received_at ON public.report USING btree (received_at);
CREATE INDEX ix_report_reporter ON public.report USING btree (reporter_id, id);
CREATE INDEX ix_report_scope_newest ON public.report_scope USING btree (agency_id, reach, tab, report_id);
CREATE INDEX ix_report_search_tsv ON public.report_search USING gin (tsv) WITH (fastupdate=off);
CREATE INDEX ix_reporter_phone ON public.reporter USING btree (phone);
CREATE INDEX ix_request_decider_agency_id ON public.request USING btree (decider_agency_id);
CREATE INDEX ix_request_report_id ON public.request USING btree (report_id);
CREATE INDEX ix_sheet_import_state ON public.sheet_import USING btree (state);
CREATE INDEX ix_sheet_row_external_id ON public.sheet_row USING btree (import_id, external_id);
CREATE INDEX ix_sheet_row_outcome ON public.sheet_row USING btree (import_id, outcome, number);
CREATE INDEX ix_sms_message_at ON public.sms_message USING btree (at);
CREATE INDEX ix_sms_message_phone ON public.sms_message USING btree (phone, at);
CREATE INDEX ix_sms_message_report_id ON public.sms_message USING btree (report_id);
CREATE INDEX ix_stat_dirty_month ON public.stat_dirty USING btree (month);
CREATE INDEX ix_tries_since ON public.tries USING btree (since);
CREATE INDEX ix_unsent_form_kept_at ON public.unsent_form USING btree (kept_at);
CREATE INDEX report_search_agency ON public.agency USING gin (to_tsvector('simple'::regconfig, regexp_replace(lower((((name)::text || ' '::text) || (alias)::text)), '[^[:alnum:]]+'::text, ' '::text, 'g'::text)));
CREATE UNIQUE INDEX uq_agency_name_under_parent ON public.agency USING btree (parent_id, name);
CREATE UNIQUE INDEX uq_agency_one_root ON public.agency USING btree (((parent_id IS NULL))) WHERE (parent_id IS NULL);
CREATE UNIQUE INDEX uq_category_main_name ON public.category USING btree (name) WHERE (parent_id IS NULL);
CREATE UNIQUE INDEX uq_category_name_under_parent ON public.category USING btree (parent_id, name);
CREATE UNIQUE INDEX uq_completion_target_from ON public.completion_target USING btree (classification, valid_from);
CREATE UNIQUE INDEX uq_day_off_day_agency ON public.day_off USING btree (day, agency_id);
CREATE UNIQUE INDEX uq_day_off_national ON public.day_off USING btree (day) WHERE (agency_id IS NULL);
CREATE UNIQUE INDEX uq_digest_mute_agency ON public.digest_mute USING btree (agency_id, digest) WHERE (user_id IS NULL);
CREATE UNIQUE INDEX uq_digest_mute_user ON public.digest_mute USING btree (user_id, digest);
CREATE UNIQUE INDEX uq_disposition_live_agency ON public.disposition USING btree (report_id, agency_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX uq_disposition_live_position ON public.disposition USING btree (report_id, "position") WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX uq_disposition_seq ON public.disposition USING btree (report_id, seq);
CREATE UNIQUE INDEX uq_follow_up_seq ON public.follow_up USING btree (report_id, seq);
CREATE UNIQUE INDEX uq_notification_once ON public.notification USING btree (user_id, kind, occurrence);
CREATE UNIQUE INDEX uq_rating_closing ON public.rating USING btree (report_id, closing);
CREATE UNIQUE INDEX uq_reorganisation_one_open ON public.reorganisation USING btree (agency_id) WHERE ((stage)::text = ANY ((ARRAY['planned'::character varying, 'running'::character varying])::text[]));
CREATE UNIQUE INDEX uq_reply_seq ON public.reply USING btree (report_id, seq);
CREATE UNIQUE INDEX uq_report_clock_running ON public.report_clock USING btree (report_id) WHERE ((outcome IS NULL) AND ((kind)::text <> 'target'::text));
CREATE UNIQUE INDEX uq_report_clock_target ON public.report_clock USING btree (report_id) WHERE ((outcome IS NULL) AND ((kind)::text = 'target'::text));
CREATE UNIQUE INDEX uq_report_external ON public.report USING btree (external_source, external_id);
CREATE UNIQUE INDEX uq_report_scope_report ON public.report_scope USING btree (report_id, agency_id, tab);
CREATE UNIQUE INDEX uq_request_one_open ON public.request USING btree (report_id, action) WHERE ((status)::text = 'open'::text);
CREATE UNIQUE INDEX uq_saved_search_name ON public.saved_search USING btree (user_id, name);
CREATE UNIQUE INDEX uq_sheet_name_name ON public.sheet_name USING btree (import_id, kind, parent, name);
ALTER TABLE ONLY public.ab_api_key
    ADD CONSTRAINT fk_ab_api_key_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_group_role
    ADD CONSTRAINT fk_ab_group_role_group_id_ab_group FOREIGN KEY (group_id) REFERENCES public.ab_group(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_group_role
    ADD CONSTRAINT fk_ab_group_role_role_id_ab_role FOREIGN KEY (role_id) REFERENCES public.ab_role(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_permission_view
    ADD CONSTRAINT fk_ab_permission_view_permission_id_ab_permission FOREIGN KEY (permission_id) REFERENCES public.ab_permission(id);
ALTER TABLE ONLY public.ab_permission_view_role
    ADD CONSTRAINT fk_ab_permission_view_role_permission_view_id_ab_permis_e242 FOREIGN KEY (permission_view_id) REFERENCES public.ab_permission_view(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_permission_view_role
    ADD CONSTRAINT fk_ab_permission_view_role_role_id_ab_role FOREIGN KEY (role_id) REFERENCES public.ab_role(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_permission_view
    ADD CONSTRAINT fk_ab_permission_view_view_menu_id_ab_view_menu FOREIGN KEY (view_menu_id) REFERENCES public.ab_view_menu(id);
ALTER TABLE ONLY public.ab_user
    ADD CONSTRAINT fk_ab_user_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.ab_user
    ADD CONSTRAINT fk_ab_user_changed_by_fk_ab_user FOREIGN KEY (changed_by_fk) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.ab_user
    ADD CONSTRAINT fk_ab_user_created_by_fk_ab_user FOREIGN KEY (created_by_fk) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.ab_user_group
    ADD CONSTRAINT fk_ab_user_group_group_id_ab_group FOREIGN KEY (group_id) REFERENCES public.ab_group(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_user_group
    ADD CONSTRAINT fk_ab_user_group_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_user_role
    ADD CONSTRAINT fk_ab_user_role_role_id_ab_role FOREIGN KEY (role_id) REFERENCES public.ab_role(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.ab_user_role
    ADD CONSTRAINT fk_ab_user_role_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT fk_account_link_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT fk_account_link_inviter_id_ab_user FOREIGN KEY (inviter_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT fk_account_link_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.account_session
    ADD CONSTRAINT fk_account_session_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.agency
    ADD CONSTRAINT fk_agency_merged_into_id_agency FOREIGN KEY (merged_into_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.agency
    ADD CONSTRAINT fk_agency_parent_id_agency FOREIGN KEY (parent_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.agency_past_line
    ADD CONSTRAINT fk_agency_past_line_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.agency_past_line
    ADD CONSTRAINT fk_agency_past_line_ancestor_id_agency FOREIGN KEY (ancestor_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.agency_past_line
    ADD CONSTRAINT fk_agency_past_line_via_id_agency FOREIGN KEY (via_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.agency_tree
    ADD CONSTRAINT fk_agency_tree_ancestor_id_agency FOREIGN KEY (ancestor_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.agency_tree
    ADD CONSTRAINT fk_agency_tree_unit_id_agency FOREIGN KEY (unit_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.api_code
    ADD CONSTRAINT fk_api_code_client_id_api_client FOREIGN KEY (client_id) REFERENCES public.api_client(id);
ALTER TABLE ONLY public.api_code
    ADD CONSTRAINT fk_api_code_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT fk_api_token_client_id_api_client FOREIGN KEY (client_id) REFERENCES public.api_client(id);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT fk_api_token_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.area
    ADD CONSTRAINT fk_area_parent_code_area FOREIGN KEY (parent_code) REFERENCES public.area(code);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT fk_attachment_comment_id_report_comment FOREIGN KEY (comment_id) REFERENCES public.report_comment(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT fk_attachment_follow_up_id_follow_up FOREIGN KEY (follow_up_id) REFERENCES public.follow_up(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT fk_attachment_post_id_post FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT fk_attachment_reply_id_reply FOREIGN KEY (reply_id) REFERENCES public.reply(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT fk_attachment_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT fk_attachment_uploader_user_id_ab_user FOREIGN KEY (uploader_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT fk_audit_log_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT fk_audit_log_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.broadcast_mark
    ADD CONSTRAINT fk_broadcast_mark_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.broadcast_mark
    ADD CONSTRAINT fk_broadcast_mark_upto_id_post FOREIGN KEY (upto_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.broadcast_mark
    ADD CONSTRAINT fk_broadcast_mark_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.category
    ADD CONSTRAINT fk_category_parent_id_category FOREIGN KEY (parent_id) REFERENCES public.category(id);
ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT fk_conversation_from_agency_id_agency FOREIGN KEY (from_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT fk_conversation_opening_id_post FOREIGN KEY (opening_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.conversation_side
    ADD CONSTRAINT fk_conversation_side_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.conversation_side
    ADD CONSTRAINT fk_conversation_side_conversation_id_conversation FOREIGN KEY (conversation_id) REFERENCES public.conversation(id);
ALTER TABLE ONLY public.conversation_side
    ADD CONSTRAINT fk_conversation_side_last_post_id_post FOREIGN KEY (last_post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.conversation_side
    ADD CONSTRAINT fk_conversation_side_read_user_id_ab_user FOREIGN KEY (read_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT fk_conversation_to_agency_id_agency FOREIGN KEY (to_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.day_off
    ADD CONSTRAINT fk_day_off_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.digest_mute
    ADD CONSTRAINT fk_digest_mute_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.digest_mute
    ADD CONSTRAINT fk_digest_mute_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT fk_disposition_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT fk_disposition_by_user_id_ab_user FOREIGN KEY (by_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT fk_disposition_from_agency_id_agency FOREIGN KEY (from_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT fk_disposition_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT fk_disposition_went_to_agency_id_agency FOREIGN KEY (went_to_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_on_behalf_of_id_agency FOREIGN KEY (on_behalf_of_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.event_text
    ADD CONSTRAINT fk_event_text_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.export
    ADD CONSTRAINT fk_export_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.export
    ADD CONSTRAINT fk_export_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.failed_sign_in
    ADD CONSTRAINT fk_failed_sign_in_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_on_behalf_of_id_agency FOREIGN KEY (on_behalf_of_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.former_address
    ADD CONSTRAINT fk_former_address_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT fk_idempotency_key_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.mask_choice
    ADD CONSTRAINT fk_mask_choice_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.mask_choice
    ADD CONSTRAINT fk_mask_choice_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.mask_choice
    ADD CONSTRAINT fk_mask_choice_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT fk_message_conversation_id_conversation FOREIGN KEY (conversation_id) REFERENCES public.conversation(id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT fk_message_post_id_post FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT fk_notification_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT fk_notification_clock_id_report_clock FOREIGN KEY (clock_id) REFERENCES public.report_clock(id);
ALTER TABLE ONLY public.notification_digest
    ADD CONSTRAINT fk_notification_digest_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT fk_notification_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.notification_setting
    ADD CONSTRAINT fk_notification_setting_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT fk_notification_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT fk_outbox_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT fk_post_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT fk_post_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.public_comment
    ADD CONSTRAINT fk_public_comment_decider_agency_id_agency FOREIGN KEY (decider_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.public_comment
    ADD CONSTRAINT fk_public_comment_decider_user_id_ab_user FOREIGN KEY (decider_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.public_comment
    ADD CONSTRAINT fk_public_comment_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.public_comment
    ADD CONSTRAINT fk_public_comment_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.rating
    ADD CONSTRAINT fk_rating_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT fk_recovery_code_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.reorganisation
    ADD CONSTRAINT fk_reorganisation_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.reorganisation
    ADD CONSTRAINT fk_reorganisation_by_agency_id_agency FOREIGN KEY (by_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.reorganisation
    ADD CONSTRAINT fk_reorganisation_former_parent_id_agency FOREIGN KEY (former_parent_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.reorganisation
    ADD CONSTRAINT fk_reorganisation_target_id_agency FOREIGN KEY (target_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.reorganisation
    ADD CONSTRAINT fk_reorganisation_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.reply
    ADD CONSTRAINT fk_reply_recorder_agency_id_agency FOREIGN KEY (recorder_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.reply
    ADD CONSTRAINT fk_reply_recorder_user_id_ab_user FOREIGN KEY (recorder_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.reply
    ADD CONSTRAINT fk_reply_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_archive_reason_archive_reason FOREIGN KEY (archive_reason) REFERENCES public.archive_reason(code);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_area_code_area FOREIGN KEY (area_code) REFERENCES public.area(code);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_category_id_category FOREIGN KEY (category_id) REFERENCES public.category(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_client_id_api_client FOREIGN KEY (client_id) REFERENCES public.api_client(id);
ALTER TABLE ONLY public.report_clock
    ADD CONSTRAINT fk_report_clock_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report_clock
    ADD CONSTRAINT fk_report_clock_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.report_comment
    ADD CONSTRAINT fk_report_comment_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report_comment
    ADD CONSTRAINT fk_report_comment_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.report_comment
    ADD CONSTRAINT fk_report_comment_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.report_copy
    ADD CONSTRAINT fk_report_copy_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report_copy
    ADD CONSTRAINT fk_report_copy_from_agency_id_agency FOREIGN KEY (from_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report_copy
    ADD CONSTRAINT fk_report_copy_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_holder_id_agency FOREIGN KEY (holder_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_recorder_agency_id_agency FOREIGN KEY (recorder_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_recorder_user_id_ab_user FOREIGN KEY (recorder_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_reporter_id_reporter FOREIGN KEY (reporter_id) REFERENCES public.reporter(id);
ALTER TABLE ONLY public.report_scope
    ADD CONSTRAINT fk_report_scope_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.report_scope
    ADD CONSTRAINT fk_report_scope_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT fk_report_suggested_agency_id_agency FOREIGN KEY (suggested_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.reporter
    ADD CONSTRAINT fk_reporter_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_asker_agency_id_agency FOREIGN KEY (asker_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_asker_user_id_ab_user FOREIGN KEY (asker_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_decided_for_id_agency FOREIGN KEY (decided_for_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_decider_agency_id_agency FOREIGN KEY (decider_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_decider_user_id_ab_user FOREIGN KEY (decider_user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_on_behalf_of_id_agency FOREIGN KEY (on_behalf_of_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_suggested_agency_id_agency FOREIGN KEY (suggested_agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.role_demand
    ADD CONSTRAINT fk_role_demand_role_id_ab_role FOREIGN KEY (role_id) REFERENCES public.ab_role(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.saved_search
    ADD CONSTRAINT fk_saved_search_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.sheet_import
    ADD CONSTRAINT fk_sheet_import_user_id_ab_user FOREIGN KEY (user_id) REFERENCES public.ab_user(id);
ALTER TABLE ONLY public.sheet_name
    ADD CONSTRAINT fk_sheet_name_import_id_sheet_import FOREIGN KEY (import_id) REFERENCES public.sheet_import(id);
ALTER TABLE ONLY public.sheet_row
    ADD CONSTRAINT fk_sheet_row_import_id_sheet_import FOREIGN KEY (import_id) REFERENCES public.sheet_import(id);
ALTER TABLE ONLY public.sheet_row
    ADD CONSTRAINT fk_sheet_row_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.sms_message
    ADD CONSTRAINT fk_sms_message_report_id_report FOREIGN KEY (report_id) REFERENCES public.report(id);
ALTER TABLE ONLY public.stat_month
    ADD CONSTRAINT fk_stat_month_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.stat_unit
    ADD CONSTRAINT fk_stat_unit_agency_id_agency FOREIGN KEY (agency_id) REFERENCES public.agency(id);
ALTER TABLE ONLY public.unsent_form
    ADD CONSTRAINT fk_unsent_form_session_id_account_session FOREIGN KEY (session_id) REFERENCES public.account_session(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.report_search
    ADD CONSTRAINT report_search_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.report(id);
