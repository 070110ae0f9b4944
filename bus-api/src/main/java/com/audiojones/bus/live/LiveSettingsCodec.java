package com.audiojones.bus.live;

import com.audiojones.bus.config.DurationText;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings as JSON, the values of {@code bus.settings}:
 *
 * <pre>
 * sampling      {"audit.data.query": 0.1}
 * priorities    {"audit.user.permission_denied": {"priority": "P0", "forced": true}}
 * time-to-live  {"P1": "1h", "P2": "15m", "P3": "5m"}
 * retry-waits   {"P0": ["2s", "4s", "8s", "16s"], "P3": ["5s"]}
 * </pre>
 *
 * A priority that is left out has its default. Stateless.
 */
public final class LiveSettingsCodec {

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LiveSettingsCodec() {}

    /**
     * {@return the settings with one set anew, the others as they were}
     *
     * @param base the settings
     * @param setting which one is set
     * @param json its value, UTF-8; null: its default
     * @throws InvalidSettingException if it cannot be used; names every problem
     */
    public static LiveSettings with(LiveSettings base, LiveSetting setting, byte @Nullable [] json)
            throws InvalidSettingException {
        if (json == null) {
            return with(base, setting, LiveSettings.DEFAULTS);
        }
        SettingFields fields = new SettingFields(setting.key(), tree(setting, json));
        LiveSettings set =
                switch (setting) {
                    case SAMPLING -> base.withSampling(fields.rates());
                    case PRIORITIES -> base.withPriorities(fields.rules());
                    case TIME_TO_LIVE -> base.withTimeToLive(fields.timesToLive());
                    case RETRY_WAITS -> base.withRetryWaits(fields.waits());
                };
        fields.check();
        return set;
    }

    private static LiveSettings with(LiveSettings base, LiveSetting setting, LiveSettings from) {
        return switch (setting) {
            case SAMPLING -> base.withSampling(from.sampling());
            case PRIORITIES -> base.withPriorities(from.priorities());
            case TIME_TO_LIVE -> base.withTimeToLive(from.timeToLive());
            case RETRY_WAITS -> base.withRetryWaits(from.retryWaits());
        };
    }

    /**
     * {@return one setting as plain maps, lists, texts and numbers, in the form it is written in}
     *
     * @param settings has it
     * @param setting which one
     */
    public static Map<String, Object> view(LiveSettings settings, LiveSetting setting) {
        Map<String, Object> view = new TreeMap<>();
        switch (setting) {
            case SAMPLING -> view.putAll(settings.sampling());
            case PRIORITIES ->
                settings.priorities()
                        .forEach((prefix, rule) -> view.put(
                                prefix, Map.of("priority", rule.priority().name(), "forced", rule.forced())));
            case TIME_TO_LIVE ->
                settings.timeToLive().forEach((priority, time) -> view.put(priority.name(), DurationText.of(time)));
            case RETRY_WAITS ->
                settings.retryWaits()
                        .forEach((priority, waits) -> view.put(
                                priority.name(),
                                waits.stream().map(DurationText::of).toList()));
        }
        return view;
    }

    private static JsonNode tree(LiveSetting setting, byte[] json) throws InvalidSettingException {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (!tree.isObject()) {
                throw new InvalidSettingException(
                        List.of(setting.key() + ": expected one JSON object, got another kind of JSON"));
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new InvalidSettingException(
                    List.of(setting.key() + ": expected one JSON object, got: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new InvalidSettingException(List.of(setting.key() + ": expected JSON, got: " + e.getMessage()));
        }
    }
}
