package com.audiojones.bus.store.sqlite;

import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.TargetChanges;
import com.audiojones.bus.store.TargetStore;
import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetVault;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets' part of the file: a JSON document each, and the change log that the schema's triggers keep. */
final class SqliteTargetStore implements TargetStore {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteTargetStore.class);

    private static final Comparator<Target> OLDEST_FIRST =
            Comparator.comparing(Target::createdAt).thenComparing(Target::id);

    private static final String HAS_PROBLEM =
            "CASE WHEN json_valid(document) THEN json_type(document, '$.problem') IS NOT NULL END";
    private static final String ALL = "SELECT target_id, document, " + HAS_PROBLEM + " FROM status_webhook_targets";
    private static final String COUNT = "SELECT count(*) FROM status_webhook_targets";
    private static final String BY_ID =
            "SELECT target_id, document, " + HAS_PROBLEM + " FROM status_webhook_targets WHERE target_id = ?";
    private static final String VERSION = """
            SELECT CASE WHEN json_valid(document) THEN document ->> '$.version' END
            FROM status_webhook_targets WHERE target_id = ?""";
    private static final String SAVE = """
            INSERT INTO status_webhook_targets (target_id, document) VALUES (?, ?)
            ON CONFLICT (target_id) DO UPDATE SET document = excluded.document""";
    private static final String DELETE = "DELETE FROM status_webhook_targets WHERE target_id = ?";
    private static final String CHANGES =
            "SELECT position, target_id FROM target_changes WHERE position > ? ORDER BY position";

    private static final String REPORT =
            "UPDATE status_webhook_targets SET document = json_set(document, '$.problem', ?1)"
                    + " WHERE target_id = ?2 AND json_valid(document) AND json_type(document) = 'object'"
                    + " AND document ->> '$.problem' IS NOT ?1";

    private static final String MENDED =
            "UPDATE status_webhook_targets SET document = json_remove(document, '$.problem')"
                    + " WHERE target_id = ? AND json_type(document, '$.problem') IS NOT NULL";

    private final WriteConnection writes;
    private final ReadConnections reads;
    private final TargetVault vault;

    /** What was reported of each target, so that it is reported once. */
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    SqliteTargetStore(WriteConnection writes, ReadConnections reads, TargetVault vault) {
        this.vault = vault;
        this.writes = writes;
        this.reads = reads;
    }

    @Override
    public List<Target> all() {
        return reads.read("list targets", session -> {
            try (ResultSet rows = session.query(ALL)) {
                List<Target> targets = new ArrayList<>();
                while (rows.next()) {
                    target(rows).ifPresent(targets::add);
                }
                targets.sort(OLDEST_FIRST);
                return List.copyOf(targets);
            }
        });
    }

    @Override
    public long count() {
        return reads.read("count targets", session -> {
            try (ResultSet row = session.query(COUNT)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public Optional<Target> byId(String id) {
        return reads.read("read a target", session -> {
            try (ResultSet rows = session.query(BY_ID, id)) {
                return rows.next() ? target(rows) : Optional.<Target>empty();
            }
        });
    }

    @Override
    public Target save(Target target) {
        return writes.transaction("save a target", session -> {
            Target saved = target.changed(storedVersion(session, target.id()) + 1, target.updatedAt());
            put(session, saved);
            return saved;
        });
    }

    @Override
    public boolean restore(Target target) {
        return writes.transaction("restore a target", session -> {
            boolean newer = storedVersion(session, target.id()) < target.version();
            if (newer) {
                put(session, target);
            }
            return newer;
        });
    }

    private void put(Session session, Target target) throws SQLException {
        session.update(SAVE, target.id(), new String(vault.toJson(target), StandardCharsets.UTF_8));
    }

    @Override
    public boolean delete(String id) {
        return writes.transaction("delete a target", session -> session.update(DELETE, id) > 0);
    }

    @Override
    public TargetChanges changesSince(long position) {
        return reads.read("read the targets' changes", session -> {
            try (ResultSet rows = session.query(CHANGES, position)) {
                Set<String> ids = new HashSet<>();
                long reached = position;
                while (rows.next()) {
                    reached = rows.getLong(1);
                    ids.add(rows.getString(2));
                }
                return new TargetChanges(ids, reached);
            }
        });
    }

    /** 0 where there is no target of that id, or its document has no version. */
    private static long storedVersion(Session session, String id) throws SQLException {
        try (ResultSet rows = session.query(VERSION, id)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private Optional<Target> target(ResultSet row) throws SQLException {
        String id = row.getString(1);
        String document = row.getString(2);
        try {
            Target target = vault.fromJson(id, document.getBytes(StandardCharsets.UTF_8));
            if (row.getInt(3) != 0) {
                report(id, null);
            }
            return Optional.of(target);
        } catch (InvalidTargetException e) {
            report(id, e.reason());
            return Optional.empty();
        }
    }

    /** Says in the document itself what is wrong with it, each thing once; null: nothing is any more. */
    private void report(String id, @Nullable String problem) {
        if (problem == null) {
            problems.remove(id);
        } else if (problem.equals(problems.put(id, problem))) {
            return;
        } else {
            LOG.warn("target {} is left out, its document cannot be used: {}", id, problem);
        }
        try {
            writes.transaction(
                    "report a problem",
                    session -> problem == null ? session.update(MENDED, id) : session.update(REPORT, problem, id));
        } catch (StoreUnavailableException e) {
            LOG.warn("target {}: its problem could not be written into its document: {}", id, e.getMessage());
        }
    }
}
