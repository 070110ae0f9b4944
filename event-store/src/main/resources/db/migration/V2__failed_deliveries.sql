-- Covers the search for a target's failed events in the order of their ids: of a letter nothing else is read.
CREATE INDEX dead_letters_of_target ON dead_letters (target_id, event_id, timestamp, replay_id);

PRAGMA user_version = 2;
