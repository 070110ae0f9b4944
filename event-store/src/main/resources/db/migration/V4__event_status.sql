-- An event's counters come from bus.event-status, which counts each pair once, over all dispatchers and whatever was killed.
DROP TRIGGER event_counters_inserted;
DROP TRIGGER event_counters_updated;
DROP TABLE delivery_outcomes;

PRAGMA user_version = 4;
