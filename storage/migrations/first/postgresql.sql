CREATE TABLE alerts (
	id SERIAL NOT NULL,
	kind VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	onset TIMESTAMP WITH TIME ZONE NOT NULL,
	recovered TIMESTAMP WITH TIME ZONE,
	detail TEXT NOT NULL,
	CONSTRAINT pk_alerts PRIMARY KEY (id),
	CONSTRAINT uq_alerts_kind_subject_onset UNIQUE (kind, subject, onset),
	CONSTRAINT ck_alerts_kind_known CHECK (kind IN ('stall', 'outbox_age', 'authentication', 'disk', 'send_failed', 'reconciliation', 'clock', 'secret'))
)

CREATE UNIQUE INDEX uq_alerts_open ON alerts (kind, subject) WHERE recovered IS NULL

CREATE TABLE archive_objects (
	kind VARCHAR NOT NULL,
	key VARCHAR NOT NULL,
	digest VARCHAR(64) NOT NULL,
	pack VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL,
	length BIGINT NOT NULL,
	CONSTRAINT pk_archive_objects PRIMARY KEY (kind, key)
)

CREATE INDEX ix_archive_objects_pack ON archive_objects (pack, "offset")

CREATE TABLE campaigns (
	number VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	title TEXT NOT NULL,
	digest VARCHAR(64) NOT NULL,
	data TEXT NOT NULL,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_campaigns PRIMARY KEY (number)
)

CREATE TABLE dropped_files (
	mailbox VARCHAR NOT NULL,
	path VARCHAR NOT NULL,
	size BIGINT NOT NULL,
	mtime_ns BIGINT NOT NULL,
	fault TEXT,
	CONSTRAINT pk_dropped_files PRIMARY KEY (mailbox, path)
)

CREATE TABLE ended_sessions (
	key VARCHAR NOT NULL,
	until TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_ended_sessions PRIMARY KEY (key)
)

CREATE INDEX ix_ended_sessions_until ON ended_sessions (until)

CREATE TABLE folders (
	mailbox VARCHAR NOT NULL,
	folder VARCHAR NOT NULL,
	uidvalidity BIGINT,
	next_uid BIGINT NOT NULL,
	on_server INTEGER,
	before_since INTEGER NOT NULL,
	first_pass_done BOOLEAN NOT NULL,
	last_success TIMESTAMP WITH TIME ZONE,
	healthy BOOLEAN NOT NULL,
	fault TEXT,
	CONSTRAINT pk_folders PRIMARY KEY (mailbox, folder)
)

CREATE TABLE leases (
	name VARCHAR NOT NULL,
	holder VARCHAR,
	until TIMESTAMP WITH TIME ZONE,
	fence INTEGER NOT NULL,
	CONSTRAINT pk_leases PRIMARY KEY (name)
)

CREATE TABLE login_attempts (
	id SERIAL NOT NULL,
	subject VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_login_attempts PRIMARY KEY (id)
)

CREATE INDEX ix_login_attempts_at ON login_attempts (at)

CREATE INDEX ix_login_attempts_subject_at ON login_attempts (subject, at)

CREATE TABLE marked_works (
	campaign VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	title_digest VARCHAR(64) NOT NULL,
	title TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	by VARCHAR NOT NULL,
	CONSTRAINT pk_marked_works PRIMARY KEY (campaign, unit, title_digest)
)

CREATE TABLE messages (
	id SERIAL NOT NULL,
	receipt VARCHAR(10) NOT NULL,
	raw_sha256 VARCHAR(64) NOT NULL,
	same_bytes VARCHAR(64) NOT NULL,
	raw_bytes BIGINT NOT NULL,
	header_sha256 VARCHAR(64) NOT NULL,
	received TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded TIMESTAMP WITH TIME ZONE NOT NULL,
	mailbox VARCHAR NOT NULL,
	door VARCHAR NOT NULL,
	header_only BOOLEAN NOT NULL,
	first_pass BOOLEAN NOT NULL,
	asked BOOLEAN NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR,
	kind VARCHAR,
	trust VARCHAR,
	mode VARCHAR,
	certainty VARCHAR,
	units TEXT NOT NULL,
	evidence TEXT NOT NULL,
	candidates TEXT NOT NULL,
	findings TEXT NOT NULL,
	message_id TEXT,
	author VARCHAR,
	subject TEXT,
	date TIMESTAMP WITH TIME ZONE,
	content_digest VARCHAR(64),
	reading_key VARCHAR,
	row_count INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	next_attempt TIMESTAMP WITH TIME ZONE,
	lease_holder VARCHAR,
	lease_until TIMESTAMP WITH TIME ZONE,
	fence INTEGER NOT NULL,
	turn INTEGER,
	effect VARCHAR,
	CONSTRAINT pk_messages PRIMARY KEY (id),
	CONSTRAINT uq_messages_same_bytes UNIQUE (same_bytes),
	CONSTRAINT ck_messages_state_known CHECK (state IN ('fetched', 'processed', 'ignored', 'held', 'quarantined')),
	CONSTRAINT ck_messages_reason_known CHECK (reason IN ('automatic', 'bounce', 'own', 'duplicate', 'before_start', 'not_for_us', 'rejected', 'nothing_to_register', 'nothing_changed', 'nothing_readable', 'request', 'unit_unknown', 'unit_ambiguous', 'unit_mismatch', 'sender_failed', 'sender_unknown', 'replacement_unconfirmed', 'kind_unclear', 'mode_unclear', 'campaign_unclear', 'correction_unclear', 'secret', 'program_missing', 'reader_died', 'internal_fault')),
	CONSTRAINT ck_messages_trust_known CHECK (trust IN ('proven', 'unproven', 'failed', 'unknown'))
)

CREATE INDEX ix_messages_author ON messages (author)

CREATE INDEX ix_messages_header_size ON messages (header_sha256, raw_bytes)

CREATE INDEX ix_messages_identity ON messages (message_id, content_digest)

CREATE INDEX ix_messages_raw_sha256 ON messages (raw_sha256)

CREATE INDEX ix_messages_receipt ON messages (receipt)

CREATE INDEX ix_messages_state_received ON messages (state, received, id)

CREATE UNIQUE INDEX uq_messages_effect ON messages (message_id, content_digest) WHERE state IN ('processed', 'held')

CREATE TABLE meta (
	name VARCHAR NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY (name)
)

CREATE TABLE units (
	code VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	category VARCHAR NOT NULL,
	aliases TEXT NOT NULL,
	salutation TEXT,
	contact TEXT,
	phone TEXT,
	leader TEXT,
	leader_address TEXT,
	note TEXT,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_units PRIMARY KEY (code)
)

CREATE TABLE campaign_categories (
	campaign VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	quota INTEGER NOT NULL,
	CONSTRAINT pk_campaign_categories PRIMARY KEY (campaign, code),
	CONSTRAINT fk_campaign_categories_campaign FOREIGN KEY(campaign) REFERENCES campaigns (number)
)

CREATE TABLE campaign_phases (
	campaign VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	opens DATE NOT NULL,
	deadline DATE NOT NULL,
	day_counts BOOLEAN NOT NULL,
	CONSTRAINT pk_campaign_phases PRIMARY KEY (campaign, name),
	CONSTRAINT fk_campaign_phases_campaign FOREIGN KEY(campaign) REFERENCES campaigns (number)
)

CREATE TABLE campaign_quotas (
	campaign VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	quota INTEGER NOT NULL,
	CONSTRAINT pk_campaign_quotas PRIMARY KEY (campaign, unit),
	CONSTRAINT fk_campaign_quotas_campaign FOREIGN KEY(campaign) REFERENCES campaigns (number)
)

CREATE TABLE confirmations (
	message INTEGER NOT NULL,
	answer INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_confirmations PRIMARY KEY (message),
	CONSTRAINT fk_confirmations_message FOREIGN KEY(message) REFERENCES messages (id),
	CONSTRAINT fk_confirmations_answer FOREIGN KEY(answer) REFERENCES messages (id)
)

CREATE TABLE contests (
	unit VARCHAR NOT NULL,
	campaign VARCHAR NOT NULL,
	phase VARCHAR NOT NULL,
	message INTEGER NOT NULL,
	CONSTRAINT pk_contests PRIMARY KEY (unit, campaign, phase, message),
	CONSTRAINT fk_contests_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE INDEX ix_contests_message ON contests (message)

CREATE TABLE events (
	id SERIAL NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	message INTEGER,
	unit VARCHAR,
	outbox INTEGER,
	what VARCHAR NOT NULL,
	"from" VARCHAR,
	"to" VARCHAR,
	reason TEXT,
	by VARCHAR NOT NULL,
	CONSTRAINT pk_events PRIMARY KEY (id),
	CONSTRAINT fk_events_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE INDEX ix_events_message ON events (message)

CREATE INDEX ix_events_outbox ON events (outbox)

CREATE INDEX ix_events_unit ON events (unit)

CREATE TABLE message_units (
	message INTEGER NOT NULL,
	unit VARCHAR NOT NULL,
	CONSTRAINT pk_message_units PRIMARY KEY (message, unit),
	CONSTRAINT fk_message_units_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE INDEX ix_message_units_unit ON message_units (unit)

CREATE TABLE outbox (
	id SERIAL NOT NULL,
	kind VARCHAR NOT NULL,
	purpose VARCHAR,
	key VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR,
	recipients TEXT NOT NULL,
	address VARCHAR NOT NULL,
	door VARCHAR NOT NULL,
	reports_version BOOLEAN NOT NULL,
	message INTEGER,
	units TEXT NOT NULL,
	campaign VARCHAR,
	phase VARCHAR,
	step VARCHAR,
	to_leader BOOLEAN NOT NULL,
	released BOOLEAN NOT NULL,
	facts_type VARCHAR NOT NULL,
	facts TEXT NOT NULL,
	mail_id VARCHAR,
	subject TEXT,
	raw BYTEA,
	created TIMESTAMP WITH TIME ZONE NOT NULL,
	next_attempt TIMESTAMP WITH TIME ZONE,
	attempts INTEGER NOT NULL,
	unknowns INTEGER NOT NULL,
	unknown_since TIMESTAMP WITH TIME ZONE,
	attempted_at TIMESTAMP WITH TIME ZONE,
	sent_at TIMESTAMP WITH TIME ZONE,
	last_reply TEXT,
	lease_holder VARCHAR,
	lease_until TIMESTAMP WITH TIME ZONE,
	fence INTEGER NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (id),
	CONSTRAINT uq_outbox_kind_key UNIQUE (kind, key),
	CONSTRAINT ck_outbox_kind_known CHECK (kind IN ('acknowledgement', 'reminder', 'digest', 'alert')),
	CONSTRAINT ck_outbox_state_known CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'cancelled')),
	CONSTRAINT ck_outbox_purpose_known CHECK (purpose IN ('receipt', 'decision', 'confirmation', 'correction')),
	CONSTRAINT fk_outbox_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE INDEX ix_outbox_address ON outbox (address, attempted_at)

CREATE INDEX ix_outbox_door ON outbox (door, attempted_at)

CREATE INDEX ix_outbox_kind ON outbox (kind, attempted_at)

CREATE INDEX ix_outbox_kind_state ON outbox (kind, state)

CREATE INDEX ix_outbox_mail_id ON outbox (mail_id)

CREATE INDEX ix_outbox_message ON outbox (message)

CREATE INDEX ix_outbox_state_next ON outbox (state, next_attempt, id)

CREATE TABLE positions (
	id SERIAL NOT NULL,
	message INTEGER NOT NULL,
	mailbox VARCHAR NOT NULL,
	folder VARCHAR,
	uidvalidity BIGINT,
	uid BIGINT,
	path TEXT,
	junk BOOLEAN NOT NULL,
	CONSTRAINT pk_positions PRIMARY KEY (id),
	CONSTRAINT uq_positions_mailbox_folder_uidvalidity_uid UNIQUE (mailbox, folder, uidvalidity, uid),
	CONSTRAINT uq_positions_message_mailbox_path UNIQUE (message, mailbox, path),
	CONSTRAINT fk_positions_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE TABLE submissions (
	id SERIAL NOT NULL,
	campaign VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	phase VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	message INTEGER,
	state VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	mode VARCHAR,
	supersedes INTEGER,
	received TIMESTAMP WITH TIME ZONE NOT NULL,
	stored TIMESTAMP WITH TIME ZONE NOT NULL,
	late BOOLEAN NOT NULL,
	confirmation VARCHAR,
	rows_digest VARCHAR(64) NOT NULL,
	row_count INTEGER NOT NULL,
	finding_count INTEGER NOT NULL,
	unconfirmed BOOLEAN NOT NULL,
	findings TEXT NOT NULL,
	CONSTRAINT pk_submissions PRIMARY KEY (id),
	CONSTRAINT uq_submissions_campaign_unit_phase_version UNIQUE (campaign, unit, phase, version),
	CONSTRAINT ck_submissions_version_positive CHECK (version >= 1),
	CONSTRAINT ck_submissions_state_known CHECK (state IN ('accepted', 'partial', 'held', 'refused')),
	CONSTRAINT ck_submissions_kind_known CHECK (kind IN ('mailed', 'recorded', 'amended')),
	CONSTRAINT fk_submissions_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE INDEX ix_submissions_force ON submissions (campaign, unit, phase, received, message, version, state, late, id)

CREATE INDEX ix_submissions_message ON submissions (message)

CREATE INDEX ix_submissions_unit ON submissions (unit)

CREATE TABLE unit_addresses (
	folded VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	health VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	since TIMESTAMP WITH TIME ZONE,
	by VARCHAR,
	CONSTRAINT pk_unit_addresses PRIMARY KEY (folded, unit),
	CONSTRAINT ck_unit_addresses_source_known CHECK (source IN ('file', 'learned', 'provisional')),
	CONSTRAINT ck_unit_addresses_health_known CHECK (health IN ('good', 'bouncing', 'dead')),
	CONSTRAINT fk_unit_addresses_unit FOREIGN KEY(unit) REFERENCES units (code)
)

CREATE INDEX ix_unit_addresses_unit ON unit_addresses (unit)

CREATE TABLE acts (
	event INTEGER NOT NULL,
	verb VARCHAR NOT NULL,
	message INTEGER,
	campaign VARCHAR,
	unit VARCHAR,
	phase VARCHAR,
	submission INTEGER,
	undoes INTEGER,
	why TEXT,
	details TEXT NOT NULL,
	CONSTRAINT pk_acts PRIMARY KEY (event),
	CONSTRAINT ck_acts_verb_known CHECK (verb IN ('assign', 'accept', 'reject', 'record', 'amend', 'excuse', 'undo')),
	CONSTRAINT fk_acts_event FOREIGN KEY(event) REFERENCES events (id),
	CONSTRAINT fk_acts_message FOREIGN KEY(message) REFERENCES messages (id),
	CONSTRAINT fk_acts_submission FOREIGN KEY(submission) REFERENCES submissions (id),
	CONSTRAINT uq_acts_undoes UNIQUE (undoes),
	CONSTRAINT fk_acts_undoes FOREIGN KEY(undoes) REFERENCES acts (event)
)

CREATE INDEX ix_acts_message ON acts (message)

CREATE INDEX ix_acts_submission ON acts (submission)

CREATE INDEX ix_acts_unit ON acts (unit, campaign, phase)

CREATE TABLE bounces (
	outbox INTEGER NOT NULL,
	message INTEGER,
	address VARCHAR NOT NULL,
	verdict VARCHAR NOT NULL,
	status VARCHAR,
	words TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled BOOLEAN NOT NULL,
	CONSTRAINT pk_bounces PRIMARY KEY (outbox),
	CONSTRAINT ck_bounces_verdict_known CHECK (verdict IN ('gone', 'refused')),
	CONSTRAINT fk_bounces_outbox FOREIGN KEY(outbox) REFERENCES outbox (id),
	CONSTRAINT fk_bounces_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE INDEX ix_bounces_address ON bounces (address)

CREATE INDEX ix_bounces_at ON bounces (at)

CREATE INDEX ix_bounces_message ON bounces (message)

CREATE TABLE outbox_units (
	outbox INTEGER NOT NULL,
	unit VARCHAR NOT NULL,
	CONSTRAINT pk_outbox_units PRIMARY KEY (outbox, unit),
	CONSTRAINT fk_outbox_units_outbox FOREIGN KEY(outbox) REFERENCES outbox (id)
)

CREATE INDEX ix_outbox_units_unit ON outbox_units (unit)

CREATE TABLE registrations (
	submission INTEGER NOT NULL,
	position INTEGER NOT NULL,
	number TEXT,
	title TEXT,
	title_key VARCHAR(32),
	method TEXT,
	time TEXT,
	expected_result TEXT,
	unit VARCHAR,
	unit_text TEXT,
	field INTEGER,
	field_certainty FLOAT,
	start DATE,
	"end" DATE,
	certainty FLOAT NOT NULL,
	cells TEXT NOT NULL,
	extra TEXT NOT NULL,
	place TEXT NOT NULL,
	attachment TEXT NOT NULL,
	CONSTRAINT pk_registrations PRIMARY KEY (submission, position),
	CONSTRAINT fk_registrations_submission FOREIGN KEY(submission) REFERENCES submissions (id)
)

CREATE INDEX ix_registrations_title_key ON registrations (title_key)

CREATE TABLE reminders (
	outbox INTEGER NOT NULL,
	campaign VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	phase VARCHAR NOT NULL,
	deadline DATE NOT NULL,
	step VARCHAR NOT NULL,
	audience VARCHAR NOT NULL,
	CONSTRAINT pk_reminders PRIMARY KEY (outbox),
	CONSTRAINT uq_reminders_campaign_unit_phase_deadline_step_audience UNIQUE (campaign, unit, phase, deadline, step, audience),
	CONSTRAINT ck_reminders_audience_known CHECK (audience IN ('unit', 'leader')),
	CONSTRAINT fk_reminders_outbox FOREIGN KEY(outbox) REFERENCES outbox (id)
)

CREATE TABLE results (
	submission INTEGER NOT NULL,
	position INTEGER NOT NULL,
	number TEXT,
	title TEXT,
	result TEXT,
	progress VARCHAR,
	matched INTEGER,
	unit VARCHAR,
	unit_text TEXT,
	certainty FLOAT NOT NULL,
	cells TEXT NOT NULL,
	extra TEXT NOT NULL,
	place TEXT NOT NULL,
	attachment TEXT NOT NULL,
	CONSTRAINT pk_results PRIMARY KEY (submission, position),
	CONSTRAINT fk_results_submission FOREIGN KEY(submission) REFERENCES submissions (id)
)

CREATE TABLE signatures (
	submission INTEGER NOT NULL,
	message INTEGER NOT NULL,
	confirmation VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_signatures PRIMARY KEY (submission, message),
	CONSTRAINT fk_signatures_submission FOREIGN KEY(submission) REFERENCES submissions (id),
	CONSTRAINT fk_signatures_message FOREIGN KEY(message) REFERENCES messages (id)
)

CREATE INDEX ix_signatures_message ON signatures (message)

CREATE TABLE withdrawals (
	submission INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	by VARCHAR NOT NULL,
	CONSTRAINT pk_withdrawals PRIMARY KEY (submission),
	CONSTRAINT fk_withdrawals_submission FOREIGN KEY(submission) REFERENCES submissions (id)
)

CREATE VIEW versions_in_force AS
SELECT k.campaign, k.unit, k.phase, s.id AS submission, s.message, s.version, s.state,
       s.received, s.row_count,
       s.finding_count
           + CASE WHEN EXISTS (
                 SELECT 1 FROM contests z
                 WHERE z.campaign = k.campaign AND z.unit = k.unit
                   AND z.phase = k.phase
             ) THEN 1 ELSE 0 END
           - CASE WHEN s.unconfirmed AND EXISTS (SELECT 1 FROM signatures g WHERE g.submission = s.id) THEN 1 ELSE 0 END
           AS finding_count,
       coalesce((SELECT max(g.confirmation) FROM signatures g WHERE g.submission = s.id), s.confirmation)
           AS confirmation,
       (SELECT count(*)
    FROM submissions t
    WHERE t.campaign = k.campaign AND t.unit = k.unit AND t.phase = k.phase
      AND t.state IN ('accepted', 'partial')
      AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission = t.id)
) AS versions,
       (SELECT t.late
    FROM submissions t
    WHERE t.campaign = k.campaign AND t.unit = k.unit AND t.phase = k.phase
      AND t.state IN ('accepted', 'partial')
      AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission = t.id)
 ORDER BY t.received, coalesce(t.message, 2147483647), t.version DESC LIMIT 1) AS first_late
FROM (SELECT DISTINCT campaign, unit, phase FROM submissions) k
JOIN submissions s ON s.id = (SELECT t.id
    FROM submissions t
    WHERE t.campaign = k.campaign AND t.unit = k.unit AND t.phase = k.phase
      AND t.state IN ('accepted', 'partial')
      AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.submission = t.id)
 ORDER BY t.received DESC, coalesce(t.message, 2147483647) DESC, t.version DESC LIMIT 1)

CREATE VIEW unit_status AS
SELECT f.campaign, f.code, f.name, f.category, f.quota, f.registered, f.state,
       f.versions, f.last_received, f.late, f.confirmation, f.results, f.reminders,
       f.findings, f.address <> 'none' AS address_known, f.address,
       f.results_state, f.results_versions, f.results_late,
       CASE WHEN f.has_results = 0 THEN '{}' ELSE
           '{"results": {"state": "' || f.results_state
           || '", "versions": ' || CAST(f.results_versions AS TEXT)
           || ', "late": ' || CASE WHEN f.results_late THEN 'true' ELSE 'false' END
           || '}}' END AS phases,
       f.category_position, f.position
FROM (
    SELECT j.*,
           CASE
               WHEN j.results_excused = 1
                    AND (j.results_rows IS NULL OR j.results < j.registered)
                   THEN 'excused'
               WHEN j.results_rows IS NULL AND j.registered = 0
                    AND j.state IN ('nil', 'excused') THEN j.state
               WHEN j.results_rows IS NULL THEN 'missing'
               WHEN j.results_rows = 0 THEN 'nil'
               WHEN j.registered = 0 THEN 'over'
               WHEN j.results < j.registered THEN 'partial'
               ELSE 'complete'
           END AS results_state
    FROM (
        SELECT b.*,
               CASE
                   WHEN b.excused = 1 AND b.delivered = 0 THEN 'excused'
                   WHEN b.excused = 1 AND b.registered > 0
                        AND b.registered < b.quota THEN 'excused'
                   WHEN b.delivered = 0 AND b.quota = 0 THEN 'complete'
                   WHEN b.delivered = 0 THEN 'missing'
                   WHEN b.registered = 0 AND b.delivery = 'accepted' THEN 'nil'
                   WHEN b.registered = 0 THEN 'partial'
                   WHEN b.registered < b.quota THEN 'partial'
                   WHEN b.registered > b.quota THEN 'over'
                   ELSE 'complete'
               END AS state
        FROM (
            SELECT c.number AS campaign, u.code, u.name, u.category,
                   coalesce(q.quota, k.quota) AS quota,
                   CASE WHEN v.submission IS NULL THEN 0 ELSE 1 END AS delivered,
                   v.state AS delivery,
                   coalesce(v.row_count, 0) AS registered,
                   coalesce(v.versions, 0) AS versions,
                   v.received AS last_received,
                   coalesce(v.first_late, FALSE) AS late,
                   v.confirmation,
                   coalesce(v.finding_count, 0) AS findings,
                   coalesce(o.results, 0) AS results,
                   r.row_count AS results_rows,
                   coalesce(r.versions, 0) AS results_versions,
                   coalesce(r.first_late, FALSE) AS results_late,
                   coalesce(m.reminders, 0) AS reminders,
                   CASE
                       WHEN a.proven > 0 THEN 'listed'
                       WHEN a.unit IS NOT NULL THEN 'provisional'
                       ELSE 'none'
                   END AS address,
                   CASE WHEN x.unit IS NULL THEN 0 ELSE 1 END AS excused,
                   CASE WHEN y.unit IS NULL THEN 0 ELSE 1 END AS results_excused,
                   CASE WHEN p.name IS NULL THEN 0 ELSE 1 END AS has_results,
                   coalesce(k.position, 100000) AS category_position,
                   u.position
            FROM campaigns c
            CROSS JOIN units u
            LEFT JOIN campaign_categories k
                ON k.campaign = c.number AND k.code = u.category
            LEFT JOIN campaign_quotas q
                ON q.campaign = c.number AND q.unit = u.code
            LEFT JOIN campaign_phases p
                ON p.campaign = c.number AND p.name = 'results'
            LEFT JOIN versions_in_force v
                ON v.campaign = c.number AND v.unit = u.code
                AND v.phase = 'registration'
            LEFT JOIN versions_in_force r
                ON r.campaign = c.number AND r.unit = u.code AND r.phase = 'results'
            LEFT JOIN (
                SELECT submission, count(DISTINCT matched) AS results
                FROM results GROUP BY submission
            ) o ON o.submission = r.submission
            LEFT JOIN (
                SELECT DISTINCT a.campaign, a.unit, a.phase FROM acts a
                WHERE a.verb = 'excuse'
                  AND NOT EXISTS (SELECT 1 FROM acts b WHERE b.undoes = a.event)
) x
                ON x.campaign = c.number AND x.unit = u.code
                AND x.phase = 'registration'
            LEFT JOIN (
                SELECT DISTINCT a.campaign, a.unit, a.phase FROM acts a
                WHERE a.verb = 'excuse'
                  AND NOT EXISTS (SELECT 1 FROM acts b WHERE b.undoes = a.event)
) y
                ON y.campaign = c.number AND y.unit = u.code AND y.phase = 'results'
            LEFT JOIN (
                SELECT unit,
                       sum(CASE WHEN source = 'provisional' THEN 0 ELSE 1 END) AS proven
                FROM unit_addresses GROUP BY unit
            ) a ON a.unit = u.code
            LEFT JOIN (
                SELECT b.campaign, n.unit, count(*) AS reminders
                FROM outbox b JOIN outbox_units n ON n.outbox = b.id
                WHERE b.kind = 'reminder' AND b.state = 'sent' AND NOT b.to_leader
                GROUP BY b.campaign, n.unit
            ) m ON m.campaign = c.number AND m.unit = u.code
            WHERE u.active
              AND (k.code IS NOT NULL OR q.unit IS NOT NULL
                   OR v.submission IS NOT NULL OR r.submission IS NOT NULL)
        ) b
    ) j
) f
