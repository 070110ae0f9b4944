package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.HttpSender;
import com.audiojones.bus.dispatcher.http.PostHeaders;
import com.audiojones.bus.dispatcher.http.Timing;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.signature.WebhookId;
import com.audiojones.bus.signature.WebhookSigner;
import com.audiojones.bus.target.Simulation;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes one signed request for one event and one target. Safe for use by many threads. */
final class Attempt {

    private final HttpSender sender;
    private final @Nullable Simulator simulator;
    private final Duration deadline;
    private final Clock clock;

    /**
     * Sends with {@code sender}.
     *
     * @param simulator carries out what targets want simulated; null: nothing is simulated here
     * @param deadline for targets without one of their own
     */
    Attempt(HttpSender sender, @Nullable Simulator simulator, Duration deadline, Clock clock) {
        this.sender = sender;
        this.simulator = simulator;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** How long a request to a target may take. */
    Duration deadline(TargetRoute route) {
        Duration own = route.target().options().timeout();
        return own == null ? deadline : own;
    }

    /** Starts the request; the future never completes exceptionally. */
    CompletableFuture<HttpOutcome> start(LaneEvent event, TargetRoute route) {
        try {
            return exchange(event, route);
        } catch (RuntimeException e) {
            return notStarted(HttpError.PROTOCOL_ERROR, "the request could not be made: " + e);
        }
    }

    private CompletableFuture<HttpOutcome> exchange(LaneEvent event, TargetRoute route) {
        if (route.refusal() != null) {
            return notStarted(HttpError.BLOCKED_ADDRESS, route.refusal());
        }
        WebhookSigner signer = route.signer();
        if (signer == null) {
            return notStarted(HttpError.NO_SECRET, "the target has no secret and AJ_WEBHOOK_SHARED_SECRET is not set");
        }
        Simulation simulation = route.target().options().simulate();
        if (simulator != null && simulation != null && simulator.strikes(simulation)) {
            return simulator.exchange(simulation, deadline(route), () -> send(event, route, signer));
        }
        return send(event, route, signer);
    }

    private CompletableFuture<HttpOutcome> send(LaneEvent event, TargetRoute route, WebhookSigner signer) {
        return sender.post(route.uri(), event.body(), headers(event, route, signer), deadline(route));
    }

    private PostHeaders headers(LaneEvent event, TargetRoute route, WebhookSigner signer) {
        return to -> {
            route.target().options().headers().forEach(to);
            String webhookId = WebhookId.of(event.id(), route.target().id());
            signer.sign(webhookId, event.headers().eventType(), event.body(), clock.instant(), to);
            String replayId = event.headers().replayId();
            if (replayId != null) {
                to.accept("X-AJ-Replay", replayId);
            }
        };
    }

    private static CompletableFuture<HttpOutcome> notStarted(HttpError error, String message) {
        return CompletableFuture.completedFuture(new HttpOutcome.Unanswered(error, message, Timing.NONE));
    }
}
