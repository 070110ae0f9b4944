package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.launcher.role.DevBus;
import java.io.PrintStream;
import java.nio.file.Path;

/** What {@code dev} tells when it is ready: where everything is, and three commands to copy. */
final class Welcome {

    private static final String SAMPLE_SECRET = "a-demo-secret-of-at-least-32-characters";

    private Welcome() {}

    static void print(PrintStream out, DevBus bus, Path data) {
        String option = data.equals(Path.of(".ajbus")) ? "" : " --bus " + data;
        out.printf(
                """

                Kafka      %s
                Dashboard  %s/portal/admin/events
                Admin API  %s/api/admin/event-bus/stats
                Health     http://127.0.0.1:%d/readyz  /metrics
                Admin key  %s

                Try it, each in another terminal:
                  ./ajbus receive --port 9000 --secret %s
                  ./ajbus targets add http://127.0.0.1:9000/hook --secret %s%s
                  ./ajbus publish status_change --data '{"from":"operational","to":"degraded"}'%s

                Ctrl-C stops; the next start goes on where this one ended.
                """,
                bus.endpoints().kafka(),
                bus.endpoints().http(),
                bus.endpoints().http(),
                bus.opsPort(),
                System.getenv("ADMIN_KEY") == null ? bus.adminKey().reveal() : "from ADMIN_KEY",
                SAMPLE_SECRET,
                SAMPLE_SECRET,
                option,
                option);
        out.flush();
    }
}
