package com.audiojones.bus.launcher.role;

import com.audiojones.bus.admin.AdminService;
import com.audiojones.bus.admin.AdminTopics;
import com.audiojones.bus.admin.target.TargetStates;
import com.audiojones.bus.dispatcher.DispatcherService;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import com.audiojones.bus.live.LiveSettingsTopic;
import com.audiojones.bus.router.RouterService;
import com.audiojones.bus.router.status.StatusService;
import com.audiojones.bus.sink.Retention;
import com.audiojones.bus.sink.SinkService;
import com.audiojones.bus.sink.TargetFeed;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.topic.StrayTopics;
import com.audiojones.bus.topic.TopicSizes;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Starts the services of each role in a launcher. What runs together in {@code dev} is started by the same methods. */
public final class Roles {

    private final Launcher launcher;
    private final KafkaSettings kafka;
    private final TopicSizes topics;
    private final Clock clock = Clock.systemUTC();
    private final TargetVault vault;
    private @Nullable LiveSettingsReader live;

    /**
     * Starts services on a launcher.
     *
     * @param launcher where they run
     * @param kafka the cluster they talk to
     * @param topics topics that they make are as safe as these
     * @param vault how the targets' secrets are kept
     */
    public Roles(Launcher launcher, KafkaSettings kafka, TopicSizes topics, TargetVault vault) {
        this.vault = vault;
        this.launcher = launcher;
        this.kafka = kafka;
        this.topics = topics;
    }

    /** Routes, and counts what becomes of the events. */
    public void startRouter(BusSettings settings) {
        launcher.start(new RouterService(settings.router(), kafka, live(), launcher.metrics(), clock));
        launcher.start(
                new StatusService(settings.status(), kafka, topics.replicationFactor(), launcher.metrics(), clock));
    }

    /** Delivers; the page {@code /targets} says how each target fares. */
    public void startDispatcher(BusSettings settings) {
        DispatcherService dispatcher =
                new DispatcherService(settings.dispatcher(), kafka, live(), launcher.metrics(), clock, vault);
        launcher.page("/targets", dispatcher::targetReport);
        launcher.start(dispatcher);
    }

    /** Mirrors into the store, and feeds its targets to the dispatchers. */
    public void startSink(BusSettings settings, EventStore store) {
        launcher.start(new TargetFeed(settings.sink(), kafka, store.targets(), clock, vault));
        launcher.start(new SinkService(settings.sink(), kafka, store, launcher.metrics()));
        launcher.start(new Retention(settings.sink(), store, clock));
    }

    /** Serves the admin API. */
    public AdminService startAdmin(BusSettings settings, EventStore store) {
        TargetTopic targets = launcher.closing(new TargetTopic(kafka, "ajbus-admin-targets", vault));
        LiveSettingsTopic changes = launcher.closing(new LiveSettingsTopic(kafka, "ajbus-admin-settings"));
        TargetStates states = new TargetStates(kafka);
        launcher.start(states);
        AdminTopics shared = new AdminTopics(targets, changes, live(), new StrayTopics(kafka), states);
        AdminService admin = new AdminService(settings.admin(), kafka, store, shared, launcher.metrics(), clock);
        launcher.start(admin);
        return admin;
    }

    /** One reader for all roles of a process. */
    private LiveSettingsReader live() {
        LiveSettingsReader reader = live;
        if (reader == null) {
            reader = new LiveSettingsReader(kafka);
            live = reader;
            launcher.start(reader);
        }
        return reader;
    }
}
