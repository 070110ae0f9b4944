package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.dispatcher.http.PostHeaders;
import com.audiojones.bus.signature.WebhookId;
import com.audiojones.bus.signature.WebhookSigner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the requests of a ceiling carry: both signatures, made per request or before. */
@FunctionalInterface
interface RequestHeaders {

    /** More are the same ones again: a long run's requests are not to be held in memory. */
    int SIGNED_BEFORE = 10_000;

    /** The headers of the request with this number. */
    PostHeaders of(int number);

    /** Signs each request when it is made, as the dispatcher must. */
    static RequestHeaders signing(byte[] body) {
        WebhookSigner signer = signer();
        return number -> to -> signer.sign(id(number), "bench", body, Instant.now(), to);
    }

    /** Signs all there are now. */
    static RequestHeaders signedBefore(byte[] body) {
        WebhookSigner signer = signer();
        List<Map<String, String>> signed = IntStream.range(0, SIGNED_BEFORE)
                .mapToObj(number -> signer.headers(id(number), "bench", body, Instant.now()))
                .toList();
        return number -> signed.get(number % SIGNED_BEFORE)::forEach;
    }

    private static WebhookSigner signer() {
        return new WebhookSigner(BenchTargets.SECRET, List.of(), null);
    }

    private static String id(int number) {
        return WebhookId.of("bench-" + number, "bench-target");
    }
}
