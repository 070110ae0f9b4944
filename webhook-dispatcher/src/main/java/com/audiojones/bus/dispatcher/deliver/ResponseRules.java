package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What answers mean. Any 2xx is delivered; a redirect is a failure, since it is never followed; 410 and the header
 * {@code webhook-delivery: disable} end the target, {@code abort-message} ends the event; 429 and 503 may ask for a
 * break by Retry-After (RFC 9110, seconds or a date), of at most 24 hours. Pure.
 */
final class ResponseRules {

    private static final Duration LONGEST_BREAK = Duration.ofHours(24);
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private ResponseRules() {}

    static DeliveryResult result(HttpOutcome outcome, Instant now) {
        return switch (outcome) {
            case HttpOutcome.Answered answer
            when answer.status() / 100 == 2 ->
                new DeliveryResult.Delivered(
                        answer.status(), answer.excerpt(), answer.timing(), asksFor("disable", answer));
            case HttpOutcome.Answered answer -> refused(answer, now);
            case HttpOutcome.Unanswered none ->
                new DeliveryResult.Failed(
                        null,
                        "",
                        none.timing(),
                        none.error().label(),
                        none.message(),
                        none.error() == HttpError.BLOCKED_ADDRESS
                                ? DeliveryResult.Then.BLOCKED
                                : DeliveryResult.Then.RETRY,
                        Duration.ZERO);
        };
    }

    private static DeliveryResult refused(HttpOutcome.Answered answer, Instant now) {
        int status = answer.status();
        return new DeliveryResult.Failed(
                status,
                answer.excerpt(),
                answer.timing(),
                status / 100 == 3 ? "redirect" : "http_" + status,
                "expected a 2xx answer, got " + status,
                then(answer),
                mayAskForABreak(status) ? retryAfter(answer.retryAfter(), now) : Duration.ZERO);
    }

    /** Whether an answer says that the receiver has too much to do. */
    static boolean mayAskForABreak(int status) {
        return status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
    }

    private static DeliveryResult.Then then(HttpOutcome.Answered answer) {
        if (answer.status() == GONE || asksFor("disable", answer)) {
            return DeliveryResult.Then.DISABLE;
        }
        return asksFor("abort-message", answer) ? DeliveryResult.Then.ABORT : DeliveryResult.Then.RETRY;
    }

    private static boolean asksFor(String directive, HttpOutcome.Answered answer) {
        String given = answer.deliveryDirective();
        return given != null && given.strip().equalsIgnoreCase(directive);
    }

    /** The break asked for; zero where the header is missing, in the past or unreadable. */
    static Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return Duration.ZERO;
        }
        String text = header.strip();
        Duration asked = text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : untilDate(text, now);
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_BREAK) < 0 ? asked : LONGEST_BREAK;
    }

    private static Duration untilDate(String text, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now, date);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
