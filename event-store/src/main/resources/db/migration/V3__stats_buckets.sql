-- What is counted comes from bus.stats, exactly and over all processes; what triggers counted here was less than that.
DROP TRIGGER event_counted;
DROP TRIGGER event_recounted;
DROP TRIGGER outcome_counted;
DROP TRIGGER outcome_recounted;
DROP TRIGGER failure_counted;
DROP TRIGGER failure_recounted;
DROP TRIGGER quarantine_counted;
DROP TRIGGER quarantine_recounted;
DROP VIEW counted;
DROP TABLE counts;
DROP INDEX events_in_flight;

-- One row per minute and kind, each the whole count of it so far.
CREATE TABLE stats_buckets (
    minute           INTEGER NOT NULL,
    key              TEXT NOT NULL,
    replay           INTEGER NOT NULL,
    topic            TEXT,             -- null: of a target
    type             TEXT,
    priority         TEXT,
    target           TEXT,             -- null: of a topic
    routed           INTEGER NOT NULL,
    sampled_out      INTEGER NOT NULL,
    expired_unrouted INTEGER NOT NULL,
    invalid          INTEGER NOT NULL,
    matched          INTEGER NOT NULL,
    unmatched        INTEGER NOT NULL,
    dispatched       INTEGER NOT NULL,
    delivered        INTEGER NOT NULL,
    dead_lettered    INTEGER NOT NULL,
    expired          INTEGER NOT NULL,
    removed          INTEGER NOT NULL,
    failed_attempts  INTEGER NOT NULL,
    delivery_millis  INTEGER NOT NULL,
    latency          BLOB,             -- an encoded HdrHistogram; null: nothing was delivered
    PRIMARY KEY (minute, key)
) WITHOUT ROWID;

CREATE INDEX quarantine_by_time ON quarantine (timestamp);

PRAGMA user_version = 3;
