package com.audiojones.bus.store;

/**
 * A write that the store will never take.
 *
 * @param write the write
 * @param reason what the store says
 */
public record RefusedWrite(StoreWrite write, String reason) {}
