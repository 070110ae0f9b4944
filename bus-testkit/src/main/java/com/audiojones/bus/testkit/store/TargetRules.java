package com.audiojones.bus.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.store.TargetChanges;
import com.audiojones.bus.target.InvalidTargetException;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.target.TargetCodec;
import com.audiojones.bus.target.TargetOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets are kept with versions, and every change is in the change log. */
interface TargetRules extends StoreRules {

    @Test
    default void aTargetComesBackAsItWasSaved() {
        Target saved = store().targets().save(target("t1", 0));

        assertThat(saved).isEqualTo(target("t1", 0).changed(1, target("t1", 0).updatedAt()));
        assertThat(store().targets().byId("t1")).contains(saved);
        assertThat(store().targets().all()).containsExactly(saved);
    }

    @Test
    default void everyOptionComesBackAsItWasSaved() throws InvalidTargetException {
        Target target = TargetCodec.fromJson("t1", """
                {"url": "https://example.com/hook", "created_at": "2025-11-11T10:00:00.000Z", "paused": true,
                 "previous_secrets": [
                   {"secret": "the-newer-of-the-secrets-before", "valid_until": "2025-11-13T10:00:00.123Z"},
                   {"secret": "the-oldest-of-the-secrets-before", "valid_until": "2025-11-12T10:00:00.000Z"}],
                 "signing_key": "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
                 "filter": {"payload.amount": {"$gte": 100, "$lt": 1e3}, "metadata.source": "ü",
                            "$or": [{"payload.z": 0.1}, {"payload.a.0": {"$in": [null, true, "x"]}}]},
                 "headers": {"X-Team": "ops", "Authorization": "Bearer ~ \\"abc\\""}, "timeout": "1500ms",
                 "rate_per_second": 0.5, "max_in_flight": 8, "retry": "extended",
                 "simulate": {"status": 503, "delay": "250ms", "rate": 0.25}}""".getBytes(StandardCharsets.UTF_8));

        Target saved = store().targets().save(target);

        assertThat(saved.options()).isEqualTo(target.options()).isNotEqualTo(TargetOptions.NONE);
        assertThat(store().targets().byId("t1")).contains(saved);
        assertThat(store().targets().all()).containsExactly(saved);
    }

    @Test
    default void aHiddenTargetIsKeptWithTheOthers() {
        Target hidden = store().targets().save(target("t1", 0, SampleEvent.TIME.plusSeconds(60)));

        assertThat(store().targets().all()).containsExactly(hidden);
        assertThat(store().targets().byId("t1")).get().matches(Target::isHidden);
    }

    @Test
    default void theVersionIsOneMoreThanTheStoredOneWhateverTheCallerSays() {
        store().targets().save(target("t1", 0));

        Target second = store().targets().save(target("t1", 0).changed(900, SampleEvent.TIME.plusSeconds(9)));

        assertThat(second.version()).isEqualTo(2);
        assertThat(second.updatedAt()).isEqualTo(SampleEvent.TIME.plusSeconds(9));
        assertThat(store().targets().all()).containsExactly(second);
    }

    @Test
    default void targetsAreListedByTheirTimeOfCreation() {
        store().targets().save(target("b", 2));
        store().targets().save(target("c", 1));
        store().targets().save(target("a", 3));
        store().targets().save(target("c", 1));

        assertThat(store().targets().all()).extracting(Target::id).containsExactly("c", "b", "a");
    }

    @Test
    default void aDeletedTargetIsGone() {
        store().targets().save(target("t1", 0));

        assertThat(store().targets().delete("t1")).isTrue();
        assertThat(store().targets().delete("t1")).isFalse();
        assertThat(store().targets().byId("t1")).isEmpty();
        assertThat(store().targets().all()).isEmpty();
    }

    @Test
    default void theChangeLogNamesWhatChangedSinceAPositionOnce() {
        assertThat(store().targets().changesSince(0)).isEqualTo(new TargetChanges(Set.of(), 0));
        store().targets().save(target("t1", 0));
        store().targets().save(target("t2", 0));
        TargetChanges first = changes(0, "t1", "t2");

        store().targets().save(target("t2", 0));
        store().targets().delete("t1");
        store().targets().delete("t3");

        TargetChanges second = changes(first.position(), "t1", "t2");
        assertThat(second.position()).isGreaterThan(first.position());
        assertThat(store().targets().changesSince(second.position()))
                .isEqualTo(new TargetChanges(Set.of(), second.position()));
        assertThat(store().targets().changesSince(0).ids()).containsExactlyInAnyOrder("t1", "t2");
    }

    @Test
    default void aDocumentWithOnlyTheFieldsOfOtherSystemsIsATarget() {
        putTargetDocument("t1", """
                {"url": "https://example.com/hook", "secret": "0123456789abcdef0123456789abcdef", "active": true,
                 "events": ["status_change"], "owner": "ops", "created_at": "2025-11-11T10:00:00.000Z"}""");

        assertThat(store().targets().all()).singleElement().satisfies(target -> {
            assertThat(target.id()).isEqualTo("t1");
            assertThat(target.events()).containsExactly(NamePattern.of("status_change"));
        });
        changes(0, "t1");
        assertThat(store().targets().save(store().targets().all().getFirst()).version())
                .isBetween(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "no JSON",
                "[]",
                "{\"url\": 7}",
                "{\"url\": \"https://example.com/hook\", \"secret\": \"short\"}",
                "{\"url\": \"https://example.com/hook\", \"version\": \"second\"}"
            })
    default void aDocumentThatIsNoTargetIsLeftOutAndCanBeReplaced(String document) {
        putTargetDocument("bad", document);
        Target good = store().targets().save(target("good", 0));

        assertThat(store().targets().all()).containsExactly(good);
        assertThat(store().targets().byId("bad")).isEmpty();

        Target replaced = store().targets().save(target("bad", 1));
        assertThat(store().targets().all()).containsExactly(good, replaced);
        assertThat(store().targets().delete("bad")).isTrue();
    }

    @Test
    default void threadsThatSaveOneTargetGetAVersionEach() throws ExecutionException, InterruptedException {
        List<Future<Target>> saves = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 20; i++) {
                saves.add(threads.submit(() -> store().targets().save(target("t1", 0))));
            }
        }

        List<Long> versions = new ArrayList<>();
        for (Future<Target> save : saves) {
            versions.add(save.get().version());
        }
        assertThat(versions).doesNotHaveDuplicates().contains(1L, 20L);
    }

    /** What changed since a position once it is these; a store may learn of a change a little later. */
    private TargetChanges changes(long position, String... ids) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                        store().targets().changesSince(position).ids())
                .containsExactlyInAnyOrder(ids));
        return store().targets().changesSince(position);
    }

    static Target target(String id, int createdSecond) {
        return target(id, createdSecond, null);
    }

    static Target target(String id, int createdSecond, @Nullable Instant expiresAt) {
        Instant created = SampleEvent.TIME.plusSeconds(createdSecond);
        return new Target(
                id,
                "https://example.com/" + id + "?q=ü",
                new Secret("0123456789abcdef0123456789abcdef"),
                true,
                List.of(NamePattern.of("audit.user.*"), NamePattern.of("status_*")),
                "Überwachung 🚀",
                created,
                created.plusMillis(123),
                0,
                true,
                expiresAt,
                TargetOptions.NONE);
    }
}
