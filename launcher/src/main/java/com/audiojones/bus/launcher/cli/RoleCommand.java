package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.broker.EmbeddedBroker;
import com.audiojones.bus.launcher.role.BusSettings;
import com.audiojones.bus.launcher.role.Launcher;
import com.audiojones.bus.launcher.role.Roles;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.target.TargetVault;
import com.audiojones.bus.topic.TopicAdmin;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A role in a process of its own. What {@code dev} does in one process, these do in five. */
abstract class RoleCommand implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    @Mixin
    private ConfigFile config = new ConfigFile();

    /** Starts the role's services. */
    abstract void start(Launcher launcher, BusSettings settings) throws InterruptedException;

    @Override
    public Integer call() throws InterruptedException {
        BusSettings settings = BusSettings.read(config.open());
        try (Launcher launcher = new Launcher(settings.opsPort())) {
            start(launcher, settings);
            if (launcher.awaitReady(START_TIMEOUT)) {
                System.out.println("ready, health on http://127.0.0.1:" + launcher.opsPort() + "/readyz");
                System.out.flush();
                launcher.awaitStop();
            }
        }
        return 0;
    }

    private static Roles roles(Launcher launcher, BusSettings settings, TargetVault vault) throws InterruptedException {
        new TopicAdmin(settings.kafka(), settings.topics()).ensure();
        return new Roles(launcher, settings.kafka(), settings.topics(), vault);
    }

    private static EventStore store(Launcher launcher, BusSettings settings, TargetVault vault) {
        return launcher.closing(settings.store().open(vault));
    }

    @Command(
            name = "broker",
            mixinStandardHelpOptions = true,
            description = "Runs the embedded Kafka broker alone, on loopback.")
    static final class Broker extends RoleCommand {
        @Override
        void start(Launcher launcher, BusSettings settings) {
            EmbeddedBroker broker = launcher.closing(EmbeddedBroker.start(
                    settings.broker().directory(), settings.broker().port()));
            System.out.println("Kafka on " + broker.bootstrapServers());
        }
    }

    @Command(
            name = "router",
            mixinStandardHelpOptions = true,
            description = "Routes ingest topics to the priority lanes.")
    static final class Router extends RoleCommand {
        @Override
        void start(Launcher launcher, BusSettings settings) throws InterruptedException {
            roles(launcher, settings, TargetVault.CLEAR).startRouter(settings);
        }
    }

    @Command(
            name = "dispatcher",
            mixinStandardHelpOptions = true,
            description = "Delivers lane records to webhook targets.")
    static final class Dispatcher extends RoleCommand {
        @Override
        void start(Launcher launcher, BusSettings settings) throws InterruptedException {
            TargetVault vault = settings.secrets().required();
            roles(launcher, settings, vault).startDispatcher(settings);
        }
    }

    @Command(
            name = "sink",
            mixinStandardHelpOptions = true,
            description = "Mirrors the bus into the event store and feeds its targets to the dispatchers.")
    static final class Sink extends RoleCommand {
        @Override
        void start(Launcher launcher, BusSettings settings) throws InterruptedException {
            TargetVault vault = settings.secrets().required();
            roles(launcher, settings, vault).startSink(settings, store(launcher, settings, vault));
        }
    }

    @Command(name = "admin", mixinStandardHelpOptions = true, description = "Serves the admin API.")
    static final class Admin extends RoleCommand {
        @Override
        void start(Launcher launcher, BusSettings settings) throws InterruptedException {
            settings.admin().requiredKey();
            TargetVault vault = settings.secrets().required();
            int port = roles(launcher, settings, vault)
                    .startAdmin(settings, store(launcher, settings, vault))
                    .port();
            System.out.println("admin API on http://127.0.0.1:" + port);
        }
    }
}
