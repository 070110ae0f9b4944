package com.audiojones.bus.router.status;

import com.audiojones.bus.kafka.InvalidRecordException;

/** A record cannot be used, now or later. The message is the reason for quarantine. */
final class UnusableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableRecordException(InvalidRecordException cause) {
        super(cause.getMessage(), cause);
    }
}
