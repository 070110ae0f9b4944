package com.audiojones.bus.dispatcher.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Why there was no answer. The labels stand in delivery records. */
public enum HttpError {
    /** The name has no address. */
    DNS_ERROR,
    /** Nobody listens there, or there is no way there. */
    CONNECTION_REFUSED,
    /** The connection broke. */
    CONNECTION_RESET,
    /** The deadline over connect, headers and body passed. */
    TIMEOUT,
    /** No trusted TLS connection came about. */
    TLS_ERROR,
    /** The address may not be dialled. */
    BLOCKED_ADDRESS,
    /** The answer's headers are too large or too many. A body never is: it is cut. */
    RESPONSE_TOO_LARGE,
    /** This side stopped; says nothing about the target. */
    STOPPED,
    /** The target has no secret, and there is no shared one. */
    NO_SECRET,
    /** Anything else that broke the exchange. */
    PROTOCOL_ERROR;

    /** The error as records spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names the class of what an HTTP client threw. */
    static HttpError of(Exception failure) {
        return switch (failure) {
            case BlockedAddressException e -> BLOCKED_ADDRESS;
            case UnknownHostException e -> DNS_ERROR;
            case SocketTimeoutException e -> TIMEOUT;
            case ConnectException e -> CONNECTION_REFUSED;
            case NoRouteToHostException e -> CONNECTION_REFUSED;
            case SocketException e when String.valueOf(e.getMessage()).endsWith("unreachable") -> CONNECTION_REFUSED;
            case SSLException e -> TLS_ERROR;
            case MessageConstraintException e -> RESPONSE_TOO_LARGE;
            case TruncatedChunkException e -> CONNECTION_RESET;
            case MalformedChunkCodingException e -> PROTOCOL_ERROR;
            case CancellationException e -> STOPPED;
            case RejectedExecutionException e -> STOPPED;
            case IOException e -> CONNECTION_RESET;
            default -> PROTOCOL_ERROR;
        };
    }
}
