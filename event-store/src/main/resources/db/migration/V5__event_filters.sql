-- A list is read from the index of what it is filtered by, each in the list's own order, so that what is rare is found as
-- fast as what is common.
ALTER TABLE events ADD COLUMN source TEXT; -- null: the body has none, or one of more than 256 characters
UPDATE events SET source = body ->> '$.metadata.source'
    WHERE json_valid(body) AND json_type(body, '$.metadata.source') = 'text'
        AND length(body ->> '$.metadata.source') <= 256;

DROP INDEX events_newest;
CREATE INDEX events_newest ON events (created_at, event_id) WHERE created_at IS NOT NULL;
CREATE INDEX events_of_kind ON events (topic, priority, name, event_type, created_at, event_id)
    WHERE created_at IS NOT NULL;
CREATE INDEX events_of_source ON events (source, created_at, event_id) WHERE source IS NOT NULL;
CREATE INDEX events_failed ON events (created_at, event_id) WHERE created_at IS NOT NULL AND delivery_failed > 0;
CREATE INDEX events_in_flight ON events (created_at, event_id)
    WHERE created_at IS NOT NULL AND delivery_failed = 0 AND (dispatched_to IS NULL OR dispatched_to > delivery_success);

CREATE INDEX dead_letters_newest ON dead_letters (target_id, timestamp);

PRAGMA user_version = 5;
