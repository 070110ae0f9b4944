package com.audiojones.bus.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.testkit.ScriptedReceiver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dispatcher for some of the lanes leaves the others to the dispatchers that have them. */
@Timeout(120)
class LanesIT {

    @TempDir
    private Path directory;

    @Test
    void eachDispatcherDeliversItsOwnLanes() throws Exception {
        try (ScriptedReceiver receiver = ScriptedReceiver.start();
                DispatcherUnderTest bus = DispatcherUnderTest.start(directory, Map.of("dispatcher.lanes", "high"))) {
            bus.target("any", receiver.url("/any"));
            bus.publish("standard", Priority.P1);
            bus.publish("high", Priority.P0);
            bus.firstOf("high", DeliveryKind.DELIVERED);
            assertThat(receiver.requests()).hasSize(1);

            try (DispatcherService rest = bus.another(Map.of("dispatcher.lanes", "standard,low"))) {
                bus.firstOf("standard", DeliveryKind.DELIVERED);
                assertThat(rest.notReady()).isEmpty();
            }
        }
    }
}
