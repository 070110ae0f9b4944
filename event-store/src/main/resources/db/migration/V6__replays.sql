CREATE TABLE bus_replays (
    id           INTEGER PRIMARY KEY,
    replay_id    TEXT NOT NULL UNIQUE,
    event_id     TEXT,
    target_id    TEXT,
    failed_since INTEGER,
    state        TEXT NOT NULL,
    written      INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    problem      TEXT
);

CREATE INDEX bus_replays_newest ON bus_replays (started_at);

PRAGMA user_version = 6;
