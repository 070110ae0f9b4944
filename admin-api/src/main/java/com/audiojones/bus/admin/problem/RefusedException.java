package com.audiojones.bus.admin.problem;

/** A request is not carried out and nothing was changed; sending it again unchanged gives the same. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. */
    public enum Reason {
        /** The admin key, or the session, is missing or another. */
        UNAUTHORIZED,
        /** The request comes from a page that is not ours. */
        FORBIDDEN,
        /** The request was sent to a name that is not ours. */
        MISDIRECTED,
        /** So many were refused that the next has to wait. */
        THROTTLED,
        /** Something in the request is not as it must be. */
        INVALID,
        /** What the request names does not exist. */
        UNKNOWN,
        /** The body is announced as something else than JSON. */
        NOT_JSON,
        /** The body is larger than any request of this API needs. */
        TOO_LARGE
    }

    private final Reason reason;

    /**
     * Refuses a request.
     *
     * @param reason which kind of refusal it is
     * @param sentence for the client: field, expectation, actual value
     */
    public RefusedException(Reason reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    /** {@return which kind of refusal it is} */
    public Reason reason() {
        return reason;
    }

    /** {@return the sentence for the client} */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
