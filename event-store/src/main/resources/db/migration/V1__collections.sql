-- The spec's collections. Times are milliseconds since 1970. An id part that may be missing is '' instead of null, so
-- that the unique constraints hold.

CREATE TABLE events (
    id               INTEGER PRIMARY KEY,
    event_id         TEXT NOT NULL UNIQUE,
    event_type       TEXT,
    name             TEXT,
    topic            TEXT,
    priority         TEXT,
    created_at       INTEGER, -- null: known by its deliveries only so far, and hidden
    occurred_at      INTEGER,
    expires_at       INTEGER,
    sample_rate      REAL,
    traceparent      TEXT,
    only_target      TEXT,
    dispatched_to    INTEGER, -- null: not matched yet
    delivery_success INTEGER NOT NULL DEFAULT 0,
    delivery_failed  INTEGER NOT NULL DEFAULT 0,
    body             TEXT
);

-- Covers the list with its filter: bodies are read only for the events of a page.
CREATE INDEX events_newest ON events (created_at, event_id, name, event_type)
    WHERE created_at IS NOT NULL;

-- Covers the count of pairs without an end yet, of which an event not matched yet counts as one.
CREATE INDEX events_in_flight ON events (created_at, dispatched_to, delivery_success, delivery_failed)
    WHERE coalesce(dispatched_to, 1) > delivery_success + delivery_failed;

-- The collection as the spec has it, for people who look. A view, as columns generated from the body would be parsed for
-- each trigger, and a body that is no JSON would fail the write instead of the look.
CREATE VIEW aj_event_bus AS
SELECT event_id, event_type, body -> '$.payload' AS payload, body -> '$.metadata' AS metadata,
    body ->> '$.metadata.source' AS source, strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch') AS created_at,
    coalesce(dispatched_to, 0) AS dispatched_to, delivery_success, delivery_failed
FROM events WHERE created_at IS NOT NULL;

CREATE TABLE status_webhook_deliveries (
    id               INTEGER PRIMARY KEY,
    event_id         TEXT NOT NULL,
    target_id        TEXT NOT NULL,
    replay_id        TEXT NOT NULL,
    outcome          TEXT NOT NULL,
    request_no       INTEGER NOT NULL,
    attempt          INTEGER NOT NULL,
    matched          INTEGER NOT NULL,
    url              TEXT,
    status           INTEGER,
    timestamp        INTEGER NOT NULL,
    response_time_ms INTEGER,
    error            TEXT,
    error_message    TEXT,
    next_attempt_at  INTEGER,
    response_excerpt TEXT,
    UNIQUE (event_id, target_id, replay_id, outcome, request_no)
);

-- How each pair of event and target ended, replays left out.
CREATE TABLE delivery_outcomes (
    id          INTEGER PRIMARY KEY,
    event_id    TEXT NOT NULL,
    target_id   TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    ended_at    INTEGER NOT NULL,
    ingested_at INTEGER NOT NULL,
    UNIQUE (event_id, target_id)
);

CREATE TABLE dead_letters (
    id          INTEGER PRIMARY KEY,
    event_id    TEXT NOT NULL,
    target_id   TEXT NOT NULL,
    replay_id   TEXT NOT NULL,
    timestamp   INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    last_error  TEXT NOT NULL,
    last_status INTEGER,
    url         TEXT NOT NULL,
    event_type  TEXT NOT NULL,
    event       TEXT NOT NULL,
    UNIQUE (event_id, target_id, replay_id)
);

CREATE TABLE quarantine (
    id           INTEGER PRIMARY KEY,
    topic        TEXT NOT NULL,
    "partition"  INTEGER NOT NULL,
    "offset"     INTEGER NOT NULL,
    timestamp    INTEGER NOT NULL,
    stage        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    appended_at  INTEGER NOT NULL,
    value_bytes  INTEGER NOT NULL,
    value_sha256 TEXT NOT NULL,
    key_base64   TEXT,
    value_base64 TEXT NOT NULL,
    UNIQUE (topic, "partition", "offset")
);

-- The generated columns take no space; they are there for people who look.
CREATE TABLE status_webhook_targets (
    id          INTEGER PRIMARY KEY,
    target_id   TEXT NOT NULL UNIQUE,
    document    TEXT NOT NULL,
    url         TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(document) THEN document ->> '$.url' END) VIRTUAL,
    active      TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(document) THEN document -> '$.active' END) VIRTUAL,
    events      TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(document) THEN document -> '$.events' END) VIRTUAL,
    description TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(document) THEN document ->> '$.description' END) VIRTUAL,
    created_at  TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(document) THEN document ->> '$.created_at' END) VIRTUAL
);

-- The change log, at most one row per target. Kept by triggers, so that a change by any process or by hand is in it.
CREATE TABLE target_changes (
    position  INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id TEXT NOT NULL UNIQUE
);

CREATE TRIGGER target_inserted AFTER INSERT ON status_webhook_targets BEGIN
    DELETE FROM target_changes WHERE target_id = NEW.target_id;
    INSERT INTO target_changes (target_id) VALUES (NEW.target_id);
END;

CREATE TRIGGER target_updated AFTER UPDATE ON status_webhook_targets BEGIN
    DELETE FROM target_changes WHERE target_id IN (OLD.target_id, NEW.target_id);
    INSERT INTO target_changes (target_id) VALUES (OLD.target_id);
    INSERT INTO target_changes (target_id) SELECT NEW.target_id WHERE NEW.target_id <> OLD.target_id;
END;

CREATE TRIGGER target_deleted AFTER DELETE ON status_webhook_targets BEGIN
    DELETE FROM target_changes WHERE target_id = OLD.target_id;
    INSERT INTO target_changes (target_id) VALUES (OLD.target_id);
END;

-- The counts below are kept by triggers: each is what counting the rows would give, at every moment, for whoever writes.

CREATE TRIGGER event_counters_inserted AFTER INSERT ON delivery_outcomes BEGIN
    UPDATE events SET
        delivery_success = delivery_success + (NEW.outcome = 'delivered'),
        delivery_failed = delivery_failed + (NEW.outcome <> 'delivered')
    WHERE event_id = NEW.event_id;
END;

CREATE TRIGGER event_counters_updated AFTER UPDATE OF outcome ON delivery_outcomes
    WHEN (NEW.outcome = 'delivered') <> (OLD.outcome = 'delivered') BEGIN
    UPDATE events SET
        delivery_success = delivery_success + (NEW.outcome = 'delivered') - (OLD.outcome = 'delivered'),
        delivery_failed = delivery_failed + (NEW.outcome <> 'delivered') - (OLD.outcome <> 'delivered')
    WHERE event_id = NEW.event_id;
END;

-- Counts by minute and by hour of what happened in it. A window is read from whole hours and the minutes before them.
CREATE TABLE counts (
    span     INTEGER NOT NULL, -- milliseconds
    start    INTEGER NOT NULL,
    what     TEXT NOT NULL,    -- 'event', an outcome, 'attempt-failed' or 'quarantined'
    part     TEXT NOT NULL,    -- of events the topic, of quarantined records the stage, else ''
    number   INTEGER NOT NULL,
    total    REAL NOT NULL,    -- of events those that sampling left out for them, of deliveries their milliseconds
    PRIMARY KEY (span, start, what, part)
) WITHOUT ROWID;

CREATE VIEW counted AS SELECT 0 AS at, '' AS what, '' AS part, 0 AS number, 0.0 AS total WHERE false;

CREATE TRIGGER counted INSTEAD OF INSERT ON counted BEGIN
    INSERT INTO counts (span, start, what, part, number, total)
    SELECT column1, NEW.at / column1 * column1, NEW.what, NEW.part, NEW.number, NEW.total
    FROM (VALUES (60000), (3600000)) WHERE true
    ON CONFLICT DO UPDATE SET number = number + excluded.number, total = total + excluded.total;
END;

CREATE TRIGGER event_counted AFTER INSERT ON events WHEN NEW.created_at IS NOT NULL BEGIN
    INSERT INTO counted VALUES (NEW.created_at, 'event', NEW.topic, 1, 1 / NEW.sample_rate - 1);
END;

CREATE TRIGGER event_recounted AFTER UPDATE OF created_at ON events BEGIN
    INSERT INTO counted SELECT OLD.created_at, 'event', OLD.topic, -1, 1 - 1 / OLD.sample_rate
        WHERE OLD.created_at IS NOT NULL;
    INSERT INTO counted VALUES (NEW.created_at, 'event', NEW.topic, 1, 1 / NEW.sample_rate - 1);
END;

CREATE TRIGGER outcome_counted AFTER INSERT ON delivery_outcomes BEGIN
    INSERT INTO counted VALUES (NEW.ended_at, NEW.outcome, '', 1, NEW.ended_at - NEW.ingested_at);
END;

CREATE TRIGGER outcome_recounted AFTER UPDATE ON delivery_outcomes BEGIN
    INSERT INTO counted VALUES (OLD.ended_at, OLD.outcome, '', -1, OLD.ingested_at - OLD.ended_at);
    INSERT INTO counted VALUES (NEW.ended_at, NEW.outcome, '', 1, NEW.ended_at - NEW.ingested_at);
END;

CREATE TRIGGER failure_counted AFTER INSERT ON status_webhook_deliveries
    WHEN NEW.outcome = 'attempt-failed' AND NEW.replay_id = '' BEGIN
    INSERT INTO counted VALUES (NEW.timestamp, 'attempt-failed', '', 1, 0);
END;

CREATE TRIGGER failure_recounted AFTER UPDATE OF timestamp ON status_webhook_deliveries
    WHEN NEW.outcome = 'attempt-failed' AND NEW.replay_id = '' BEGIN
    INSERT INTO counted VALUES (OLD.timestamp, 'attempt-failed', '', -1, 0);
    INSERT INTO counted VALUES (NEW.timestamp, 'attempt-failed', '', 1, 0);
END;

CREATE TRIGGER quarantine_counted AFTER INSERT ON quarantine BEGIN
    INSERT INTO counted VALUES (NEW.timestamp, 'quarantined', NEW.stage, 1, 0);
END;

CREATE TRIGGER quarantine_recounted AFTER UPDATE ON quarantine BEGIN
    INSERT INTO counted VALUES (OLD.timestamp, 'quarantined', OLD.stage, -1, 0);
    INSERT INTO counted VALUES (NEW.timestamp, 'quarantined', NEW.stage, 1, 0);
END;

PRAGMA user_version = 1;
