package com.audiojones.bus.router;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.live.LiveSettingsReader;
import java.time.Clock;

/** What the loops have in common. */
record RouterParts(
        RouterSettings settings, KafkaSettings kafka, LiveSettingsReader live, RouterMeters meters, Clock clock) {}
