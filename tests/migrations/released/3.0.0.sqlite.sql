CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE ab_group (
	id INTEGER NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	label VARCHAR(150), 
	description VARCHAR(512), 
	CONSTRAINT pk_ab_group PRIMARY KEY (id), 
	CONSTRAINT uq_ab_group_name UNIQUE (name)
);
CREATE TABLE ab_permission (
	id INTEGER NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_ab_permission PRIMARY KEY (id), 
	CONSTRAINT uq_ab_permission_name UNIQUE (name)
);
CREATE TABLE ab_register_user (
	id INTEGER NOT NULL, 
	first_name VARCHAR(64) NOT NULL, 
	last_name VARCHAR(64) NOT NULL, 
	username VARCHAR(128) NOT NULL, 
	password VARCHAR(256), 
	email VARCHAR(320) NOT NULL, 
	registration_date DATETIME, 
	registration_hash VARCHAR(256), 
	CONSTRAINT pk_ab_register_user PRIMARY KEY (id), 
	CONSTRAINT uq_ab_register_user_email UNIQUE (email), 
	CONSTRAINT uq_ab_register_user_username UNIQUE (username)
);
CREATE TABLE ab_role (
	id INTEGER NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_ab_role PRIMARY KEY (id), 
	CONSTRAINT uq_ab_role_name UNIQUE (name)
);
CREATE TABLE ab_view_menu (
	id INTEGER NOT NULL, 
	name VARCHAR(250) NOT NULL, 
	CONSTRAINT pk_ab_view_menu PRIMARY KEY (id), 
	CONSTRAINT uq_ab_view_menu_name UNIQUE (name)
);
CREATE TABLE agency (
	id INTEGER NOT NULL, 
	parent_id INTEGER, 
	name VARCHAR(255) NOT NULL, 
	alias VARCHAR(255) DEFAULT '' NOT NULL, 
	email VARCHAR(255) DEFAULT '' NOT NULL, 
	website VARCHAR(255) DEFAULT '' NOT NULL, 
	phone VARCHAR(255) DEFAULT '' NOT NULL, 
	address VARCHAR(255) DEFAULT '' NOT NULL, 
	zone VARCHAR(32) DEFAULT 'Asia/Jakarta' NOT NULL, 
	active BOOLEAN DEFAULT 1 NOT NULL, 
	created_at DATETIME NOT NULL, 
	merged_into_id INTEGER, 
	CONSTRAINT pk_agency PRIMARY KEY (id), 
	CONSTRAINT ck_agency_has_a_name CHECK (length(name) > 0), 
	CONSTRAINT ck_agency_not_its_own_parent CHECK (parent_id <> id), 
	CONSTRAINT fk_agency_merged_into_id_agency FOREIGN KEY(merged_into_id) REFERENCES agency (id), 
	CONSTRAINT fk_agency_parent_id_agency FOREIGN KEY(parent_id) REFERENCES agency (id), 
	CONSTRAINT ck_agency_zone CHECK (zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'))
);
CREATE INDEX ix_agency_name ON agency (name);
CREATE INDEX ix_agency_parent_id ON agency (parent_id);
CREATE UNIQUE INDEX uq_agency_name_under_parent ON agency (parent_id, name);
CREATE UNIQUE INDEX uq_agency_one_root ON agency ((parent_id IS NULL)) WHERE parent_id IS NULL;
CREATE TABLE api_client (
	id INTEGER NOT NULL, 
	client_id VARCHAR(64) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	scopes JSON DEFAULT '[]' NOT NULL, 
	redirect_uris JSON DEFAULT '[]' NOT NULL, 
	secret_hash VARCHAR(64), 
	per_minute INTEGER DEFAULT '120' NOT NULL, 
	active BOOLEAN DEFAULT 1 NOT NULL, 
	created_at DATETIME NOT NULL, 
	secret_at DATETIME, 
	CONSTRAINT pk_api_client PRIMARY KEY (id), 
	CONSTRAINT ck_api_client_partners_have_secrets CHECK ((secret_hash IS NOT NULL) = (kind = 'partner')), 
	CONSTRAINT ck_api_client_some_calls CHECK (per_minute > 0), 
	CONSTRAINT uq_api_client_client_id UNIQUE (client_id), 
	CONSTRAINT uq_api_client_secret_hash UNIQUE (secret_hash), 
	CONSTRAINT ck_api_client_clientkind CHECK (kind IN ('android', 'ios', 'partner'))
);
CREATE TABLE archive_reason (
	code VARCHAR(32) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	position INTEGER NOT NULL, 
	retired_at DATETIME, 
	CONSTRAINT pk_archive_reason PRIMARY KEY (code)
);
CREATE TABLE area (
	code VARCHAR(16) NOT NULL, 
	parent_code VARCHAR(16), 
	level INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_area PRIMARY KEY (code), 
	CONSTRAINT ck_area_only_provinces_stand_alone CHECK ((level = 1) = (parent_code IS NULL)), 
	CONSTRAINT ck_area_level_known CHECK (level IN (1, 2, 3)), 
	CONSTRAINT fk_area_parent_code_area FOREIGN KEY(parent_code) REFERENCES area (code)
);
CREATE INDEX ix_area_parent_code ON area (parent_code);
CREATE TABLE category (
	id INTEGER NOT NULL, 
	parent_id INTEGER, 
	name VARCHAR(255) NOT NULL, 
	retired_at DATETIME, 
	CONSTRAINT pk_category PRIMARY KEY (id), 
	CONSTRAINT ck_category_not_its_own_parent CHECK (parent_id <> id), 
	CONSTRAINT fk_category_parent_id_category FOREIGN KEY(parent_id) REFERENCES category (id)
);
CREATE INDEX ix_category_parent_id ON category (parent_id);
CREATE UNIQUE INDEX uq_category_main_name ON category (name) WHERE parent_id IS NULL;
CREATE UNIQUE INDEX uq_category_name_under_parent ON category (parent_id, name);
CREATE TABLE completion_target (
	id INTEGER NOT NULL, 
	classification VARCHAR(32) NOT NULL, 
	working_days INTEGER NOT NULL, 
	valid_from DATE NOT NULL, 
	CONSTRAINT pk_completion_target PRIMARY KEY (id), 
	CONSTRAINT ck_completion_target_one_to_1000_days CHECK (working_days BETWEEN 1 AND 1000), 
	CONSTRAINT ck_completion_target_classification CHECK (classification IN ('supervised', 'unsupervised', 'information', 'aspiration'))
);
CREATE UNIQUE INDEX uq_completion_target_from ON completion_target (classification, valid_from);
CREATE TABLE job_run (
	job VARCHAR(255) NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	result VARCHAR(255) DEFAULT '' NOT NULL, 
	error VARCHAR(255) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_job_run PRIMARY KEY (job)
);
CREATE TABLE one_time_code (
	id INTEGER NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	purpose VARCHAR(32) NOT NULL, 
	email VARCHAR(255) DEFAULT '' NOT NULL, 
	phone VARCHAR(32) DEFAULT '' NOT NULL, 
	payload JSON DEFAULT '{}' NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	result VARCHAR(255) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_one_time_code PRIMARY KEY (id), 
	CONSTRAINT ck_one_time_code_one_address CHECK ((email = '') <> (phone = '')), 
	CONSTRAINT uq_one_time_code_token_hash UNIQUE (token_hash), 
	CONSTRAINT ck_one_time_code_codepurpose CHECK (purpose IN ('filing', 'register', 'password', 'phone', 'link'))
);
CREATE INDEX ix_one_time_code_expires_at ON one_time_code (expires_at);
CREATE TABLE quiet_phone (
	phone VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_quiet_phone PRIMARY KEY (phone)
);
CREATE TABLE search_synonym (
	id INTEGER NOT NULL, 
	words VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_search_synonym PRIMARY KEY (id), 
	CONSTRAINT uq_search_synonym_words UNIQUE (words)
);
CREATE TABLE stat_dirty (
	id INTEGER NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	CONSTRAINT pk_stat_dirty PRIMARY KEY (id)
);
CREATE INDEX ix_stat_dirty_month ON stat_dirty (month);
CREATE TABLE system_setting (
	name VARCHAR(32) NOT NULL, 
	value VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_system_setting PRIMARY KEY (name)
);
CREATE TABLE tries (
	key_hash VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_tries PRIMARY KEY (key_hash)
);
CREATE INDEX ix_tries_since ON tries (since);
CREATE TABLE ab_group_role (
	id INTEGER NOT NULL, 
	group_id INTEGER, 
	role_id INTEGER, 
	CONSTRAINT pk_ab_group_role PRIMARY KEY (id), 
	CONSTRAINT fk_ab_group_role_group_id_ab_group FOREIGN KEY(group_id) REFERENCES ab_group (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ab_group_role_role_id_ab_role FOREIGN KEY(role_id) REFERENCES ab_role (id) ON DELETE CASCADE, 
	CONSTRAINT uq_ab_group_role_group_id_role_id UNIQUE (group_id, role_id)
);
CREATE INDEX idx_group_id ON ab_group_role (group_id);
CREATE INDEX idx_group_role_id ON ab_group_role (role_id);
CREATE TABLE ab_permission_view (
	id INTEGER NOT NULL, 
	permission_id INTEGER NOT NULL, 
	view_menu_id INTEGER NOT NULL, 
	CONSTRAINT pk_ab_permission_view PRIMARY KEY (id), 
	CONSTRAINT fk_ab_permission_view_permission_id_ab_permission FOREIGN KEY(permission_id) REFERENCES ab_permission (id), 
	CONSTRAINT fk_ab_permission_view_view_menu_id_ab_view_menu FOREIGN KEY(view_menu_id) REFERENCES ab_view_menu (id), 
	CONSTRAINT uq_ab_permission_view_permission_id_view_menu_id UNIQUE (permission_id, view_menu_id)
);
CREATE INDEX idx_permission_id ON ab_permission_view (permission_id);
CREATE INDEX idx_view_menu_id ON ab_permission_view (view_menu_id);
CREATE TABLE ab_user (
	id INTEGER NOT NULL, 
	first_name VARCHAR(64) NOT NULL, 
	last_name VARCHAR(64) NOT NULL, 
	username VARCHAR(128) NOT NULL, 
	password VARCHAR(256), 
	active BOOLEAN, 
	email VARCHAR(320) NOT NULL, 
	last_login DATETIME, 
	login_count INTEGER, 
	fail_login_count INTEGER, 
	created_on DATETIME, 
	changed_on DATETIME, 
	created_by_fk INTEGER, 
	changed_by_fk INTEGER, 
	agency_id INTEGER, 
	phone VARCHAR(32) DEFAULT '' NOT NULL, 
	gender VARCHAR(32), 
	birth_date DATE, 
	must_change_password BOOLEAN DEFAULT 0 NOT NULL, 
	locked_until DATETIME, 
	session_stamp VARCHAR(32) DEFAULT '' NOT NULL, 
	seen_at DATETIME, 
	totp_nonce VARCHAR(64) DEFAULT '' NOT NULL, 
	totp_step INTEGER, 
	CONSTRAINT pk_ab_user PRIMARY KEY (id), 
	CONSTRAINT fk_ab_user_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_ab_user_changed_by_fk_ab_user FOREIGN KEY(changed_by_fk) REFERENCES ab_user (id), 
	CONSTRAINT fk_ab_user_created_by_fk_ab_user FOREIGN KEY(created_by_fk) REFERENCES ab_user (id), 
	CONSTRAINT uq_ab_user_email UNIQUE (email), 
	CONSTRAINT uq_ab_user_username UNIQUE (username), 
	CONSTRAINT ck_ab_user_gender CHECK (gender IN ('male', 'female'))
);
CREATE INDEX ix_ab_user_agency_id ON ab_user (agency_id);
CREATE INDEX ix_ab_user_email_lower ON ab_user (lower(email));
CREATE INDEX ix_ab_user_username_lower ON ab_user (lower(username));
CREATE TABLE agency_past_line (
	agency_id INTEGER NOT NULL, 
	until DATETIME NOT NULL, 
	ancestor_id INTEGER NOT NULL, 
	via_id INTEGER NOT NULL, 
	depth INTEGER NOT NULL, 
	since DATETIME, 
	CONSTRAINT pk_agency_past_line PRIMARY KEY (agency_id, until, ancestor_id), 
	CONSTRAINT ck_agency_past_line_depth_zero_is_itself CHECK ((depth = 0) = (ancestor_id = agency_id)), 
	CONSTRAINT ck_agency_past_line_depth_not_negative CHECK (depth >= 0), 
	CONSTRAINT ck_agency_past_line_ends_after_it_began CHECK (since < until), 
	CONSTRAINT fk_agency_past_line_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_agency_past_line_ancestor_id_agency FOREIGN KEY(ancestor_id) REFERENCES agency (id), 
	CONSTRAINT fk_agency_past_line_via_id_agency FOREIGN KEY(via_id) REFERENCES agency (id)
);
CREATE INDEX ix_agency_past_line_ancestor_id ON agency_past_line (ancestor_id, agency_id);
CREATE TABLE agency_tree (
	ancestor_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	depth INTEGER NOT NULL, 
	since DATETIME, 
	CONSTRAINT pk_agency_tree PRIMARY KEY (ancestor_id, unit_id), 
	CONSTRAINT ck_agency_tree_depth_zero_is_itself CHECK ((depth = 0) = (ancestor_id = unit_id)), 
	CONSTRAINT ck_agency_tree_depth_not_negative CHECK (depth >= 0), 
	CONSTRAINT fk_agency_tree_ancestor_id_agency FOREIGN KEY(ancestor_id) REFERENCES agency (id), 
	CONSTRAINT fk_agency_tree_unit_id_agency FOREIGN KEY(unit_id) REFERENCES agency (id)
);
CREATE INDEX ix_agency_tree_unit_id_depth ON agency_tree (unit_id, depth);
CREATE TABLE day_off (
	id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	agency_id INTEGER, 
	name VARCHAR(255) NOT NULL, 
	works BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_day_off PRIMARY KEY (id), 
	CONSTRAINT fk_day_off_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id)
);
CREATE INDEX ix_day_off_agency_id ON day_off (agency_id);
CREATE INDEX ix_day_off_day ON day_off (day);
CREATE UNIQUE INDEX uq_day_off_day_agency ON day_off (day, agency_id);
CREATE UNIQUE INDEX uq_day_off_national ON day_off (day) WHERE agency_id IS NULL;
CREATE TABLE role_demand (
	role_id INTEGER NOT NULL, 
	second_step BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_role_demand PRIMARY KEY (role_id), 
	CONSTRAINT fk_role_demand_role_id_ab_role FOREIGN KEY(role_id) REFERENCES ab_role (id) ON DELETE CASCADE
);
CREATE TABLE stat_month (
	agency_id INTEGER NOT NULL, 
	dim VARCHAR(32) NOT NULL, 
	month VARCHAR(7) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_stat_month PRIMARY KEY (agency_id, dim, month, "key"), 
	CONSTRAINT fk_stat_month_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id)
)
 WITHOUT ROWID

;
CREATE TABLE stat_unit (
	agency_id INTEGER NOT NULL, 
	zone VARCHAR(32) NOT NULL, 
	reports BIGINT NOT NULL, 
	counted_at DATETIME NOT NULL, 
	reached VARCHAR(7), 
	fresh_at DATETIME, 
	CONSTRAINT pk_stat_unit PRIMARY KEY (agency_id), 
	CONSTRAINT fk_stat_unit_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT ck_stat_unit_zone CHECK (zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'))
);
CREATE TABLE ab_api_key (
	id INTEGER NOT NULL, 
	uuid VARCHAR(36) NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	key_hash VARCHAR(256) NOT NULL, 
	lookup_hash VARCHAR(256), 
	key_prefix VARCHAR(16) NOT NULL, 
	user_id INTEGER NOT NULL, 
	scopes TEXT, 
	active BOOLEAN NOT NULL, 
	created_on DATETIME, 
	expires_on DATETIME, 
	revoked_on DATETIME, 
	last_used_on DATETIME, 
	CONSTRAINT pk_ab_api_key PRIMARY KEY (id), 
	CONSTRAINT fk_ab_api_key_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id) ON DELETE CASCADE, 
	CONSTRAINT uq_ab_api_key_lookup_hash UNIQUE (lookup_hash), 
	CONSTRAINT uq_ab_api_key_uuid UNIQUE (uuid)
);
CREATE UNIQUE INDEX idx_api_key_lookup_hash ON ab_api_key (lookup_hash);
CREATE INDEX idx_api_key_prefix ON ab_api_key (key_prefix);
CREATE INDEX idx_api_key_user_id ON ab_api_key (user_id);
CREATE TABLE ab_permission_view_role (
	id INTEGER NOT NULL, 
	permission_view_id INTEGER, 
	role_id INTEGER, 
	CONSTRAINT pk_ab_permission_view_role PRIMARY KEY (id), 
	CONSTRAINT fk_ab_permission_view_role_permission_view_id_ab_permission_view FOREIGN KEY(permission_view_id) REFERENCES ab_permission_view (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ab_permission_view_role_role_id_ab_role FOREIGN KEY(role_id) REFERENCES ab_role (id) ON DELETE CASCADE, 
	CONSTRAINT uq_ab_permission_view_role_permission_view_id_role_id UNIQUE (permission_view_id, role_id)
);
CREATE INDEX idx_permission_view_id ON ab_permission_view_role (permission_view_id);
CREATE INDEX idx_role_id ON ab_permission_view_role (role_id);
CREATE TABLE ab_user_group (
	id INTEGER NOT NULL, 
	user_id INTEGER, 
	group_id INTEGER, 
	CONSTRAINT pk_ab_user_group PRIMARY KEY (id), 
	CONSTRAINT fk_ab_user_group_group_id_ab_group FOREIGN KEY(group_id) REFERENCES ab_group (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ab_user_group_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id) ON DELETE CASCADE, 
	CONSTRAINT uq_ab_user_group_user_id_group_id UNIQUE (user_id, group_id)
);
CREATE INDEX idx_user_group_id ON ab_user_group (group_id);
CREATE INDEX idx_user_id ON ab_user_group (user_id);
CREATE TABLE ab_user_role (
	id INTEGER NOT NULL, 
	user_id INTEGER, 
	role_id INTEGER, 
	CONSTRAINT pk_ab_user_role PRIMARY KEY (id), 
	CONSTRAINT fk_ab_user_role_role_id_ab_role FOREIGN KEY(role_id) REFERENCES ab_role (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ab_user_role_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id) ON DELETE CASCADE, 
	CONSTRAINT uq_ab_user_role_user_id_role_id UNIQUE (user_id, role_id)
);
CREATE TABLE account_link (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	purpose VARCHAR(32) NOT NULL, 
	nonce VARCHAR(64) NOT NULL, 
	stamp VARCHAR(64) NOT NULL, 
	email VARCHAR(255) DEFAULT '' NOT NULL, 
	phone VARCHAR(32) DEFAULT '' NOT NULL, 
	totp_nonce VARCHAR(64) DEFAULT '' NOT NULL, 
	agency_id INTEGER, 
	role VARCHAR(64) DEFAULT '' NOT NULL, 
	inviter_id INTEGER, 
	token_hash VARCHAR(64), 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	CONSTRAINT pk_account_link PRIMARY KEY (id), 
	CONSTRAINT fk_account_link_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_account_link_inviter_id_ab_user FOREIGN KEY(inviter_id) REFERENCES ab_user (id), 
	CONSTRAINT fk_account_link_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT uq_account_link_token_hash UNIQUE (token_hash), 
	CONSTRAINT ck_account_link_linkpurpose CHECK (purpose IN ('first_password', 'password', 'email', 'undo', 'invitation', 'second_step'))
);
CREATE INDEX ix_account_link_agency_id ON account_link (agency_id);
CREATE INDEX ix_account_link_expires_at ON account_link (expires_at);
CREATE INDEX ix_account_link_user_id ON account_link (user_id);
CREATE TABLE account_session (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	user_id INTEGER NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	stamp VARCHAR(32) NOT NULL, 
	browser VARCHAR(64) DEFAULT '' NOT NULL, 
	system VARCHAR(64) DEFAULT '' NOT NULL, 
	started_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_account_session_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT uq_account_session_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_account_session_seen_at ON account_session (seen_at);
CREATE INDEX ix_account_session_user ON account_session (user_id, id);
CREATE TABLE api_code (
	id INTEGER NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	client_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	scopes JSON NOT NULL, 
	redirect_uri VARCHAR(512) NOT NULL, 
	challenge VARCHAR(128) NOT NULL, 
	stamp VARCHAR(64) NOT NULL, 
	family VARCHAR(32) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_api_code PRIMARY KEY (id), 
	CONSTRAINT fk_api_code_client_id_api_client FOREIGN KEY(client_id) REFERENCES api_client (id), 
	CONSTRAINT fk_api_code_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT uq_api_code_code_hash UNIQUE (code_hash), 
	CONSTRAINT uq_api_code_family UNIQUE (family)
);
CREATE INDEX ix_api_code_client_id ON api_code (client_id);
CREATE INDEX ix_api_code_expires_at ON api_code (expires_at);
CREATE INDEX ix_api_code_user_id ON api_code (user_id);
CREATE TABLE api_token (
	id INTEGER NOT NULL, 
	access_hash VARCHAR(64) NOT NULL, 
	refresh_hash VARCHAR(64), 
	family VARCHAR(32) NOT NULL, 
	client_id INTEGER NOT NULL, 
	user_id INTEGER, 
	scopes JSON NOT NULL, 
	stamp VARCHAR(64) DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	refreshed_at DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT pk_api_token PRIMARY KEY (id), 
	CONSTRAINT fk_api_token_client_id_api_client FOREIGN KEY(client_id) REFERENCES api_client (id), 
	CONSTRAINT fk_api_token_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT uq_api_token_access_hash UNIQUE (access_hash), 
	CONSTRAINT uq_api_token_refresh_hash UNIQUE (refresh_hash)
);
CREATE INDEX ix_api_token_client_id ON api_token (client_id);
CREATE INDEX ix_api_token_ends_at ON api_token (ends_at);
CREATE INDEX ix_api_token_family ON api_token (family);
CREATE INDEX ix_api_token_user_id ON api_token (user_id);
CREATE TABLE audit_log (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	user_id INTEGER, 
	agency_id INTEGER, 
	action VARCHAR(64) NOT NULL, 
	object_kind VARCHAR(32) NOT NULL, 
	object_id INTEGER, 
	data JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_audit_log PRIMARY KEY (id), 
	CONSTRAINT fk_audit_log_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_audit_log_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_audit_log_at ON audit_log (at);
CREATE INDEX ix_audit_log_object_kind_object_id_at ON audit_log (object_kind, object_id, at);
CREATE INDEX ix_audit_log_user_id ON audit_log (user_id);
CREATE TABLE digest_mute (
	id INTEGER NOT NULL, 
	agency_id INTEGER, 
	user_id INTEGER, 
	digest VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_digest_mute PRIMARY KEY (id), 
	CONSTRAINT fk_digest_mute_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_digest_mute_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_digest_mute_digest CHECK (digest IN ('weekly', 'daily'))
);
CREATE UNIQUE INDEX uq_digest_mute_agency ON digest_mute (agency_id, digest) WHERE user_id IS NULL;
CREATE UNIQUE INDEX uq_digest_mute_user ON digest_mute (user_id, digest);
CREATE TABLE export (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	user_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	form VARCHAR(32) NOT NULL, 
	file_name VARCHAR(255) NOT NULL, 
	selection JSON DEFAULT '{}' NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	fault VARCHAR(255) DEFAULT '' NOT NULL, 
	rows INTEGER DEFAULT '0' NOT NULL, 
	stored_name VARCHAR(64) DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	attempt INTEGER DEFAULT '0' NOT NULL, 
	claimed_until DATETIME, 
	expires_at DATETIME, 
	CONSTRAINT fk_export_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_export_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_export_exportform CHECK (form IN ('csv', 'xlsx', 'pdf')), 
	CONSTRAINT ck_export_exportstate CHECK (state IN ('waiting', 'ready', 'failed', 'gone'))
);
CREATE INDEX ix_export_state ON export (state, id);
CREATE INDEX ix_export_user ON export (user_id, id);
CREATE TABLE failed_sign_in (
	day DATE NOT NULL, 
	place_hash VARCHAR(64) NOT NULL, 
	name_hash VARCHAR(64) NOT NULL, 
	user_id INTEGER, 
	number INTEGER NOT NULL, 
	told INTEGER NOT NULL, 
	told_at DATETIME, 
	first_at DATETIME NOT NULL, 
	last_at DATETIME NOT NULL, 
	CONSTRAINT pk_failed_sign_in PRIMARY KEY (day, place_hash, name_hash), 
	CONSTRAINT fk_failed_sign_in_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_failed_sign_in_last_at ON failed_sign_in (last_at);
CREATE INDEX ix_failed_sign_in_user_id ON failed_sign_in (user_id);
CREATE TABLE former_address (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	email VARCHAR(255) DEFAULT '' NOT NULL, 
	phone VARCHAR(32) DEFAULT '' NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_former_address PRIMARY KEY (id), 
	CONSTRAINT fk_former_address_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_former_address_until ON former_address (until);
CREATE INDEX ix_former_address_user_id ON former_address (user_id);
CREATE TABLE idempotency_key (
	"key" VARCHAR(64) NOT NULL, 
	user_id INTEGER, 
	purpose VARCHAR(255) NOT NULL, 
	result VARCHAR(255) DEFAULT '' NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_idempotency_key PRIMARY KEY ("key"), 
	CONSTRAINT fk_idempotency_key_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_idempotency_key_at ON idempotency_key (at);
CREATE TABLE notification_digest (
	user_id INTEGER NOT NULL, 
	upto_id INTEGER NOT NULL, 
	sent_on DATE NOT NULL, 
	CONSTRAINT pk_notification_digest PRIMARY KEY (user_id), 
	CONSTRAINT fk_notification_digest_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE TABLE notification_setting (
	user_id INTEGER NOT NULL, 
	kinds VARCHAR(32) NOT NULL, 
	mailing VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_notification_setting PRIMARY KEY (user_id, kinds), 
	CONSTRAINT fk_notification_setting_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_notification_setting_group CHECK (kinds IN ('dispositions', 'reporter', 'comments', 'requests', 'states', 'deadlines', 'account')), 
	CONSTRAINT ck_notification_setting_mailing CHECK (mailing IN ('at_once', 'daily', 'never'))
);
CREATE TABLE post (
	id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	title VARCHAR(255) DEFAULT '' NOT NULL, 
	text TEXT NOT NULL, 
	to_all BOOLEAN DEFAULT 0 NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_post PRIMARY KEY (id), 
	CONSTRAINT fk_post_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_post_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_post_broadcast ON post (agency_id, id) WHERE to_all = 1;
CREATE TABLE recovery_code (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_recovery_code PRIMARY KEY (id), 
	CONSTRAINT fk_recovery_code_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_recovery_code_user_id ON recovery_code (user_id);
CREATE TABLE reorganisation (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	stage VARCHAR(32) NOT NULL, 
	agency_id INTEGER NOT NULL, 
	target_id INTEGER NOT NULL, 
	former_parent_id INTEGER, 
	user_id INTEGER NOT NULL, 
	by_agency_id INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	effective_at DATETIME NOT NULL, 
	began_at DATETIME, 
	ended_at DATETIME, 
	units JSON DEFAULT '[]' NOT NULL, 
	reports INTEGER DEFAULT '0' NOT NULL, 
	done INTEGER DEFAULT '0' NOT NULL, 
	reached INTEGER DEFAULT '0' NOT NULL, 
	fault VARCHAR(255) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_reorganisation PRIMARY KEY (id), 
	CONSTRAINT ck_reorganisation_began_when_running CHECK ((began_at IS NOT NULL) OR stage IN ('planned', 'cancelled')), 
	CONSTRAINT ck_reorganisation_ended_when_ended CHECK ((ended_at IS NULL) = (stage IN ('planned', 'running'))), 
	CONSTRAINT ck_reorganisation_two_agencies CHECK (agency_id <> target_id), 
	CONSTRAINT fk_reorganisation_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_reorganisation_by_agency_id_agency FOREIGN KEY(by_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_reorganisation_former_parent_id_agency FOREIGN KEY(former_parent_id) REFERENCES agency (id), 
	CONSTRAINT fk_reorganisation_target_id_agency FOREIGN KEY(target_id) REFERENCES agency (id), 
	CONSTRAINT fk_reorganisation_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_reorganisation_kind CHECK (kind IN ('move', 'merge', 'dissolve')), 
	CONSTRAINT ck_reorganisation_stage CHECK (stage IN ('planned', 'running', 'done', 'cancelled'))
);
CREATE INDEX ix_reorganisation_stage ON reorganisation (stage, effective_at);
CREATE UNIQUE INDEX uq_reorganisation_one_open ON reorganisation (agency_id) WHERE stage IN ('planned', 'running');
CREATE TABLE reporter (
	id INTEGER NOT NULL, 
	user_id INTEGER, 
	name VARCHAR(255) DEFAULT '' NOT NULL, 
	email VARCHAR(255) DEFAULT '' NOT NULL, 
	phone VARCHAR(32) DEFAULT '' NOT NULL, 
	notify_by VARCHAR(32) DEFAULT 'email' NOT NULL, 
	created_at DATETIME NOT NULL, 
	erased_at DATETIME, 
	CONSTRAINT pk_reporter PRIMARY KEY (id), 
	CONSTRAINT fk_reporter_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT uq_reporter_user_id UNIQUE (user_id), 
	CONSTRAINT ck_reporter_notifyby CHECK (notify_by IN ('email', 'sms', 'none'))
);
CREATE INDEX ix_reporter_phone ON reporter (phone);
CREATE TABLE saved_search (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	"query" VARCHAR(2000) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_saved_search PRIMARY KEY (id), 
	CONSTRAINT fk_saved_search_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE UNIQUE INDEX uq_saved_search_name ON saved_search (user_id, name);
CREATE TABLE sheet_import (
	id INTEGER NOT NULL, 
	file_name VARCHAR(255) NOT NULL, 
	stored_name VARCHAR(64) DEFAULT '' NOT NULL, 
	zone VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	user_id INTEGER, 
	created_at DATETIME NOT NULL, 
	attempt INTEGER DEFAULT '0' NOT NULL, 
	claimed_until DATETIME, 
	generated_at DATETIME, 
	total INTEGER DEFAULT '0' NOT NULL, 
	imported INTEGER DEFAULT '0' NOT NULL, 
	known INTEGER DEFAULT '0' NOT NULL, 
	refused INTEGER DEFAULT '0' NOT NULL, 
	summary JSON DEFAULT '{}' NOT NULL, 
	fault JSON, 
	skip_faults BOOLEAN DEFAULT 0 NOT NULL, 
	confirmed_at DATETIME, 
	ended_at DATETIME, 
	CONSTRAINT pk_sheet_import PRIMARY KEY (id), 
	CONSTRAINT fk_sheet_import_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_sheet_import_zone CHECK (zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')), 
	CONSTRAINT ck_sheet_import_sheetstate CHECK (state IN ('checking', 'ready', 'importing', 'done', 'refused', 'cancelled'))
);
CREATE INDEX ix_sheet_import_state ON sheet_import (state);
CREATE TABLE broadcast_mark (
	agency_id INTEGER NOT NULL, 
	upto_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_broadcast_mark PRIMARY KEY (agency_id, upto_id), 
	CONSTRAINT fk_broadcast_mark_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_broadcast_mark_upto_id_post FOREIGN KEY(upto_id) REFERENCES post (id), 
	CONSTRAINT fk_broadcast_mark_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE TABLE conversation (
	id INTEGER NOT NULL, 
	from_agency_id INTEGER NOT NULL, 
	to_agency_id INTEGER NOT NULL, 
	opening_id INTEGER NOT NULL, 
	announcement BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_conversation PRIMARY KEY (id), 
	CONSTRAINT ck_conversation_two_agencies CHECK (from_agency_id <> to_agency_id), 
	CONSTRAINT fk_conversation_from_agency_id_agency FOREIGN KEY(from_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_conversation_opening_id_post FOREIGN KEY(opening_id) REFERENCES post (id), 
	CONSTRAINT fk_conversation_to_agency_id_agency FOREIGN KEY(to_agency_id) REFERENCES agency (id)
);
CREATE TABLE report (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER DEFAULT '1' NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	held BOOLEAN DEFAULT 0 NOT NULL, 
	received_at DATETIME NOT NULL, 
	source VARCHAR(32) NOT NULL, 
	client_id INTEGER, 
	reporter_id INTEGER, 
	is_anonymous BOOLEAN DEFAULT 0 NOT NULL, 
	is_secret BOOLEAN DEFAULT 0 NOT NULL, 
	link_hash VARCHAR(64), 
	link_round INTEGER DEFAULT '0' NOT NULL, 
	original_title VARCHAR(255) DEFAULT '' NOT NULL, 
	original_text TEXT NOT NULL, 
	title VARCHAR(255) DEFAULT '' NOT NULL, 
	text TEXT NOT NULL, 
	mask_choices JSON, 
	classification VARCHAR(32), 
	category_id INTEGER, 
	area_code VARCHAR(16), 
	location VARCHAR(255) DEFAULT '' NOT NULL, 
	suggested_agency_id INTEGER, 
	holder_id INTEGER NOT NULL, 
	verified_at DATETIME, 
	first_follow_up_at DATETIME, 
	last_follow_up_at DATETIME, 
	last_reply_at DATETIME, 
	reply_unanswered BOOLEAN DEFAULT 0 NOT NULL, 
	clock_kind VARCHAR(32), 
	clock_due_at DATETIME, 
	ended_at DATETIME, 
	ended_by VARCHAR(32), 
	archive_reason VARCHAR(32), 
	follow_up_count INTEGER DEFAULT '0' NOT NULL, 
	comment_count INTEGER DEFAULT '0' NOT NULL, 
	rating INTEGER, 
	recorder_agency_id INTEGER, 
	recorder_user_id INTEGER, 
	external_source VARCHAR(255), 
	external_id VARCHAR(255), 
	CONSTRAINT ck_report_archived_with_reason CHECK ((archive_reason IS NULL) = (state <> 'archived')), 
	CONSTRAINT ck_report_ended_when_ended CHECK ((ended_at IS NULL) = (state NOT IN ('closed', 'archived'))), 
	CONSTRAINT ck_report_held_only_in_progress CHECK (NOT held OR state = 'in_progress'), 
	CONSTRAINT ck_report_auto_close_only_in_progress CHECK (clock_kind <> 'auto_close' OR (state = 'in_progress' AND NOT held)), 
	CONSTRAINT ck_report_details_only_incomplete CHECK (clock_kind <> 'details' OR state = 'incomplete'), 
	CONSTRAINT ck_report_verified_completely CHECK (state NOT IN ('waiting', 'in_progress') OR (classification IS NOT NULL AND category_id IS NOT NULL AND verified_at IS NOT NULL)), 
	CONSTRAINT ck_report_clock_has_due_time CHECK ((clock_kind IS NULL) = (clock_due_at IS NULL)), 
	CONSTRAINT ck_report_ended_by_somebody CHECK ((ended_at IS NULL) = (ended_by IS NULL)), 
	CONSTRAINT ck_report_external_id_with_source CHECK ((external_source IS NULL) = (external_id IS NULL)), 
	CONSTRAINT ck_report_rating_one_to_five CHECK (rating IS NULL OR rating BETWEEN 1 AND 5), 
	CONSTRAINT fk_report_archive_reason_archive_reason FOREIGN KEY(archive_reason) REFERENCES archive_reason (code), 
	CONSTRAINT fk_report_area_code_area FOREIGN KEY(area_code) REFERENCES area (code), 
	CONSTRAINT fk_report_category_id_category FOREIGN KEY(category_id) REFERENCES category (id), 
	CONSTRAINT fk_report_client_id_api_client FOREIGN KEY(client_id) REFERENCES api_client (id), 
	CONSTRAINT fk_report_holder_id_agency FOREIGN KEY(holder_id) REFERENCES agency (id), 
	CONSTRAINT fk_report_recorder_agency_id_agency FOREIGN KEY(recorder_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_report_recorder_user_id_ab_user FOREIGN KEY(recorder_user_id) REFERENCES ab_user (id), 
	CONSTRAINT fk_report_reporter_id_reporter FOREIGN KEY(reporter_id) REFERENCES reporter (id), 
	CONSTRAINT fk_report_suggested_agency_id_agency FOREIGN KEY(suggested_agency_id) REFERENCES agency (id), 
	CONSTRAINT uq_report_link_hash UNIQUE (link_hash), 
	CONSTRAINT ck_report_state CHECK (state IN ('unverified', 'incomplete', 'waiting', 'in_progress', 'closed', 'archived')), 
	CONSTRAINT ck_report_channel CHECK (source IN ('website', 'android', 'ios', 'sms', 'whatsapp', 'instagram', 'facebook', 'x', 'hotline', 'call_center', 'email', 'face_to_face', 'letter', 'subsite', 'partner', 'import')), 
	CONSTRAINT ck_report_classification CHECK (classification IN ('supervised', 'unsupervised', 'information', 'aspiration')), 
	CONSTRAINT ck_report_clock CHECK (clock_kind IN ('verification', 'details', 'follow_up', 'auto_close', 'target')), 
	CONSTRAINT ck_report_endedby CHECK (ended_by IN ('system', 'admin', 'reporter'))
);
CREATE INDEX ix_report_area_received ON report (area_code, received_at);
CREATE INDEX ix_report_category_received ON report (category_id, received_at);
CREATE INDEX ix_report_expiring ON report (clock_kind, clock_due_at) WHERE clock_kind IN ('auto_close', 'details');
CREATE INDEX ix_report_holder ON report (holder_id, state, received_at, id);
CREATE INDEX ix_report_received_at ON report (received_at);
CREATE INDEX ix_report_reporter ON report (reporter_id, id);
CREATE UNIQUE INDEX uq_report_external ON report (external_source, external_id);
CREATE TABLE sheet_name (
	id INTEGER NOT NULL, 
	import_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	parent VARCHAR(255) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	rows INTEGER NOT NULL, 
	target_id INTEGER, 
	CONSTRAINT pk_sheet_name PRIMARY KEY (id), 
	CONSTRAINT fk_sheet_name_import_id_sheet_import FOREIGN KEY(import_id) REFERENCES sheet_import (id), 
	CONSTRAINT ck_sheet_name_namekind CHECK (kind IN ('agency', 'category', 'area'))
);
CREATE UNIQUE INDEX uq_sheet_name_name ON sheet_name (import_id, kind, parent, name);
CREATE TABLE unsent_form (
	session_id INTEGER NOT NULL, 
	path VARCHAR(2048) NOT NULL, 
	fields JSON NOT NULL, 
	files INTEGER NOT NULL, 
	kept_at DATETIME NOT NULL, 
	CONSTRAINT pk_unsent_form PRIMARY KEY (session_id), 
	CONSTRAINT fk_unsent_form_session_id_account_session FOREIGN KEY(session_id) REFERENCES account_session (id) ON DELETE CASCADE
);
CREATE INDEX ix_unsent_form_kept_at ON unsent_form (kept_at);
CREATE TABLE conversation_side (
	conversation_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	last_post_id INTEGER NOT NULL, 
	unread BOOLEAN DEFAULT 0 NOT NULL, 
	read_user_id INTEGER, 
	read_at DATETIME, 
	CONSTRAINT pk_conversation_side PRIMARY KEY (conversation_id, agency_id), 
	CONSTRAINT ck_conversation_side_read_by_somebody CHECK ((read_at IS NULL) = (read_user_id IS NULL)), 
	CONSTRAINT fk_conversation_side_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_conversation_side_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id), 
	CONSTRAINT fk_conversation_side_last_post_id_post FOREIGN KEY(last_post_id) REFERENCES post (id), 
	CONSTRAINT fk_conversation_side_read_user_id_ab_user FOREIGN KEY(read_user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_conversation_side_newest ON conversation_side (agency_id, last_post_id, conversation_id);
CREATE INDEX ix_conversation_side_unread ON conversation_side (agency_id) WHERE unread = 1;
CREATE TABLE disposition (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	from_agency_id INTEGER, 
	at DATETIME NOT NULL, 
	by_user_id INTEGER, 
	ended_at DATETIME, 
	end_action VARCHAR(32), 
	went_to_agency_id INTEGER, 
	CONSTRAINT pk_disposition PRIMARY KEY (id), 
	CONSTRAINT ck_disposition_only_the_root_has_no_giver CHECK ((position = 0) = (from_agency_id IS NULL)), 
	CONSTRAINT ck_disposition_position_not_negative CHECK (position >= 0), 
	CONSTRAINT fk_disposition_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_disposition_by_user_id_ab_user FOREIGN KEY(by_user_id) REFERENCES ab_user (id), 
	CONSTRAINT fk_disposition_from_agency_id_agency FOREIGN KEY(from_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_disposition_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_disposition_went_to_agency_id_agency FOREIGN KEY(went_to_agency_id) REFERENCES agency (id)
);
CREATE INDEX ix_disposition_agency_id ON disposition (agency_id);
CREATE UNIQUE INDEX uq_disposition_live_agency ON disposition (report_id, agency_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX uq_disposition_live_position ON disposition (report_id, position) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX uq_disposition_seq ON disposition (report_id, seq);
CREATE TABLE event (
	report_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	schema_version INTEGER DEFAULT '1' NOT NULL, 
	at DATETIME NOT NULL, 
	user_id INTEGER, 
	agency_id INTEGER, 
	on_behalf_of_id INTEGER, 
	visibility VARCHAR(32) NOT NULL, 
	data JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (report_id, seq), 
	CONSTRAINT fk_event_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_event_on_behalf_of_id_agency FOREIGN KEY(on_behalf_of_id) REFERENCES agency (id), 
	CONSTRAINT fk_event_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_event_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_event_eventkind CHECK (kind IN ('received', 'verified', 'details_asked', 'completed', 'archived', 'restored', 'corrected', 'forwarded', 'redirected', 'followed_up', 'replied', 'handed_back', 'held', 'released', 'closed', 'auto_closed', 'reopened', 'commented', 'requested', 'request_accepted', 'request_rejected', 'request_withdrawn', 'request_voided', 'reorganised')), 
	CONSTRAINT ck_event_visibility CHECK (visibility IN ('public', 'reporter', 'officers'))
);
CREATE INDEX ix_event_agency ON event (agency_id, report_id) WHERE agency_id IS NOT NULL;
CREATE INDEX ix_event_at ON event (at);
CREATE TABLE event_text (
	report_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_event_text PRIMARY KEY (report_id, seq, name), 
	CONSTRAINT fk_event_text_report_id_report FOREIGN KEY(report_id) REFERENCES report (id)
);
CREATE TABLE follow_up (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	on_behalf_of_id INTEGER, 
	user_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	is_secret BOOLEAN DEFAULT 0 NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_follow_up PRIMARY KEY (id), 
	CONSTRAINT fk_follow_up_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_follow_up_on_behalf_of_id_agency FOREIGN KEY(on_behalf_of_id) REFERENCES agency (id), 
	CONSTRAINT fk_follow_up_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_follow_up_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_follow_up_agency ON follow_up (agency_id, user_id, at);
CREATE UNIQUE INDEX uq_follow_up_seq ON follow_up (report_id, seq);
CREATE TABLE mask_choice (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	hidden BOOLEAN NOT NULL, 
	user_id INTEGER, 
	agency_id INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_mask_choice PRIMARY KEY (id), 
	CONSTRAINT fk_mask_choice_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_mask_choice_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_mask_choice_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_mask_choice_report ON mask_choice (report_id, id);
CREATE TABLE message (
	conversation_id INTEGER NOT NULL, 
	post_id INTEGER NOT NULL, 
	CONSTRAINT pk_message PRIMARY KEY (conversation_id, post_id), 
	CONSTRAINT fk_message_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id), 
	CONSTRAINT fk_message_post_id_post FOREIGN KEY(post_id) REFERENCES post (id)
);
CREATE INDEX ix_message_post ON message (post_id);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	topic VARCHAR(32) NOT NULL, 
	report_id INTEGER, 
	once VARCHAR(255) NOT NULL, 
	payload JSON DEFAULT '{}' NOT NULL, 
	created_at DATETIME NOT NULL, 
	available_at DATETIME NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	sent_at DATETIME, 
	dead_at DATETIME, 
	last_error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT uq_outbox_once UNIQUE (once)
);
CREATE INDEX ix_outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX ix_outbox_report_id ON outbox (report_id);
CREATE INDEX ix_outbox_told ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX ix_outbox_waiting ON outbox (available_at, id) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE TABLE public_comment (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	decided_at DATETIME, 
	decider_user_id INTEGER, 
	decider_agency_id INTEGER, 
	CONSTRAINT pk_public_comment PRIMARY KEY (id), 
	CONSTRAINT ck_public_comment_waiting_until_decided CHECK ((state = 'waiting') = (decided_at IS NULL)), 
	CONSTRAINT fk_public_comment_decider_agency_id_agency FOREIGN KEY(decider_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_public_comment_decider_user_id_ab_user FOREIGN KEY(decider_user_id) REFERENCES ab_user (id), 
	CONSTRAINT fk_public_comment_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_public_comment_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_public_comment_commentstate CHECK (state IN ('waiting', 'shown', 'hidden'))
);
CREATE INDEX ix_public_comment_report ON public_comment (report_id, state, id);
CREATE INDEX ix_public_comment_user_id ON public_comment (user_id);
CREATE INDEX ix_public_comment_waiting ON public_comment (id) WHERE state = 'waiting';
CREATE TABLE rating (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	closing INTEGER NOT NULL, 
	stars INTEGER NOT NULL, 
	solved BOOLEAN NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_rating PRIMARY KEY (id), 
	CONSTRAINT ck_rating_one_to_five CHECK (stars BETWEEN 1 AND 5), 
	CONSTRAINT fk_rating_report_id_report FOREIGN KEY(report_id) REFERENCES report (id)
);
CREATE UNIQUE INDEX uq_rating_closing ON rating (report_id, closing);
CREATE TABLE reply (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	recorder_user_id INTEGER, 
	recorder_agency_id INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reply PRIMARY KEY (id), 
	CONSTRAINT fk_reply_recorder_agency_id_agency FOREIGN KEY(recorder_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_reply_recorder_user_id_ab_user FOREIGN KEY(recorder_user_id) REFERENCES ab_user (id), 
	CONSTRAINT fk_reply_report_id_report FOREIGN KEY(report_id) REFERENCES report (id)
);
CREATE UNIQUE INDEX uq_reply_seq ON reply (report_id, seq);
CREATE TABLE report_clock (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	agency_id INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	days INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	pauses JSON DEFAULT '[]' NOT NULL, 
	met_at DATETIME, 
	ended_at DATETIME, 
	reminded SMALLINT DEFAULT '0' NOT NULL, 
	outcome VARCHAR(32), 
	CONSTRAINT pk_report_clock PRIMARY KEY (id), 
	CONSTRAINT ck_report_clock_met_when_met CHECK ((outcome = 'met') = (met_at IS NOT NULL)), 
	CONSTRAINT ck_report_clock_outcome_when_ended CHECK ((outcome IS NULL) = (ended_at IS NULL)), 
	CONSTRAINT fk_report_clock_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_report_clock_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT ck_report_clock_clock CHECK (kind IN ('verification', 'details', 'follow_up', 'auto_close', 'target')), 
	CONSTRAINT ck_report_clock_clockoutcome CHECK (outcome IN ('met', 'expired', 'stopped', 'passed_on'))
);
CREATE INDEX ix_report_clock_agency_id ON report_clock (agency_id);
CREATE INDEX ix_report_clock_report_id ON report_clock (report_id);
CREATE INDEX ix_report_clock_running_due ON report_clock (kind, due_at) WHERE outcome IS NULL;
CREATE UNIQUE INDEX uq_report_clock_running ON report_clock (report_id) WHERE outcome IS NULL AND kind <> 'target';
CREATE UNIQUE INDEX uq_report_clock_target ON report_clock (report_id) WHERE outcome IS NULL AND kind = 'target';
CREATE TABLE report_comment (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	agency_id INTEGER, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	hidden_at DATETIME, 
	CONSTRAINT pk_report_comment PRIMARY KEY (id), 
	CONSTRAINT fk_report_comment_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_report_comment_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_report_comment_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id)
);
CREATE INDEX ix_report_comment_report ON report_comment (report_id, id);
CREATE TABLE report_copy (
	report_id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	from_agency_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_report_copy PRIMARY KEY (report_id, agency_id), 
	CONSTRAINT fk_report_copy_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_report_copy_from_agency_id_agency FOREIGN KEY(from_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_report_copy_report_id_report FOREIGN KEY(report_id) REFERENCES report (id)
);
CREATE INDEX ix_report_copy_agency_id ON report_copy (agency_id);
CREATE TABLE report_scope (
	agency_id INTEGER NOT NULL, 
	reach SMALLINT NOT NULL, 
	tab VARCHAR(32) NOT NULL, 
	sort_key BIGINT NOT NULL, 
	report_id INTEGER NOT NULL, 
	basis SMALLINT NOT NULL, 
	CONSTRAINT pk_report_scope PRIMARY KEY (agency_id, reach, tab, sort_key, report_id), 
	CONSTRAINT ck_report_scope_basis_known CHECK (basis IN (0, 1)), 
	CONSTRAINT ck_report_scope_reach_known CHECK (reach IN (0, 1)), 
	CONSTRAINT fk_report_scope_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_report_scope_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT ck_report_scope_tab CHECK (tab IN ('unverified', 'delayed', 'waiting', 'progress', 'requests', 'copies', 'closed', 'archived'))
)
 WITHOUT ROWID

;
CREATE INDEX ix_report_scope_newest ON report_scope (agency_id, reach, tab, report_id);
CREATE UNIQUE INDEX uq_report_scope_report ON report_scope (report_id, agency_id, tab);
CREATE TABLE request (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	asker_agency_id INTEGER, 
	asker_user_id INTEGER, 
	on_behalf_of_id INTEGER, 
	decider_agency_id INTEGER NOT NULL, 
	suggested_agency_id INTEGER, 
	reason TEXT DEFAULT '' NOT NULL, 
	asked_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	decider_user_id INTEGER, 
	decided_for_id INTEGER, 
	answer TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_request PRIMARY KEY (id), 
	CONSTRAINT ck_request_open_until_decided CHECK ((status = 'open') = (decided_at IS NULL)), 
	CONSTRAINT ck_request_rejected_with_reason CHECK (status <> 'rejected' OR length(answer) > 0), 
	CONSTRAINT fk_request_asker_agency_id_agency FOREIGN KEY(asker_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_request_asker_user_id_ab_user FOREIGN KEY(asker_user_id) REFERENCES ab_user (id), 
	CONSTRAINT fk_request_decided_for_id_agency FOREIGN KEY(decided_for_id) REFERENCES agency (id), 
	CONSTRAINT fk_request_decider_agency_id_agency FOREIGN KEY(decider_agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_request_decider_user_id_ab_user FOREIGN KEY(decider_user_id) REFERENCES ab_user (id), 
	CONSTRAINT fk_request_on_behalf_of_id_agency FOREIGN KEY(on_behalf_of_id) REFERENCES agency (id), 
	CONSTRAINT fk_request_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_request_suggested_agency_id_agency FOREIGN KEY(suggested_agency_id) REFERENCES agency (id), 
	CONSTRAINT ck_request_action CHECK (action IN ('verify', 'ask_details', 'complete', 'archive', 'restore', 'correct', 'forward', 'redirect', 'follow_up', 'reply', 'hand_back', 'hold', 'release', 'close', 'auto_close', 'reopen', 'comment')), 
	CONSTRAINT ck_request_requeststatus CHECK (status IN ('open', 'accepted', 'rejected', 'withdrawn', 'void'))
);
CREATE INDEX ix_request_decider_agency_id ON request (decider_agency_id);
CREATE INDEX ix_request_report_id ON request (report_id);
CREATE UNIQUE INDEX uq_request_one_open ON request (report_id, action) WHERE status = 'open';
CREATE TABLE sheet_row (
	import_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	external_id VARCHAR(255) NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	report_id INTEGER, 
	data JSON DEFAULT '{}' NOT NULL, 
	fault JSON, 
	CONSTRAINT pk_sheet_row PRIMARY KEY (import_id, number), 
	CONSTRAINT fk_sheet_row_import_id_sheet_import FOREIGN KEY(import_id) REFERENCES sheet_import (id), 
	CONSTRAINT fk_sheet_row_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT ck_sheet_row_rowoutcome CHECK (outcome IN ('waiting', 'imported', 'known', 'refused'))
);
CREATE INDEX ix_sheet_row_external_id ON sheet_row (import_id, external_id);
CREATE INDEX ix_sheet_row_outcome ON sheet_row (import_id, outcome, number);
CREATE TABLE sms_message (
	id INTEGER NOT NULL, 
	gateway_id VARCHAR(255) NOT NULL, 
	phone VARCHAR(32) NOT NULL, 
	command VARCHAR(32) NOT NULL, 
	answer VARCHAR(32) NOT NULL, 
	report_id INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_sms_message PRIMARY KEY (id), 
	CONSTRAINT fk_sms_message_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT uq_sms_message_gateway_id UNIQUE (gateway_id), 
	CONSTRAINT ck_sms_message_command CHECK (command IN ('file', 'status', 'reply', 'close', 'reopen', 'stop', 'start', 'help')), 
	CONSTRAINT ck_sms_message_answer CHECK (answer IN ('filed', 'status', 'replied', 'completed', 'closed', 'reopen_asked', 'stopped', 'started', 'help', 'no_keyword', 'too_long', 'not_yours', 'not_now', 'too_many', 'none'))
);
CREATE INDEX ix_sms_message_at ON sms_message (at);
CREATE INDEX ix_sms_message_phone ON sms_message (phone, at);
CREATE INDEX ix_sms_message_report_id ON sms_message (report_id);
CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	report_id INTEGER, 
	uploader_user_id INTEGER, 
	follow_up_id INTEGER, 
	reply_id INTEGER, 
	comment_id INTEGER, 
	post_id INTEGER, 
	state VARCHAR(32) NOT NULL, 
	stored_name VARCHAR(64) NOT NULL, 
	original_name VARCHAR(255) NOT NULL, 
	number INTEGER, 
	unscanned BOOLEAN DEFAULT 0 NOT NULL, 
	content_type VARCHAR(255) NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 VARCHAR(64) DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_attachment PRIMARY KEY (id), 
	CONSTRAINT ck_attachment_ready_has_owner CHECK (report_id IS NOT NULL OR post_id IS NOT NULL OR state <> 'ready'), 
	CONSTRAINT ck_attachment_one_parent CHECK ((follow_up_id IS NOT NULL AND reply_id IS NULL AND comment_id IS NULL) OR (follow_up_id IS NULL AND reply_id IS NOT NULL AND comment_id IS NULL) OR (follow_up_id IS NULL AND reply_id IS NULL)), 
	CONSTRAINT ck_attachment_size_not_negative CHECK (size >= 0), 
	CONSTRAINT fk_attachment_comment_id_report_comment FOREIGN KEY(comment_id) REFERENCES report_comment (id), 
	CONSTRAINT fk_attachment_follow_up_id_follow_up FOREIGN KEY(follow_up_id) REFERENCES follow_up (id), 
	CONSTRAINT fk_attachment_post_id_post FOREIGN KEY(post_id) REFERENCES post (id), 
	CONSTRAINT fk_attachment_reply_id_reply FOREIGN KEY(reply_id) REFERENCES reply (id), 
	CONSTRAINT fk_attachment_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_attachment_uploader_user_id_ab_user FOREIGN KEY(uploader_user_id) REFERENCES ab_user (id), 
	CONSTRAINT uq_attachment_stored_name UNIQUE (stored_name), 
	CONSTRAINT ck_attachment_filestate CHECK (state IN ('pending', 'checking', 'ready', 'refused', 'gone'))
);
CREATE INDEX ix_attachment_checking ON attachment (id) WHERE state = 'checking';
CREATE INDEX ix_attachment_pending ON attachment (created_at) WHERE state = 'pending';
CREATE INDEX ix_attachment_post_id ON attachment (post_id);
CREATE INDEX ix_attachment_report_id ON attachment (report_id);
CREATE TABLE notification (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	occurrence VARCHAR(255) NOT NULL, 
	report_id INTEGER, 
	clock_id INTEGER, 
	agency_id INTEGER, 
	at DATETIME NOT NULL, 
	read_at DATETIME, 
	CONSTRAINT pk_notification PRIMARY KEY (id), 
	CONSTRAINT fk_notification_agency_id_agency FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_notification_clock_id_report_clock FOREIGN KEY(clock_id) REFERENCES report_clock (id), 
	CONSTRAINT fk_notification_report_id_report FOREIGN KEY(report_id) REFERENCES report (id), 
	CONSTRAINT fk_notification_user_id_ab_user FOREIGN KEY(user_id) REFERENCES ab_user (id), 
	CONSTRAINT ck_notification_kind CHECK (kind IN ('disposition', 'disposition_changed', 'copy', 'reply', 'comment', 'request', 'decided', 'voided', 'hold', 'release', 'closing', 'closes_tomorrow', 'reopening', 'deadline_near', 'deadline_missed', 'account', 'handover'))
);
CREATE INDEX ix_notification_at ON notification (at);
CREATE INDEX ix_notification_newest ON notification (user_id, at, id);
CREATE INDEX ix_notification_reminder ON notification (report_id) WHERE clock_id IS NOT NULL;
CREATE INDEX ix_notification_unread ON notification (user_id, id) WHERE read_at IS NULL;
CREATE UNIQUE INDEX uq_notification_once ON notification (user_id, kind, occurrence);
CREATE VIRTUAL TABLE report_search USING fts5(title, body, marks, tokenize = "ascii tokenchars '_'");
INSERT INTO alembic_version ("version_num") VALUES ('0001');
INSERT INTO ab_group ("id", "name", "label", "description") VALUES (1, 'Contoh', NULL, NULL);
INSERT INTO ab_permission ("id", "name") VALUES (1, 'can_read');
INSERT INTO ab_permission ("id", "name") VALUES (2, 'can_write');
INSERT INTO ab_permission ("id", "name") VALUES (3, 'can_act');
INSERT INTO ab_register_user ("id", "first_name", "last_name", "username", "password", "email", "registration_date", "registration_hash") VALUES (1, 'Contoh', 'Contoh', 'Contoh', NULL, 'Contoh', '2026-12-01 05:06:51.018789', NULL);
INSERT INTO ab_role ("id", "name") VALUES (1, 'Pejabat Penghubung');
INSERT INTO ab_role ("id", "name") VALUES (2, 'Admin Koordinator');
INSERT INTO ab_role ("id", "name") VALUES (3, 'Admin Pusat');
INSERT INTO ab_role ("id", "name") VALUES (4, 'Supervisor');
INSERT INTO ab_role ("id", "name") VALUES (5, 'Statistikawan');
INSERT INTO ab_role ("id", "name") VALUES (6, 'Pelapor');
INSERT INTO ab_view_menu ("id", "name") VALUES (1, 'reports');
INSERT INTO ab_view_menu ("id", "name") VALUES (2, 'verification');
INSERT INTO ab_view_menu ("id", "name") VALUES (3, 'own_reports');
INSERT INTO ab_view_menu ("id", "name") VALUES (4, 'statistics');
INSERT INTO ab_view_menu ("id", "name") VALUES (5, 'users');
INSERT INTO ab_view_menu ("id", "name") VALUES (6, 'agencies');
INSERT INTO ab_view_menu ("id", "name") VALUES (7, 'roles');
INSERT INTO ab_view_menu ("id", "name") VALUES (8, 'settings');
INSERT INTO ab_view_menu ("id", "name") VALUES (9, 'audit');
INSERT INTO ab_view_menu ("id", "name") VALUES (10, 'account');
INSERT INTO agency ("id", "parent_id", "name", "alias", "email", "website", "phone", "address", "zone", "active", "created_at", "merged_into_id") VALUES (1, NULL, 'Admin Pusat LAPOR!', '', '', '', '', '', 'Asia/Jakarta', 1, '2026-01-05 02:00:00.000000', NULL);
INSERT INTO agency ("id", "parent_id", "name", "alias", "email", "website", "phone", "address", "zone", "active", "created_at", "merged_into_id") VALUES (2, 1, 'Instansi A', 'A', '', '', '', '', 'Asia/Jakarta', 1, '2026-01-05 02:00:00.000000', NULL);
INSERT INTO agency ("id", "parent_id", "name", "alias", "email", "website", "phone", "address", "zone", "active", "created_at", "merged_into_id") VALUES (3, 2, 'Unit A1', 'A1', '', '', '', '', 'Asia/Jakarta', 1, '2026-01-05 02:00:00.000000', NULL);
INSERT INTO agency ("id", "parent_id", "name", "alias", "email", "website", "phone", "address", "zone", "active", "created_at", "merged_into_id") VALUES (4, 2, 'Unit A2', 'A2', '', '', '', '', 'Asia/Jakarta', 1, '2026-01-05 02:00:00.000000', NULL);
INSERT INTO agency ("id", "parent_id", "name", "alias", "email", "website", "phone", "address", "zone", "active", "created_at", "merged_into_id") VALUES (5, 2, 'Unit A3', 'A3', '', '', '', '', 'Asia/Jakarta', 1, '2026-01-05 02:00:00.000000', NULL);
INSERT INTO agency ("id", "parent_id", "name", "alias", "email", "website", "phone", "address", "zone", "active", "created_at", "merged_into_id") VALUES (6, 1, 'Instansi B', 'B', '', '', '', '', 'Asia/Jakarta', 1, '2026-01-05 02:00:00.000000', NULL);
INSERT INTO agency ("id", "parent_id", "name", "alias", "email", "website", "phone", "address", "zone", "active", "created_at", "merged_into_id") VALUES (7, 6, 'Unit B1', 'B1', '', '', '', '', 'Asia/Jakarta', 1, '2026-01-05 02:00:00.000000', NULL);
INSERT INTO api_client ("id", "client_id", "name", "kind", "scopes", "redirect_uris", "secret_hash", "per_minute", "active", "created_at", "secret_at") VALUES (1, 'Contoh', 'Contoh', 'partner', '{}', '{}', '0000000000000000000000000000000000000000000000000000000000000000', 1, 0, '2026-06-09 03:00:00.000000', NULL);
INSERT INTO archive_reason ("code", "name", "position", "retired_at") VALUES ('unclear', 'Contoh', 1, NULL);
INSERT INTO area ("code", "parent_code", "level", "name") VALUES ('Contoh', NULL, 1, 'Contoh');
INSERT INTO category ("id", "parent_id", "name", "retired_at") VALUES (1, NULL, 'Infrastruktur', NULL);
INSERT INTO category ("id", "parent_id", "name", "retired_at") VALUES (2, 1, 'Penerangan jalan', NULL);
INSERT INTO completion_target ("id", "classification", "working_days", "valid_from") VALUES (1, 'unsupervised', 14, '2026-06-08');
INSERT INTO job_run ("job", "started_at", "ended_at", "result", "error") VALUES ('Contoh', '2026-06-09 03:00:00.000000', NULL, 'Contoh', 'Contoh');
INSERT INTO one_time_code ("id", "token_hash", "purpose", "email", "phone", "payload", "tries", "created_at", "expires_at", "used_at", "result") VALUES (1, 'Contoh', 'filing', 'warga@contoh.example.com', '', '{}', 1, '2026-06-09 03:00:00.000000', '2026-06-09 03:00:00.000000', NULL, 'Contoh');
INSERT INTO quiet_phone ("phone", "at") VALUES ('Contoh', '2026-06-09 03:00:00.000000');
INSERT INTO search_synonym ("id", "words") VALUES (1, 'Contoh');
INSERT INTO stat_dirty ("id", "month") VALUES (1, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (2, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (3, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (4, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (5, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (6, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (7, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (8, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (9, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (10, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (11, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (12, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (13, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (14, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (15, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (16, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (17, '2026-06');
INSERT INTO stat_dirty ("id", "month") VALUES (18, '2026-06');
INSERT INTO system_setting ("name", "value") VALUES ('Contoh', 'Contoh');
INSERT INTO tries ("key_hash", "number", "since") VALUES ('Contoh', 1, '2026-06-09 03:00:00.000000');
INSERT INTO ab_group_role ("id", "group_id", "role_id") VALUES (1, NULL, NULL);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (1, 1, 1);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (2, 2, 1);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (3, 3, 1);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (4, 1, 2);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (5, 2, 2);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (6, 3, 2);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (7, 1, 3);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (8, 2, 3);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (9, 3, 3);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (10, 1, 4);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (11, 2, 4);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (12, 3, 4);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (13, 1, 5);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (14, 2, 5);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (15, 3, 5);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (16, 1, 6);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (17, 2, 6);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (18, 3, 6);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (19, 1, 7);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (20, 2, 7);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (21, 3, 7);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (22, 1, 8);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (23, 2, 8);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (24, 3, 8);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (25, 1, 9);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (26, 2, 9);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (27, 3, 9);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (28, 1, 10);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (29, 2, 10);
INSERT INTO ab_permission_view ("id", "permission_id", "view_menu_id") VALUES (30, 3, 10);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (1, 'Petugas PUSAT', '', 'akun-pusat', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'pusat@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.596823', '2026-12-01 05:06:49.596830', NULL, NULL, 1, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (2, 'Petugas PUSAT2', '', 'akun-pusat2', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'pusat2@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.603540', '2026-12-01 05:06:49.603546', NULL, NULL, 1, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (3, 'Petugas SUPERVISOR', '', 'akun-supervisor', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'supervisor@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.608461', '2026-12-01 05:06:49.608465', NULL, NULL, 1, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (4, 'Petugas STATISTIK', '', 'akun-statistik', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'statistik@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.610217', '2026-12-01 05:06:49.610222', NULL, NULL, 1, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (5, 'Petugas A', '', 'akun-a', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'a@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.611640', '2026-12-01 05:06:49.611644', NULL, NULL, 2, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (6, 'Petugas A1', '', 'akun-a1', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'a1@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.616437', '2026-12-01 05:06:49.616443', NULL, NULL, 3, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (7, 'Petugas A1B', '', 'akun-a1b', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'a1b@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.618284', '2026-12-01 05:06:49.618288', NULL, NULL, 3, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (8, 'Petugas A2', '', 'akun-a2', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'a2@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.619620', '2026-12-01 05:06:49.619624', NULL, NULL, 4, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (9, 'Petugas B', '', 'akun-b', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'b@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.620836', '2026-12-01 05:06:49.624434', NULL, NULL, 6, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (10, 'Petugas B1', '', 'akun-b1', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'b1@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.657052', '2026-12-01 05:06:49.657062', NULL, NULL, 7, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (11, 'Warga WARGA', '', 'akun-warga', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'warga@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.659505', '2026-12-01 05:06:49.659510', NULL, NULL, NULL, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO ab_user ("id", "first_name", "last_name", "username", "password", "active", "email", "last_login", "login_count", "fail_login_count", "created_on", "changed_on", "created_by_fk", "changed_by_fk", "agency_id", "phone", "gender", "birth_date", "must_change_password", "locked_until", "session_stamp", "seen_at", "totp_nonce", "totp_step") VALUES (12, 'Warga WARGA2', '', 'akun-warga2', 'pbkdf2:sha256:1$9GB2yGNR2r5CYkHR$8d032249946adb029a935dc6b36b198d96745e4a8fc00d8f63a52d96ab062ef1', 1, 'warga2@contoh.example.com', NULL, NULL, NULL, '2026-12-01 05:06:49.672406', '2026-12-01 05:06:49.672412', NULL, NULL, NULL, '', NULL, NULL, 0, NULL, '', '2200-01-01 00:00:00.000000', '', NULL);
INSERT INTO agency_past_line ("agency_id", "until", "ancestor_id", "via_id", "depth", "since") VALUES (1, '2026-06-08 03:00:00.000000', 1, 1, 0, NULL);
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (1, 1, 0, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (2, 2, 0, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (1, 2, 1, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (3, 3, 0, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (2, 3, 1, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (1, 3, 2, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (4, 4, 0, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (2, 4, 1, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (1, 4, 2, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (5, 5, 0, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (2, 5, 1, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (1, 5, 2, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (6, 6, 0, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (1, 6, 1, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (7, 7, 0, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (6, 7, 1, '2026-01-05 02:00:00.000000');
INSERT INTO agency_tree ("ancestor_id", "unit_id", "depth", "since") VALUES (1, 7, 2, '2026-01-05 02:00:00.000000');
INSERT INTO day_off ("id", "day", "agency_id", "name", "works") VALUES (1, '2026-06-08', NULL, 'Contoh', 0);
INSERT INTO role_demand ("role_id", "second_step") VALUES (1, 0);
INSERT INTO stat_month ("agency_id", "dim", "month", "key", "n") VALUES (1, 'Contoh', 'Contoh', 'Contoh', 1);
INSERT INTO stat_unit ("agency_id", "zone", "reports", "counted_at", "reached", "fresh_at") VALUES (1, 'Asia/Jakarta', 1, '2026-06-09 03:00:00.000000', NULL, NULL);
INSERT INTO ab_api_key ("id", "uuid", "name", "key_hash", "lookup_hash", "key_prefix", "user_id", "scopes", "active", "created_on", "expires_on", "revoked_on", "last_used_on") VALUES (1, 'Contoh', 'Contoh', '0000000000000000000000000000000000000000000000000000000000000000', NULL, 'Contoh', 1, NULL, 0, '2026-12-01 05:06:51.066764', NULL, NULL, NULL);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (1, 17, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (2, 17, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (3, 17, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (4, 13, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (5, 13, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (6, 13, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (7, 13, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (8, 28, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (9, 28, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (10, 28, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (11, 28, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (12, 28, 5);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (13, 28, 6);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (14, 6, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (15, 14, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (16, 14, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (17, 14, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (18, 14, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (19, 9, 6);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (20, 10, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (21, 10, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (22, 10, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (23, 10, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (24, 10, 5);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (25, 29, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (26, 29, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (27, 29, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (28, 29, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (29, 29, 5);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (30, 29, 6);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (31, 25, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (32, 25, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (33, 3, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (34, 3, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (35, 3, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (36, 19, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (37, 7, 6);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (38, 16, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (39, 16, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (40, 16, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (41, 16, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (42, 1, 1);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (43, 1, 2);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (44, 1, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (45, 1, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (46, 22, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (47, 4, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (48, 4, 4);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (49, 23, 3);
INSERT INTO ab_permission_view_role ("id", "permission_view_id", "role_id") VALUES (50, 20, 3);
INSERT INTO ab_user_group ("id", "user_id", "group_id") VALUES (1, NULL, NULL);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (1, 1, 3);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (2, 2, 3);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (3, 3, 4);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (4, 4, 5);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (5, 5, 2);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (6, 6, 1);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (7, 7, 1);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (8, 8, 1);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (9, 9, 2);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (10, 10, 1);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (11, 11, 6);
INSERT INTO ab_user_role ("id", "user_id", "role_id") VALUES (12, 12, 6);
INSERT INTO account_link ("id", "user_id", "purpose", "nonce", "stamp", "email", "phone", "totp_nonce", "agency_id", "role", "inviter_id", "token_hash", "created_at", "expires_at") VALUES (1, 1, 'first_password', 'Contoh', 'Contoh', 'Contoh', 'Contoh', 'Contoh', NULL, 'Contoh', NULL, NULL, '2026-06-09 03:00:00.000000', NULL);
INSERT INTO account_session ("id", "user_id", "token_hash", "stamp", "browser", "system", "started_at", "seen_at", "ended_at") VALUES (1, 1, 'Contoh', 'Contoh', 'Contoh', 'Contoh', '2026-06-09 03:00:00.000000', '2026-06-09 03:00:00.000000', NULL);
INSERT INTO api_code ("id", "code_hash", "client_id", "user_id", "scopes", "redirect_uri", "challenge", "stamp", "family", "expires_at", "used_at") VALUES (1, 'Contoh', 1, 1, '{}', 'Contoh', 'Contoh', 'Contoh', 'Contoh', '2026-06-09 03:00:00.000000', NULL);
INSERT INTO api_token ("id", "access_hash", "refresh_hash", "family", "client_id", "user_id", "scopes", "stamp", "created_at", "expires_at", "ends_at", "refreshed_at", "revoked_at") VALUES (1, 'Contoh', NULL, 'Contoh', 1, NULL, '{}', 'Contoh', '2026-06-09 03:00:00.000000', '2026-06-09 03:00:00.000000', '2026-06-09 03:00:00.000000', NULL, NULL);
INSERT INTO audit_log ("id", "at", "user_id", "agency_id", "action", "object_kind", "object_id", "data") VALUES (1, '2026-06-09 03:00:00.000000', NULL, NULL, 'Contoh', 'Contoh', NULL, '{}');
INSERT INTO digest_mute ("id", "agency_id", "user_id", "digest", "at") VALUES (1, NULL, NULL, 'weekly', '2026-06-09 03:00:00.000000');
INSERT INTO export ("id", "user_id", "agency_id", "kind", "form", "file_name", "selection", "state", "fault", "rows", "stored_name", "created_at", "attempt", "claimed_until", "expires_at") VALUES (1, 1, 1, 'Contoh', 'csv', 'Contoh', '{}', 'waiting', 'Contoh', 1, 'Contoh', '2026-06-09 03:00:00.000000', 1, NULL, NULL);
INSERT INTO failed_sign_in ("day", "place_hash", "name_hash", "user_id", "number", "told", "told_at", "first_at", "last_at") VALUES ('2026-06-08', 'Contoh', 'Contoh', NULL, 1, 1, NULL, '2026-06-09 03:00:00.000000', '2026-06-09 03:00:00.000000');
INSERT INTO former_address ("id", "user_id", "email", "phone", "until") VALUES (1, 1, 'Contoh', 'Contoh', '2026-06-09 03:00:00.000000');
INSERT INTO idempotency_key ("key", "user_id", "purpose", "result", "at") VALUES ('Contoh', NULL, 'Contoh', 'Contoh', '2026-06-09 03:00:00.000000');
INSERT INTO notification_digest ("user_id", "upto_id", "sent_on") VALUES (1, 1, '2026-06-08');
INSERT INTO notification_setting ("user_id", "kinds", "mailing") VALUES (1, 'dispositions', 'at_once');
INSERT INTO post ("id", "agency_id", "user_id", "title", "text", "to_all", "at") VALUES (1, 2, 5, 'Jadwal petugas', 'Mohon laporkan jadwal petugas.', 0, '2026-06-08 08:00:00.000000');
INSERT INTO recovery_code ("id", "user_id", "code_hash") VALUES (1, 1, 'Contoh');
INSERT INTO reorganisation ("id", "kind", "stage", "agency_id", "target_id", "former_parent_id", "user_id", "by_agency_id", "asked_at", "effective_at", "began_at", "ended_at", "units", "reports", "done", "reached", "fault") VALUES (1, 'move', 'planned', 2, 3, NULL, 1, 1, '2026-06-09 03:00:00.000000', '2026-06-09 03:00:00.000000', NULL, NULL, '{}', 1, 1, 1, 'Contoh');
INSERT INTO reporter ("id", "user_id", "name", "email", "phone", "notify_by", "created_at", "erased_at") VALUES (1, 11, 'Warga WARGA', 'warga@contoh.example.com', '', 'email', '2026-01-05 02:00:00.000000', NULL);
INSERT INTO reporter ("id", "user_id", "name", "email", "phone", "notify_by", "created_at", "erased_at") VALUES (2, 12, 'Warga WARGA2', 'warga2@contoh.example.com', '', 'email', '2026-01-05 02:00:00.000000', NULL);
INSERT INTO saved_search ("id", "user_id", "name", "query", "at") VALUES (1, 1, 'Contoh', 'Contoh', '2026-06-09 03:00:00.000000');
INSERT INTO sheet_import ("id", "file_name", "stored_name", "zone", "state", "user_id", "created_at", "attempt", "claimed_until", "generated_at", "total", "imported", "known", "refused", "summary", "fault", "skip_faults", "confirmed_at", "ended_at") VALUES (1, 'Contoh', 'Contoh', 'Asia/Jakarta', 'checking', NULL, '2026-06-09 03:00:00.000000', 1, NULL, NULL, 1, 1, 1, 1, '{}', NULL, 0, NULL, NULL);
INSERT INTO broadcast_mark ("agency_id", "upto_id", "user_id", "at") VALUES (1, 1, 1, '2026-06-09 03:00:00.000000');
INSERT INTO conversation ("id", "from_agency_id", "to_agency_id", "opening_id", "announcement") VALUES (1, 2, 3, 1, 0);
INSERT INTO report ("id", "version", "state", "held", "received_at", "source", "client_id", "reporter_id", "is_anonymous", "is_secret", "link_hash", "link_round", "original_title", "original_text", "title", "text", "mask_choices", "classification", "category_id", "area_code", "location", "suggested_agency_id", "holder_id", "verified_at", "first_follow_up_at", "last_follow_up_at", "last_reply_at", "reply_unanswered", "clock_kind", "clock_due_at", "ended_at", "ended_by", "archive_reason", "follow_up_count", "comment_count", "rating", "recorder_agency_id", "recorder_user_id", "external_source", "external_id") VALUES (1, 1, 'unverified', 0, '2026-06-08 03:00:00.000000', 'website', NULL, 1, 0, 0, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', '', 'Lampu jalan di depan balai desa padam.', NULL, NULL, NULL, NULL, '', NULL, 1, NULL, NULL, NULL, NULL, 0, 'verification', '2026-06-11 17:00:00.000000', NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO report ("id", "version", "state", "held", "received_at", "source", "client_id", "reporter_id", "is_anonymous", "is_secret", "link_hash", "link_round", "original_title", "original_text", "title", "text", "mask_choices", "classification", "category_id", "area_code", "location", "suggested_agency_id", "holder_id", "verified_at", "first_follow_up_at", "last_follow_up_at", "last_reply_at", "reply_unanswered", "clock_kind", "clock_due_at", "ended_at", "ended_by", "archive_reason", "follow_up_count", "comment_count", "rating", "recorder_agency_id", "recorder_user_id", "external_source", "external_id") VALUES (2, 2, 'incomplete', 0, '2026-06-08 03:00:00.000000', 'website', NULL, 1, 0, 0, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', '', 'Lampu jalan di depan balai desa padam.', NULL, NULL, NULL, NULL, '', NULL, 1, NULL, NULL, NULL, NULL, 0, 'details', '2026-07-08 17:00:00.000000', NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO report ("id", "version", "state", "held", "received_at", "source", "client_id", "reporter_id", "is_anonymous", "is_secret", "link_hash", "link_round", "original_title", "original_text", "title", "text", "mask_choices", "classification", "category_id", "area_code", "location", "suggested_agency_id", "holder_id", "verified_at", "first_follow_up_at", "last_follow_up_at", "last_reply_at", "reply_unanswered", "clock_kind", "clock_due_at", "ended_at", "ended_by", "archive_reason", "follow_up_count", "comment_count", "rating", "recorder_agency_id", "recorder_user_id", "external_source", "external_id") VALUES (3, 2, 'archived', 0, '2026-06-08 03:00:00.000000', 'website', NULL, 1, 0, 0, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', '', 'Lampu jalan di depan balai desa padam.', NULL, NULL, NULL, NULL, '', NULL, 1, NULL, NULL, NULL, NULL, 0, NULL, NULL, '2026-06-08 03:00:00.000000', 'admin', 'unclear', 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO report ("id", "version", "state", "held", "received_at", "source", "client_id", "reporter_id", "is_anonymous", "is_secret", "link_hash", "link_round", "original_title", "original_text", "title", "text", "mask_choices", "classification", "category_id", "area_code", "location", "suggested_agency_id", "holder_id", "verified_at", "first_follow_up_at", "last_follow_up_at", "last_reply_at", "reply_unanswered", "clock_kind", "clock_due_at", "ended_at", "ended_by", "archive_reason", "follow_up_count", "comment_count", "rating", "recorder_agency_id", "recorder_user_id", "external_source", "external_id") VALUES (4, 2, 'waiting', 0, '2026-06-08 03:00:00.000000', 'website', NULL, 1, 0, 0, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', 'Lampu jalan padam', 'Lampu jalan di depan balai desa padam.', NULL, 'unsupervised', 2, NULL, '', NULL, 2, '2026-06-08 03:00:00.000000', NULL, NULL, NULL, 0, 'follow_up', '2026-06-15 17:00:00.000000', NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO report ("id", "version", "state", "held", "received_at", "source", "client_id", "reporter_id", "is_anonymous", "is_secret", "link_hash", "link_round", "original_title", "original_text", "title", "text", "mask_choices", "classification", "category_id", "area_code", "location", "suggested_agency_id", "holder_id", "verified_at", "first_follow_up_at", "last_follow_up_at", "last_reply_at", "reply_unanswered", "clock_kind", "clock_due_at", "ended_at", "ended_by", "archive_reason", "follow_up_count", "comment_count", "rating", "recorder_agency_id", "recorder_user_id", "external_source", "external_id") VALUES (5, 7, 'in_progress', 0, '2026-06-08 03:00:00.000000', 'website', NULL, 1, 0, 0, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', 'Lampu jalan padam', 'Lampu jalan di depan balai desa padam.', NULL, 'unsupervised', 2, NULL, '', NULL, 3, '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', NULL, 0, 'auto_close', '2026-06-18 17:00:00.000000', NULL, NULL, NULL, 2, 1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO report ("id", "version", "state", "held", "received_at", "source", "client_id", "reporter_id", "is_anonymous", "is_secret", "link_hash", "link_round", "original_title", "original_text", "title", "text", "mask_choices", "classification", "category_id", "area_code", "location", "suggested_agency_id", "holder_id", "verified_at", "first_follow_up_at", "last_follow_up_at", "last_reply_at", "reply_unanswered", "clock_kind", "clock_due_at", "ended_at", "ended_by", "archive_reason", "follow_up_count", "comment_count", "rating", "recorder_agency_id", "recorder_user_id", "external_source", "external_id") VALUES (6, 5, 'closed', 0, '2026-06-08 08:00:00.000000', 'website', NULL, 1, 0, 0, NULL, 0, '', 'Lampu jalan di depan balai desa padam.', 'Lampu jalan padam', 'Lampu jalan di depan balai desa padam.', NULL, 'unsupervised', 2, NULL, '', NULL, 6, '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 1, NULL, NULL, '2026-06-08 08:00:00.000000', 'reporter', NULL, 1, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO sheet_name ("id", "import_id", "kind", "parent", "name", "rows", "target_id") VALUES (1, 1, 'agency', 'Contoh', 'Contoh', 1, NULL);
INSERT INTO unsent_form ("session_id", "path", "fields", "files", "kept_at") VALUES (1, 'Contoh', '{}', 1, '2026-06-09 03:00:00.000000');
INSERT INTO conversation_side ("conversation_id", "agency_id", "last_post_id", "unread", "read_user_id", "read_at") VALUES (1, 2, 1, 0, NULL, NULL);
INSERT INTO conversation_side ("conversation_id", "agency_id", "last_post_id", "unread", "read_user_id", "read_at") VALUES (1, 3, 1, 1, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (1, 1, 1, 0, 1, NULL, '2026-06-08 03:00:00.000000', NULL, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (2, 2, 1, 0, 1, NULL, '2026-06-08 03:00:00.000000', NULL, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (3, 3, 1, 0, 1, NULL, '2026-06-08 03:00:00.000000', NULL, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (4, 4, 1, 0, 1, NULL, '2026-06-08 03:00:00.000000', NULL, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (5, 4, 2, 1, 2, 1, '2026-06-08 03:00:00.000000', 1, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (6, 5, 1, 0, 1, NULL, '2026-06-08 03:00:00.000000', NULL, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (7, 5, 2, 1, 2, 1, '2026-06-08 03:00:00.000000', 1, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (8, 5, 3, 2, 3, 2, '2026-06-08 03:00:00.000000', 5, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (9, 6, 1, 0, 1, NULL, '2026-06-08 08:00:00.000000', NULL, NULL, NULL, NULL);
INSERT INTO disposition ("id", "report_id", "seq", "position", "agency_id", "from_agency_id", "at", "by_user_id", "ended_at", "end_action", "went_to_agency_id") VALUES (10, 6, 2, 1, 6, 1, '2026-06-08 08:00:00.000000', 1, NULL, NULL, NULL);
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (1, 1, 'received', 1, '2026-06-08 03:00:00.000000', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (2, 1, 'received', 1, '2026-06-08 03:00:00.000000', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (2, 2, 'details_asked', 1, '2026-06-08 03:00:00.000000', 1, 1, NULL, 'reporter', '{"as": "root", "holder": 1}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (3, 1, 'received', 1, '2026-06-08 03:00:00.000000', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (3, 2, 'archived', 1, '2026-06-08 03:00:00.000000', 1, 1, NULL, 'reporter', '{"as": "root", "holder": 1, "reason": "unclear"}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (4, 1, 'received', 1, '2026-06-08 03:00:00.000000', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (4, 2, 'verified', 1, '2026-06-08 03:00:00.000000', 1, 1, NULL, 'public', '{"as": "root", "holder": 2, "agency": 2, "category": 2, "copies": [6]}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (5, 1, 'received', 1, '2026-06-08 03:00:00.000000', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (5, 2, 'verified', 1, '2026-06-08 03:00:00.000000', 1, 1, NULL, 'public', '{"as": "root", "holder": 2, "agency": 2, "category": 2, "copies": []}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (5, 3, 'followed_up', 1, '2026-06-08 03:00:00.000000', 5, 2, NULL, 'public', '{"as": "holder", "holder": 2, "follow_up": 1}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (5, 4, 'forwarded', 1, '2026-06-08 03:00:00.000000', 5, 2, NULL, 'public', '{"as": "holder", "holder": 3, "agency": 3, "copies": []}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (5, 5, 'commented', 1, '2026-06-08 03:00:00.000000', 6, 3, NULL, 'public', '{"as": "reader", "holder": 3, "comment": 1}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (5, 6, 'followed_up', 1, '2026-06-08 03:00:00.000000', 6, 3, NULL, 'reporter', '{"as": "holder", "holder": 3, "follow_up": 2}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (5, 7, 'requested', 1, '2026-06-08 03:00:00.000000', 6, 3, NULL, 'officers', '{"request": 1, "action": "close", "agency": null}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (6, 1, 'received', 1, '2026-06-08 08:00:00.000000', 11, NULL, NULL, 'public', '{"source": "website"}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (6, 2, 'verified', 1, '2026-06-08 08:00:00.000000', 1, 1, NULL, 'public', '{"as": "root", "holder": 6, "agency": 6, "category": 2, "copies": []}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (6, 3, 'followed_up', 1, '2026-06-08 08:00:00.000000', 9, 6, NULL, 'public', '{"as": "holder", "holder": 6, "follow_up": 1}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (6, 4, 'replied', 1, '2026-06-08 08:00:00.000000', 11, NULL, NULL, 'reporter', '{"as": "reporter", "holder": 6, "reply": 1}');
INSERT INTO event ("report_id", "seq", "kind", "schema_version", "at", "user_id", "agency_id", "on_behalf_of_id", "visibility", "data") VALUES (6, 5, 'closed', 1, '2026-06-08 08:00:00.000000', 11, NULL, NULL, 'reporter', '{"as": "reporter", "holder": 6}');
INSERT INTO event_text ("report_id", "seq", "name", "text") VALUES (2, 2, 'note', 'Di jalan apa, dan sejak kapan?');
INSERT INTO event_text ("report_id", "seq", "name", "text") VALUES (3, 2, 'note', 'Tidak dapat ditindaklanjuti.');
INSERT INTO event_text ("report_id", "seq", "name", "text") VALUES (5, 7, 'reason', 'Masih perlu waktu.');
INSERT INTO event_text ("report_id", "seq", "name", "text") VALUES (6, 5, 'reason', 'Sudah selesai.');
INSERT INTO follow_up ("id", "report_id", "seq", "agency_id", "on_behalf_of_id", "user_id", "text", "is_secret", "at") VALUES (1, 5, 1, 2, NULL, 5, 'Sedang kami tangani.', 0, '2026-06-08 03:00:00.000000');
INSERT INTO follow_up ("id", "report_id", "seq", "agency_id", "on_behalf_of_id", "user_id", "text", "is_secret", "at") VALUES (2, 5, 2, 3, NULL, 6, 'Sedang kami tangani.', 1, '2026-06-08 03:00:00.000000');
INSERT INTO follow_up ("id", "report_id", "seq", "agency_id", "on_behalf_of_id", "user_id", "text", "is_secret", "at") VALUES (3, 6, 1, 6, NULL, 9, 'Sedang kami tangani.', 0, '2026-06-08 08:00:00.000000');
INSERT INTO mask_choice ("id", "report_id", "words", "hidden", "user_id", "agency_id", "at") VALUES (1, 1, 'Contoh', 0, NULL, NULL, '2026-06-09 03:00:00.000000');
INSERT INTO message ("conversation_id", "post_id") VALUES (1, 1);
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (1, 'received', 1, 'event:1:1', '{"seq": 1}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (2, 'received', 2, 'event:2:1', '{"seq": 1}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (3, 'details_asked', 2, 'event:2:2', '{"seq": 2}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (4, 'received', 3, 'event:3:1', '{"seq": 1}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (5, 'archived', 3, 'event:3:2', '{"seq": 2}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (6, 'received', 4, 'event:4:1', '{"seq": 1}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (7, 'verified', 4, 'event:4:2', '{"seq": 2}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (8, 'mail_notification', NULL, 'mail_notification:1:2026-06-08T10:00:00+07:00', '{"notification": 1}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (9, 'mail_notification', NULL, 'mail_notification:2:2026-06-08T10:00:00+07:00', '{"notification": 2}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (10, 'received', 5, 'event:5:1', '{"seq": 1}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (11, 'verified', 5, 'event:5:2', '{"seq": 2}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (12, 'mail_notification', NULL, 'mail_notification:3:2026-06-08T10:00:00+07:00', '{"notification": 3}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (13, 'followed_up', 5, 'event:5:3', '{"seq": 3}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (14, 'forwarded', 5, 'event:5:4', '{"seq": 4}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (15, 'mail_notification', NULL, 'mail_notification:4:2026-06-08T10:00:00+07:00', '{"notification": 4}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (16, 'mail_notification', NULL, 'mail_notification:5:2026-06-08T10:00:00+07:00', '{"notification": 5}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (17, 'commented', 5, 'event:5:5', '{"seq": 5}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (18, 'followed_up', 5, 'event:5:6', '{"seq": 6}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (19, 'requested', 5, 'event:5:7', '{"seq": 7}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (20, 'mail_notification', NULL, 'mail_notification:8:2026-06-08T10:00:00+07:00', '{"notification": 8}', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (21, 'received', 6, 'event:6:1', '{"seq": 1}', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (22, 'verified', 6, 'event:6:2', '{"seq": 2}', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (23, 'mail_notification', NULL, 'mail_notification:9:2026-06-08T15:00:00+07:00', '{"notification": 9}', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (24, 'followed_up', 6, 'event:6:3', '{"seq": 3}', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (25, 'replied', 6, 'event:6:4', '{"seq": 4}', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, NULL, NULL, '');
INSERT INTO outbox ("id", "topic", "report_id", "once", "payload", "created_at", "available_at", "attempts", "sent_at", "dead_at", "last_error") VALUES (26, 'closed', 6, 'event:6:5', '{"seq": 5}', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, NULL, NULL, '');
INSERT INTO public_comment ("id", "report_id", "user_id", "text", "at", "state", "decided_at", "decider_user_id", "decider_agency_id") VALUES (1, 5, 12, 'Di tempat saya juga.', '2026-06-08 03:00:00.000000', 'waiting', NULL, NULL, NULL);
INSERT INTO rating ("id", "report_id", "closing", "stars", "solved", "note", "at") VALUES (1, 1, 1, 1, 0, 'Contoh', '2026-06-09 03:00:00.000000');
INSERT INTO reply ("id", "report_id", "seq", "text", "recorder_user_id", "recorder_agency_id", "at") VALUES (1, 6, 1, 'Belum selesai, Pak.', NULL, NULL, '2026-06-08 08:00:00.000000');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (1, 1, 'verification', 1, '2026-06-08 03:00:00.000000', 3, '2026-06-11 17:00:00.000000', '[]', NULL, NULL, 0, NULL);
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (2, 2, 'verification', 1, '2026-06-08 03:00:00.000000', 3, '2026-06-11 17:00:00.000000', '[]', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (3, 2, 'details', 1, '2026-06-08 03:00:00.000000', 30, '2026-07-08 17:00:00.000000', '[]', NULL, NULL, 0, NULL);
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (4, 3, 'verification', 1, '2026-06-08 03:00:00.000000', 3, '2026-06-11 17:00:00.000000', '[]', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (5, 4, 'verification', 1, '2026-06-08 03:00:00.000000', 3, '2026-06-11 17:00:00.000000', '[]', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (6, 4, 'follow_up', 2, '2026-06-08 03:00:00.000000', 5, '2026-06-15 17:00:00.000000', '[]', NULL, NULL, 0, NULL);
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (7, 4, 'target', 2, '2026-06-08 03:00:00.000000', 14, '2026-06-29 17:00:00.000000', '[]', NULL, NULL, 0, NULL);
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (8, 5, 'verification', 1, '2026-06-08 03:00:00.000000', 3, '2026-06-11 17:00:00.000000', '[]', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (9, 5, 'follow_up', 2, '2026-06-08 03:00:00.000000', 5, '2026-06-15 17:00:00.000000', '[]', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (10, 5, 'target', 2, '2026-06-08 03:00:00.000000', 14, '2026-06-29 17:00:00.000000', '[]', NULL, NULL, 0, NULL);
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (11, 5, 'auto_close', 2, '2026-06-08 03:00:00.000000', 10, '2026-06-18 17:00:00.000000', '[]', NULL, '2026-06-08 03:00:00.000000', 0, 'stopped');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (12, 5, 'follow_up', 3, '2026-06-08 03:00:00.000000', 5, '2026-06-15 17:00:00.000000', '[]', '2026-06-08 03:00:00.000000', '2026-06-08 03:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (13, 5, 'auto_close', 3, '2026-06-08 03:00:00.000000', 10, '2026-06-18 17:00:00.000000', '[]', NULL, NULL, 0, NULL);
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (14, 6, 'verification', 1, '2026-06-08 08:00:00.000000', 3, '2026-06-11 17:00:00.000000', '[]', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (15, 6, 'follow_up', 6, '2026-06-08 08:00:00.000000', 5, '2026-06-15 17:00:00.000000', '[]', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (16, 6, 'target', 6, '2026-06-08 08:00:00.000000', 14, '2026-06-29 17:00:00.000000', '[]', '2026-06-08 08:00:00.000000', '2026-06-08 08:00:00.000000', 0, 'met');
INSERT INTO report_clock ("id", "report_id", "kind", "agency_id", "started_at", "days", "due_at", "pauses", "met_at", "ended_at", "reminded", "outcome") VALUES (17, 6, 'auto_close', 6, '2026-06-08 08:00:00.000000', 10, '2026-06-18 17:00:00.000000', '[]', NULL, '2026-06-08 08:00:00.000000', 0, 'stopped');
INSERT INTO report_comment ("id", "report_id", "user_id", "agency_id", "text", "at", "hidden_at") VALUES (1, 5, 6, 3, 'Mohon dicek bersama.', '2026-06-08 03:00:00.000000', NULL);
INSERT INTO report_copy ("report_id", "agency_id", "from_agency_id", "at") VALUES (4, 6, 1, '2026-06-08 03:00:00.000000');
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 0, 'archived', -1780887600000000, 3, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 0, 'delayed', 1783530000000000, 2, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 0, 'unverified', 1781197200000000, 1, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 1, 'closed', -1780905600000000, 6, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 1, 'copies', -1780887600000000, 4, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 1, 'progress', 1781802000000000, 5, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 1, 'requests', 1781802000000000, 5, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (1, 1, 'waiting', 1781542800000000, 4, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (2, 0, 'requests', 1781802000000000, 5, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (2, 0, 'waiting', 1781542800000000, 4, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (2, 1, 'progress', 1781802000000000, 5, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (3, 0, 'progress', 1781802000000000, 5, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (6, 0, 'closed', -1780905600000000, 6, 0);
INSERT INTO report_scope ("agency_id", "reach", "tab", "sort_key", "report_id", "basis") VALUES (6, 0, 'copies', -1780887600000000, 4, 1);
INSERT INTO request ("id", "report_id", "action", "status", "asker_agency_id", "asker_user_id", "on_behalf_of_id", "decider_agency_id", "suggested_agency_id", "reason", "asked_at", "decided_at", "decider_user_id", "decided_for_id", "answer") VALUES (1, 5, 'close', 'open', 3, 6, NULL, 2, NULL, 'Masih perlu waktu.', '2026-06-08 03:00:00.000000', NULL, NULL, NULL, '');
INSERT INTO sheet_row ("import_id", "number", "external_id", "outcome", "report_id", "data", "fault") VALUES (1, 1, 'Contoh', 'waiting', NULL, '{}', NULL);
INSERT INTO sms_message ("id", "gateway_id", "phone", "command", "answer", "report_id", "at") VALUES (1, 'Contoh', 'Contoh', 'file', 'filed', NULL, '2026-06-09 03:00:00.000000');
INSERT INTO attachment ("id", "report_id", "uploader_user_id", "follow_up_id", "reply_id", "comment_id", "post_id", "state", "stored_name", "original_name", "number", "unscanned", "content_type", "size", "sha256", "created_at") VALUES (1, 1, NULL, NULL, NULL, NULL, NULL, 'ready', 'Contoh', 'Contoh', NULL, 0, 'Contoh', 1, 'Contoh', '2026-06-09 03:00:00.000000');
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (1, 5, 'disposition', 'event:4:2', 4, NULL, 1, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (2, 9, 'copy', 'event:4:2', 4, NULL, 1, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (3, 5, 'disposition', 'event:5:2', 5, NULL, 1, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (4, 6, 'disposition', 'event:5:4', 5, NULL, 2, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (5, 7, 'disposition', 'event:5:4', 5, NULL, 2, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (6, 7, 'comment', 'event:5:5', 5, NULL, 3, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (7, 5, 'comment', 'event:5:5', 5, NULL, 3, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (8, 5, 'request', 'event:5:7', 5, NULL, 3, '2026-06-08 03:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (9, 9, 'disposition', 'event:6:2', 6, NULL, 1, '2026-06-08 08:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (10, 9, 'reply', 'event:6:4', 6, NULL, NULL, '2026-06-08 08:00:00.000000', NULL);
INSERT INTO notification ("id", "user_id", "kind", "occurrence", "report_id", "clock_id", "agency_id", "at", "read_at") VALUES (11, 9, 'closing', 'event:6:5', 6, NULL, NULL, '2026-06-08 08:00:00.000000', NULL);
INSERT INTO report_search ("rowid", "title", "body", "marks") VALUES (2, '', 'lampu jalan depan bala desa padam', '_a1 _h1 _m202606 _swebsite _tunverified _w12_0 _w15_0 _w17_0 _y2026');
INSERT INTO report_search ("rowid", "title", "body", "marks") VALUES (4, '', 'lampu jalan depan bala desa padam', '_a1 _h1 _m202606 _swebsite _tdelayed _w12_0 _w15_0 _w17_0 _y2026');
INSERT INTO report_search ("rowid", "title", "body", "marks") VALUES (6, '', 'lampu jalan depan bala desa padam', '_a1 _h1 _m202606 _swebsite _tarchived _w12_0 _w15_0 _w17_0 _y2026');
INSERT INTO report_search ("rowid", "title", "body", "marks") VALUES (8, 'lampu jalan padam', 'lampu jalan depan bala desa padam', '_a1 _a2 _c2 _g1 _h2 _kunsupervised _m202606 _swebsite _tcopies _twaiting _w12_0 _w15_0 _w17_0 _y2026');
INSERT INTO report_search ("rowid", "title", "body", "marks") VALUES (9, 'lampu jalan padam', 'lampu jalan depan bala desa padam', '_a6 _c2 _g1 _h2 _kunsupervised _m202606 _swebsite _tcopies _w12_0 _w15_0 _w17_0 _y2026');
INSERT INTO report_search ("rowid", "title", "body", "marks") VALUES (10, 'lampu jalan padam', 'lampu jalan depan bala desa padam _ tangan _ tangan _ dicek sama', '_a1 _a2 _a3 _asked _c2 _g1 _h3 _kunsupervised _m202606 _swebsite _tprogress _trequests _w12_0 _w15_0 _w17_0 _y2026');
INSERT INTO report_search ("rowid", "title", "body", "marks") VALUES (12, 'lampu jalan padam', 'lampu jalan depan bala desa padam _ tangan _ belum selesa', '_a1 _a6 _c2 _g1 _h6 _kunsupervised _m202606 _swebsite _tclosed _w12_0 _w15_0 _w17_0 _y2026');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('report', 6);
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('account_session', 1);
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('export', 1);
