package com.audiojones.bus.launcher.role;

import com.audiojones.bus.admin.AdminSettings;
import com.audiojones.bus.config.Settings;
import com.audiojones.bus.dispatcher.DispatcherSettings;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.launcher.secrets.TargetSecrets;
import com.audiojones.bus.router.RouterSettings;
import com.audiojones.bus.router.status.StatusSettings;
import com.audiojones.bus.sink.SinkSettings;
import com.audiojones.bus.topic.TopicSizes;
import java.nio.file.Path;

/**
 * Every setting of every role. One file serves all roles, so each role reads all of it: a misspelt key is noticed
 * wherever it stands.
 *
 * @param kafka how the cluster is reached
 * @param topics how large missing topics are made
 * @param broker the broker role
 * @param router the router role
 * @param status the part of the router role that counts
 * @param dispatcher the dispatcher role
 * @param sink the sink role
 * @param admin the admin role
 * @param store which event store sink and admin use
 * @param secrets how the targets' secrets are kept
 * @param opsPort the loopback port of {@code /healthz, /readyz, /metrics}; 0: any free one
 */
public record BusSettings(
        KafkaSettings kafka,
        TopicSizes topics,
        BrokerSettings broker,
        RouterSettings router,
        StatusSettings status,
        DispatcherSettings dispatcher,
        SinkSettings sink,
        AdminSettings admin,
        StoreSettings store,
        TargetSecrets secrets,
        int opsPort) {

    private static final int MAX_PORT = 65_535;

    /**
     * The broker role.
     *
     * @param directory where the embedded broker keeps its data
     * @param port its loopback port; 0: any free one
     */
    public record BrokerSettings(Path directory, int port) {}

    /** Reads everything and reports every problem at once. */
    public static BusSettings read(Settings in) {
        BusSettings settings = new BusSettings(
                KafkaSettings.read(in),
                TopicSizes.read(in),
                new BrokerSettings(
                        Path.of(in.text("broker.directory", ".ajbus/kafka")),
                        in.integer("broker.port", 9092, 0, MAX_PORT)),
                RouterSettings.read(in),
                StatusSettings.read(in),
                DispatcherSettings.read(in),
                SinkSettings.read(in),
                AdminSettings.read(in),
                StoreSettings.read(in),
                TargetSecrets.read(in),
                in.integer("ops.port", 0, 0, MAX_PORT));
        in.check();
        return settings;
    }
}
