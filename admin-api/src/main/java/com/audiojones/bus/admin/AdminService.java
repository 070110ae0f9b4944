package com.audiojones.bus.admin;

import com.audiojones.bus.admin.auth.AccessCheck;
import com.audiojones.bus.admin.auth.HostCheck;
import com.audiojones.bus.admin.auth.SessionCookie;
import com.audiojones.bus.admin.auth.Sessions;
import com.audiojones.bus.admin.auth.SignInThrottle;
import com.audiojones.bus.admin.portal.PortalFiles;
import com.audiojones.bus.admin.replay.LaneWriter;
import com.audiojones.bus.admin.replay.Recoveries;
import com.audiojones.bus.admin.replay.Replays;
import com.audiojones.bus.admin.replay.Sending;
import com.audiojones.bus.admin.routes.EventRoutes;
import com.audiojones.bus.admin.routes.FailureRoutes;
import com.audiojones.bus.admin.routes.ReplayRoute;
import com.audiojones.bus.admin.routes.SessionRoutes;
import com.audiojones.bus.admin.routes.SettingsRoutes;
import com.audiojones.bus.admin.routes.StatsRoute;
import com.audiojones.bus.admin.routes.TargetRoutes;
import com.audiojones.bus.admin.routes.TargetStateRoute;
import com.audiojones.bus.admin.target.TargetRules;
import com.audiojones.bus.admin.target.Targets;
import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.service.BusService;
import com.audiojones.bus.store.EventStore;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The admin API over HTTP, and its dashboard. It has no state of its own: what it changes is durable in the store and in Kafka before it
 * answers, so any number of them may run.
 */
public final class AdminService implements BusService {

    private static final String BASE = "/api/admin/event-bus";
    private static final String DASHBOARD = "/portal/admin/events";

    private final AdminSettings settings;
    private final EventStore store;
    private final AdminTopics topics;
    private final Supplier<Producer<byte[], byte[]>> laneProducer;
    private final MeterRegistry meters;
    private final Clock clock;

    /** Written by {@link #start} and {@link #close} only, read by any thread. */
    private volatile @Nullable Running running;

    private record Running(AdminServer server, Recoveries recoveries, LaneWriter lanes) {}

    /**
     * Prepares the service; nothing is opened before {@link #start}.
     *
     * @param settings the API's settings
     * @param kafka how the cluster is reached
     * @param store has the events and the targets; stays open
     * @param topics what it changes for other processes
     * @param meters where requests are counted
     * @param clock tells the time of replays and new targets
     */
    public AdminService(
            AdminSettings settings,
            KafkaSettings kafka,
            EventStore store,
            AdminTopics topics,
            MeterRegistry meters,
            Clock clock) {
        this(settings, store, topics, () -> new KafkaProducer<>(LaneWriter.config(kafka)), meters, clock);
    }

    AdminService(
            AdminSettings settings,
            EventStore store,
            AdminTopics topics,
            Supplier<Producer<byte[], byte[]>> laneProducer,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.topics = topics;
        this.laneProducer = laneProducer;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "admin";
    }

    /**
     * Listens and serves.
     *
     * @throws ConfigException if there is no admin key, or the address cannot be listened on
     */
    @Override
    public void start() {
        Secret key = settings.requiredKey();
        LaneWriter lanes = new LaneWriter(laneProducer.get());
        Targets targets = new Targets(store.targets(), topics.targets(), rules(), clock);
        Sending sending = new Sending(lanes, topics.live(), clock);
        Recoveries recoveries = new Recoveries(store, targets, sending);
        ReplayRoute replays = new ReplayRoute(store, new Replays(store, targets, sending), recoveries);
        AdminServer server = new AdminServer(
                settings.host(), settings.port(), meters, routes -> register(routes, key, targets, replays));
        try {
            server.start();
        } catch (ConfigException e) {
            recoveries.close();
            lanes.close();
            throw e;
        }
        running = new Running(server, recoveries, lanes);
    }

    /**
     * {@return the port that is listened on}
     *
     * @throws IllegalStateException if the service does not run
     */
    public int port() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("admin: expected to be started, got no server");
        }
        return now.server().port();
    }

    @Override
    public List<String> notReady() {
        return running == null ? List.of("admin: expected to serve, got not started or closed") : List.of();
    }

    @Override
    public void close() {
        Running ending = running;
        running = null;
        if (ending != null) {
            ending.server().stop();
            ending.recoveries().close();
            ending.lanes().close();
        }
    }

    private TargetRules rules() {
        return new TargetRules(
                settings.addresses(), settings.sharedSecret(), settings.secretOverlap(), settings.allowSimulate());
    }

    private void register(RoutesConfig routes, Secret key, Targets targets, ReplayRoute replays) {
        registerDashboard(routes, key);
        new StatsRoute(store, topics.strays(), clock).register(routes, BASE);
        new EventRoutes(store).register(routes, BASE);
        new FailureRoutes(store).register(routes, BASE);
        replays.register(routes, BASE);
        new TargetRoutes(targets).register(routes, BASE);
        new TargetStateRoute(topics.states()).register(routes, BASE);
        new SettingsRoutes(topics.live(), topics.settings()).register(routes, BASE);
    }

    private void registerDashboard(RoutesConfig routes, Secret key) {
        SessionCookie cookie = new SessionCookie(new Sessions(key, clock));
        List<String> names = new ArrayList<>(settings.dashboardHosts());
        names.add(settings.host());
        routes.before(new AccessCheck(key, cookie, new HostCheck(names), DASHBOARD));
        new SessionRoutes(key, cookie, new SignInThrottle(clock)).register(routes, DASHBOARD);
        new PortalFiles().register(routes, DASHBOARD);
    }
}
