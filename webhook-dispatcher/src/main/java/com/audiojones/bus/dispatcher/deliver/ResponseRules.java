package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;

/** What counts as delivered: any 2xx. A redirect is a failure, since it is never followed. Pure. */
final class ResponseRules {

    private ResponseRules() {}

    static DeliveryResult result(HttpOutcome outcome) {
        long took = outcome.timing().total().toMillis();
        return switch (outcome) {
            case HttpOutcome.Answered answer
            when answer.status() / 100 == 2 -> new DeliveryResult.Delivered(answer.status(), answer.excerpt(), took);
            case HttpOutcome.Answered answer ->
                new DeliveryResult.Failed(
                        answer.status(),
                        answer.excerpt(),
                        took,
                        answer.status() / 100 == 3 ? "redirect" : "http_" + answer.status(),
                        "expected a 2xx answer, got " + answer.status(),
                        DeadLetterReason.MAX_ATTEMPTS);
            case HttpOutcome.Unanswered none ->
                new DeliveryResult.Failed(null, "", took, none.error().label(), none.message(), reason(none.error()));
        };
    }

    private static DeadLetterReason reason(HttpError error) {
        return error == HttpError.BLOCKED_ADDRESS ? DeadLetterReason.BLOCKED_ADDRESS : DeadLetterReason.MAX_ATTEMPTS;
    }
}
