package com.audiojones.bus.service;

import java.util.List;

/** One running part of the bus. Started once, closed once; the launcher starts them in order and closes in reverse. */
public interface BusService extends AutoCloseable {

    /** {@return the service's name in health answers and logs} */
    String name();

    /** Starts the service's threads and returns at once. */
    void start();

    /** {@return why the service is not ready, one sentence each; empty when it is. Safe from any thread} */
    List<String> notReady();

    /**
     * Stops taking work, lets what is under way end within a few seconds, and releases everything. Work that did not
     * end is done again after the next start. Calling it again does nothing.
     */
    @Override
    void close();

    /**
     * Closes services side by side, each on a thread of its own, and blocks until all have closed: what they have under
     * way ends in the time of the slowest, not in the sum.
     *
     * @param services what to close
     */
    static void closeTogether(List<? extends BusService> services) {
        List<Thread> closing = services.stream()
                .map(service ->
                        Thread.ofVirtual().name("close-" + service.name()).start(service::close))
                .toList();
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
