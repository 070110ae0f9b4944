package com.audiojones.bus.broker;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one broker. Kafka ends the process where it sees no way on; a thread of this group that asks for that
 * reports a fatal fault of its broker instead, and stops there. All threads that Kafka starts belong to the group of
 * the thread that started them, so every fault finds its broker, also with several of them in one JVM.
 */
final class BrokerThreads extends ThreadGroup {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerThreads.class);

    private final Consumer<String> onFatal;

    /** @param onFatal called with the reason, by the thread that cannot go on */
    BrokerThreads(String name, Consumer<String> onFatal) {
        super(name);
        this.onFatal = onFatal;
    }

    /** Sends Kafka's exits and halts to the broker whose thread asks; those of other threads stay what they were. */
    static void interceptExits() {
        Exit.setExitProcedure((status, message) -> intercept(status, message, System::exit));
        Exit.setHaltProcedure((status, message) -> intercept(status, message, Runtime.getRuntime()::halt));
    }

    Thread start(String name, Runnable work) {
        Thread thread = new Thread(this, work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (!(failure instanceof StoppedByFault)) {
            LOG.error("broker thread {} ended by an unexpected failure", thread.getName(), failure);
        }
    }

    private static void intercept(int status, @Nullable String message, IntConsumer otherwise) {
        if (!(Thread.currentThread().getThreadGroup() instanceof BrokerThreads broker)) {
            otherwise.accept(status);
            return;
        }
        String reason = message != null ? message : "Kafka asked to end the process with status " + status;
        broker.onFatal.accept(reason);
        throw new StoppedByFault(reason);
    }

    /** Unwinds the thread that asked to end the process: Kafka does not expect that call to return. */
    private static final class StoppedByFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedByFault(String reason) {
            super(reason);
        }
    }
}
