package com.audiojones.bus.bench.dispatch;

import com.audiojones.bus.signature.WebhookId;
import com.audiojones.bus.signature.WebhookSigner;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Deliveries made ready for a sender: the one place here that signs. */
final class SignedRequests {

    /**
     * A request that only needs to be sent.
     *
     * @param url where to
     * @param headers both signatures among them
     */
    record Signed(URI url, Map<String, String> headers) {}

    private SignedRequests() {}

    /** One request per delivery, all with the same body, to the targets in turn. */
    static List<Signed> of(int deliveries, List<String> urls, byte[] body) {
        WebhookSigner signer = new WebhookSigner(BenchTargets.SECRET, List.of(), null);
        List<URI> targets = urls.stream().map(URI::create).toList();
        List<Signed> requests = new ArrayList<>(deliveries);
        for (int i = 0; i < deliveries; i++) {
            String id = WebhookId.of("bench-" + i, "bench-target");
            requests.add(new Signed(targets.get(i % targets.size()), signer.headers(id, "bench", body, Instant.now())));
        }
        return requests;
    }
}
