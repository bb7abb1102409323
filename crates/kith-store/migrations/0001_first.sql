-- The first schema: heads, ledger, documents, keys, sessions, jobs, touchpoints.
CREATE TABLE head (
    log {key} PRIMARY KEY,
    position BIGINT NOT NULL,
    hash {blob} NOT NULL,
    peaks {blob} NOT NULL
);
INSERT INTO head (log, position, hash, peaks) VALUES ('ledger', 0, {genesis}, {empty});
INSERT INTO head (log, position, hash, peaks) VALUES ('touchpoint', 0, {genesis}, {empty});

CREATE TABLE ledger (
    position {position},
    stream {key} NOT NULL,
    version BIGINT NOT NULL,
    kind {key} NOT NULL,
    header {blob} NOT NULL,
    sealed {blob} NOT NULL,
    leaf {blob} NOT NULL
);
CREATE UNIQUE INDEX ledger_stream ON ledger (stream, version);

CREATE TABLE tree_head (size BIGINT NOT NULL PRIMARY KEY, at_ms BIGINT NOT NULL, note TEXT NOT NULL);

CREATE TABLE counter (name {key} PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO counter (name, value) VALUES ('account', 0);
INSERT INTO counter (name, value) VALUES ('hierarchy', 0);
INSERT INTO counter (name, value) VALUES ('contract', 0);

CREATE TABLE organisation (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE "user" (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    login {key}, kind {key}, account_id {key}, access {key}
);
CREATE UNIQUE INDEX user_login ON "user" (login);
CREATE INDEX user_kind ON "user" (kind, id);
CREATE INDEX user_account ON "user" (account_id, id);

CREATE TABLE token (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    hash {key}, user_id {key}
);
CREATE UNIQUE INDEX token_hash ON token (hash);
CREATE INDEX token_user ON token (user_id, id);

CREATE TABLE account (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_row BIGINT NOT NULL, number BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_row ON account (account_row);
CREATE UNIQUE INDEX account_number ON account (number);

CREATE TABLE note (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}
);
CREATE INDEX note_account ON note (account_id, id);

CREATE TABLE account_key (
    kind {key} NOT NULL, digest {blob} NOT NULL, account_id {key} NOT NULL, sole BIGINT NOT NULL,
    PRIMARY KEY (kind, digest, account_id)
) {compact};
CREATE UNIQUE INDEX account_key_sole ON account_key (kind, digest) WHERE sole = 1;
CREATE INDEX account_key_account ON account_key (account_id);

CREATE TABLE price_list (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    kind {key}
);
CREATE INDEX price_list_kind ON price_list (kind, id);

CREATE TABLE team (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE document (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, digest {key}, expires_on BIGINT
);
CREATE INDEX document_account ON document (account_id, id);
CREATE INDEX document_digest ON document (digest, id);
CREATE INDEX document_expiry ON document (expires_on, id);

CREATE TABLE scorecard (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE contract_template (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE contract (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, state {key}, due_ms BIGINT
);
CREATE INDEX contract_account ON contract (account_id, id);
CREATE INDEX contract_state ON contract (state, id);
CREATE INDEX contract_due ON contract (due_ms, id);

CREATE TABLE task (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, assignee {key}, state {key}, cause {key}
);
CREATE INDEX task_account ON task (account_id, id);
CREATE INDEX task_assignee ON task (assignee, state, id);
CREATE INDEX task_state ON task (state, id);
CREATE INDEX task_cause ON task (cause);

CREATE TABLE vehicle (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    vin {key}
);
CREATE UNIQUE INDEX vehicle_vin ON vehicle (vin);

CREATE TABLE vehicle_account (
    account_id {key} NOT NULL, vehicle_id {key} NOT NULL, PRIMARY KEY (account_id, vehicle_id)
) {compact};
CREATE INDEX vehicle_account_vehicle ON vehicle_account (vehicle_id);

CREATE TABLE change (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    state {key}, submitted_by {key}, operation {key}, target {key}, due_ms BIGINT
);
CREATE INDEX change_state ON change (state, id);
CREATE INDEX change_submitted_by ON change (submitted_by, id);
CREATE INDEX change_target ON change (target, id);
CREATE INDEX change_due ON change (state, due_ms, id);

CREATE TABLE policy (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE delegation (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    from_user {key}, to_user {key}
);
CREATE INDEX delegation_from ON delegation (from_user, id);
CREATE INDEX delegation_to ON delegation (to_user, id);

CREATE TABLE notification (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    user_id {key}, state {key}
);
CREATE INDEX notification_user ON notification (user_id, state, id);

CREATE TABLE mail (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, state {key}, due_ms BIGINT
);
CREATE INDEX mail_due ON mail (due_ms, id);
CREATE INDEX mail_state ON mail (state, id);
CREATE INDEX mail_account ON mail (account_id, state, id);

CREATE TABLE webhook (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE delivery (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    webhook_id {key}, state {key}, due_ms BIGINT
);
CREATE INDEX delivery_due ON delivery (due_ms, id);
CREATE INDEX delivery_state ON delivery (state, id);
CREATE INDEX delivery_webhook ON delivery (webhook_id, state, id);

CREATE TABLE saved_view (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    owner {key}, scope {key}
);
CREATE INDEX saved_view_owner ON saved_view (owner, id);
CREATE INDEX saved_view_scope ON saved_view (scope, id);

CREATE TABLE duplicate (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    state {key}, weight BIGINT
);
CREATE INDEX duplicate_state ON duplicate (state, id);

CREATE TABLE onboarding (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, state {key}
);
CREATE INDEX onboarding_account ON onboarding (account_id, id);
CREATE INDEX onboarding_state ON onboarding (state, id);

CREATE TABLE heard (source {key} PRIMARY KEY, at_ms BIGINT NOT NULL);

CREATE TABLE reconciliation (id {key} PRIMARY KEY, entity {key} NOT NULL, body TEXT NOT NULL) {compact};

CREATE TABLE bulk_job (
    id {key} PRIMARY KEY, user_id {key} NOT NULL, node {key} NOT NULL, state {key} NOT NULL, at_ms BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX bulk_job_user ON bulk_job (user_id, at_ms);

CREATE TABLE risk (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE alert (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, state {key}, kind {key}
);
CREATE INDEX alert_state ON alert (state, id);
CREATE INDEX alert_account ON alert (account_id, state, id);

CREATE TABLE screening_list (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE screening_hit (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    state {key}, account_id {key}, score BIGINT
);
CREATE INDEX screening_hit_state ON screening_hit (state, id);
CREATE INDEX screening_hit_account ON screening_hit (account_id, id);

CREATE TABLE account_owners (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE quarantine (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    state {key}, code {key}, subject_key {key}
);
CREATE INDEX quarantine_state ON quarantine (state, id);
CREATE INDEX quarantine_subject ON quarantine (subject_key, state, id);

CREATE TABLE import (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    state {key}, change_id {key}
);
CREATE INDEX import_state ON import (state, id);

CREATE TABLE import_batch (
    import_id {key} NOT NULL, row_from BIGINT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (import_id, row_from)
) {compact};

CREATE TABLE mapping (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL
);

CREATE TABLE import_feed (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    name {key}
);
CREATE INDEX import_feed_name ON import_feed (name, id);

CREATE TABLE sales_order (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, order_no {key}, sender_key {key}, number_key {key}, sha256 {key}, state {key}, unfinished {key}
);
CREATE INDEX sales_order_revisions ON sales_order (number_key, id);
CREATE INDEX sales_order_account ON sales_order (account_id, state, id);
CREATE INDEX sales_order_state ON sales_order (state, id);
CREATE INDEX sales_order_unfinished ON sales_order (unfinished, id);
CREATE UNIQUE INDEX sales_order_number ON sales_order (order_no) WHERE order_no IS NOT NULL;
CREATE UNIQUE INDEX sales_order_sender ON sales_order (sender_key) WHERE sender_key IS NOT NULL;
CREATE UNIQUE INDEX sales_order_sha256 ON sales_order (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE reservation (
    id {key} PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL, sealed {blob} NOT NULL,
    account_id {key}, client_id {key}, request_key {key}, state {key}, expires_ms BIGINT
);
CREATE INDEX reservation_account ON reservation (account_id, state, id);
CREATE UNIQUE INDEX reservation_client ON reservation (client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX reservation_request ON reservation (request_key) WHERE request_key IS NOT NULL;
CREATE INDEX reservation_due ON reservation (state, expires_ms, id);

-- One row an account: whoever changes its reservations holds it. What the last acceptance reserved never exceeds the room
-- that there was.
CREATE TABLE credit_line (
    account_id {key} PRIMARY KEY, version BIGINT NOT NULL, reserved BIGINT NOT NULL, room BIGINT NOT NULL,
    CHECK (reserved <= room)
);

CREATE TABLE idempotency (
    scope {key} NOT NULL, key {key} NOT NULL, fingerprint {blob} NOT NULL, status BIGINT NOT NULL,
    subject {key} NOT NULL, reply {blob} NOT NULL, at_ms BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
) {compact};
CREATE INDEX idempotency_at ON idempotency (at_ms);

CREATE TABLE session (
    hash {blob} NOT NULL PRIMARY KEY, user_id {key} NOT NULL,
    created_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL
);
CREATE INDEX session_of_user ON session (user_id);

CREATE TABLE lease (
    name {key} PRIMARY KEY, owner {key} NOT NULL, until_ms BIGINT NOT NULL, fence BIGINT NOT NULL
);

CREATE TABLE log_cursor (name {key} PRIMARY KEY, position BIGINT NOT NULL);

CREATE TABLE fx_rate (
    base {key} NOT NULL, quote {key} NOT NULL, day {key} NOT NULL, rate TEXT NOT NULL, source TEXT NOT NULL,
    PRIMARY KEY (base, quote, day)
) {compact};

CREATE TABLE touchpoint (
    position {position},
    account_row BIGINT NOT NULL,
    dedupe BIGINT NOT NULL,
    digest BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    flags BIGINT NOT NULL,
    source {key} NOT NULL,
    id {key} NOT NULL,
    type {key} NOT NULL,
    target {key},
    clear TEXT NOT NULL,
    sealed {blob},
    checksum BIGINT NOT NULL
);
CREATE INDEX touchpoint_target ON touchpoint (position) WHERE target IS NOT NULL;
