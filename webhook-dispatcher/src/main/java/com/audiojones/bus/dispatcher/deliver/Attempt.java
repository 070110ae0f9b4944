package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.http.HttpSender;
import com.audiojones.bus.dispatcher.http.Timing;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.signature.WebhookId;
import com.audiojones.bus.signature.WebhookSigner;
import com.audiojones.bus.target.AddressPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes one signed request for one event and one target. Safe for use by many threads. */
final class Attempt {

    private final HttpSender sender;
    private final AddressPolicy addresses;
    private final Duration deadline;
    private final Clock clock;

    Attempt(HttpSender sender, AddressPolicy addresses, Duration deadline, Clock clock) {
        this.sender = sender;
        this.addresses = addresses;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** Starts the request; the future never completes exceptionally. */
    CompletableFuture<DeliveryResult> start(LaneEvent event, TargetRoute route) {
        Optional<String> refusal = addresses.refusal(route.uri(), route.target().allowHttp());
        if (refusal.isPresent()) {
            return notStarted(HttpError.BLOCKED_ADDRESS, refusal.get());
        }
        WebhookSigner signer = route.signer();
        if (signer == null) {
            return notStarted(HttpError.NO_SECRET, "the target has no secret and AJ_WEBHOOK_SHARED_SECRET is not set");
        }
        return sender.post(route.uri(), event.body(), headers(event, route, signer), deadline)
                .thenApply(ResponseRules::result);
    }

    private Map<String, String> headers(LaneEvent event, TargetRoute route, WebhookSigner signer) {
        String webhookId =
                WebhookId.of(event.headers().eventId().value(), route.target().id());
        Map<String, String> headers =
                signer.headers(webhookId, event.headers().eventType(), event.body(), clock.instant());
        String replayId = event.headers().replayId();
        if (replayId != null) {
            headers.put("X-AJ-Replay", replayId);
        }
        return headers;
    }

    private static CompletableFuture<DeliveryResult> notStarted(HttpError error, String message) {
        return CompletableFuture.completedFuture(
                ResponseRules.result(new HttpOutcome.Unanswered(error, message, Timing.NONE)));
    }
}
