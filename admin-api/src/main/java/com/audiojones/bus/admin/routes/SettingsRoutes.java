package com.audiojones.bus.admin.routes;

import com.audiojones.bus.admin.problem.RefusedException;
import com.audiojones.bus.admin.problem.RefusedException.Reason;
import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.live.InvalidSettingException;
import com.audiojones.bus.live.LiveSetting;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.live.LiveSettingsCodec;
import com.audiojones.bus.live.LiveSettingsPublisher;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET settings}; {@code GET}, {@code PUT} and {@code DELETE settings/{key}}. */
public final class SettingsRoutes {

    private final Supplier<LiveSettings> live;
    private final LiveSettingsPublisher publisher;

    /**
     * Works on the settings.
     *
     * @param live what is in force
     * @param publisher puts others in force
     */
    public SettingsRoutes(Supplier<LiveSettings> live, LiveSettingsPublisher publisher) {
        this.live = live;
        this.publisher = publisher;
    }

    /**
     * Registers the routes.
     *
     * @param routes where to
     * @param base the path before them
     */
    public void register(RoutesConfig routes, String base) {
        routes.get(base + "/settings", this::all);
        routes.get(base + "/settings/{key}", this::one);
        routes.put(base + "/settings/{key}", this::set);
        routes.delete(base + "/settings/{key}", this::reset);
    }

    private void all(Context ctx) throws IOException {
        Query.of(ctx);
        LiveSettings settings = live.get();
        Map<String, Object> view = new TreeMap<>();
        for (LiveSetting setting : LiveSetting.values()) {
            view.put(setting.key(), LiveSettingsCodec.view(settings, setting));
        }
        Json.send(ctx, 200, view);
    }

    private void one(Context ctx) throws IOException {
        Query.of(ctx);
        Json.send(ctx, 200, LiveSettingsCodec.view(live.get(), setting(ctx)));
    }

    private void set(Context ctx) throws InvalidSettingException, InterruptedException, IOException {
        Query.of(ctx);
        publish(ctx, setting(ctx), JsonBody.read(ctx).bytes());
    }

    private void reset(Context ctx) throws InvalidSettingException, InterruptedException, IOException {
        Query.of(ctx);
        publish(ctx, setting(ctx), null);
    }

    private void publish(Context ctx, LiveSetting setting, byte @Nullable [] json)
            throws InvalidSettingException, InterruptedException, IOException {
        publisher.publish(setting, json);
        Json.send(
                ctx,
                200,
                LiveSettingsCodec.view(LiveSettingsCodec.with(LiveSettings.DEFAULTS, setting, json), setting));
    }

    private static LiveSetting setting(Context ctx) {
        String key = ctx.pathParam("key");
        return LiveSetting.of(key)
                .orElseThrow(() -> new RefusedException(
                        Reason.UNKNOWN,
                        "setting: expected one of " + LiveSetting.keys() + ", got " + Query.quoted(key)));
    }
}
