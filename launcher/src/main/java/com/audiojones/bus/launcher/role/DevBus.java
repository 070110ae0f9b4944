package com.audiojones.bus.launcher.role;

import com.audiojones.bus.admin.AdminService;
import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.launcher.role.DataDirectory.Endpoints;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.topic.TopicAdmin;
import com.audiojones.bus.topic.TopicSizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The whole bus in one process: the sum of the roles, on an embedded broker and SQLite, all in one directory. */
public final class DevBus implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Launcher launcher;
    private final Endpoints endpoints;
    private final Secret adminKey;

    private DevBus(Launcher launcher, Endpoints endpoints, Secret adminKey) {
        this.launcher = launcher;
        this.endpoints = endpoints;
        this.adminKey = adminKey;
    }

    /**
     * What can be chosen.
     *
     * @param data where everything is kept
     * @param kafkaPort 0: any free one
     * @param httpPort 0: any free one
     * @param opsPort 0: any free one
     * @param fresh whether what earlier runs left is forgotten
     */
    public record Options(Path data, int kafkaPort, int httpPort, int opsPort, boolean fresh) {}

    /**
     * Starts everything; {@link #awaitReady()} tells when it is ready.
     *
     * @throws com.audiojones.bus.config.ConfigException if a port or the directory is in use, or a setting is wrong
     */
    public static DevBus start(Options options) throws InterruptedException {
        Launcher launcher = new Launcher(options.opsPort());
        try {
            return start(options, launcher);
        } catch (RuntimeException | InterruptedException e) {
            launcher.close();
            throw e;
        }
    }

    private static DevBus start(Options options, Launcher launcher) throws InterruptedException {
        DataDirectory data = launcher.closing(DataDirectory.open(options.data(), options.fresh()));
        Secret adminKey = adminKey(data);
        BusSettings settings = settings(options, data, adminKey);
        TargetVault vault = settings.secrets().orInClear();
        CompletableFuture<EventStore> opening =
                CompletableFuture.supplyAsync(() -> settings.store().open(vault));
        EmbeddedBroker broker = launcher.closing(EmbeddedBroker.start(data.kafka(), options.kafkaPort()));
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
        new TopicAdmin(kafka, TopicSizes.EMBEDDED).ensure();
        DeadMembers.remove(kafka);
        EventStore store = launcher.closing(join(opening));
        Roles roles = new Roles(launcher, kafka, TopicSizes.EMBEDDED, vault);
        roles.startSink(settings, store);
        roles.startDispatcher(settings);
        roles.startRouter(settings);
        AdminService admin = roles.startAdmin(settings, store);
        Endpoints endpoints = new Endpoints(broker.bootstrapServers(), "http://127.0.0.1:" + admin.port());
        data.writeEndpoints(endpoints);
        return new DevBus(launcher, endpoints, adminKey);
    }

    /** Loopback receivers are what one machine has; variables may still set everything else. */
    private static BusSettings settings(Options options, DataDirectory data, Secret adminKey) {
        Map<String, String> chosen = new HashMap<>();
        chosen.put("admin.port", Integer.toString(options.httpPort()));
        chosen.put("admin.key", adminKey.reveal());
        chosen.put("status.directory", data.status().toString());
        chosen.put("store.sqlite-file", data.store().toString());
        chosen.put("webhook.allowed-addresses", "127.0.0.0/8,::1/128");
        chosen.put("webhook.http-to-loopback", "true");
        chosen.put("webhook.allow-simulate", "true");
        return BusSettings.read(Settings.open(null, System.getenv(), chosen));
    }

    /** The environment's key, else the one that the data directory keeps. */
    private static Secret adminKey(DataDirectory data) {
        String given = System.getenv("ADMIN_KEY");
        return given == null || given.isEmpty() ? data.adminKey() : new Secret(given);
    }

    private static EventStore join(CompletableFuture<EventStore> opening) {
        try {
            return opening.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Blocks until everything is ready; false if the process was told to stop meanwhile. */
    public boolean awaitReady() throws InterruptedException {
        return launcher.awaitReady(START_TIMEOUT);
    }

    /** Blocks until the process is told to stop. */
    public void awaitStop() throws InterruptedException {
        launcher.awaitStop();
    }

    /** Where it listens. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** The loopback port of health and metrics. */
    public int opsPort() {
        return launcher.opsPort();
    }

    /** Opens the admin API. */
    public Secret adminKey() {
        return adminKey;
    }

    @Override
    public void close() {
        launcher.close();
    }
}
