package com.audiojones.bus.dispatcher.http;

import java.net.UnknownHostException;

/** A name resolved to an address that may not be dialled. */
final class BlockedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    BlockedAddressException(String reason) {
        super(reason);
    }
}
