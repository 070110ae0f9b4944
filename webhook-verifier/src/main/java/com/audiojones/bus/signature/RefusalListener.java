package com.audiojones.bus.signature;

/** Is told of each request that a {@link WebhookVerifier} refuses, to log or to count it. */
@FunctionalInterface
public interface RefusalListener {

    /**
     * Takes note of a refused request. It runs on the thread that verifies, before the verdict is returned, on several
     * threads at once where requests are verified at once, and as often as strangers send something: it should return
     * soon and bound what it keeps. What it throws, errors included, goes to the {@link System.Logger} named after
     * {@link WebhookVerifier}, and the verdict stands.
     *
     * @param refusal why the request is refused, and what it claims to be
     */
    void refused(Refusal refusal);
}
