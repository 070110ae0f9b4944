package com.audiojones.bus.bench.process;

import com.audiojones.bus.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** The embedded broker as a process. */
public final class BrokerMain {

    private BrokerMain() {}

    /** Runs a broker until the parent is gone; the arguments are the file that gets the port, and its directory. */
    public static void main(String[] args) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[1]), 0);
        String address = broker.bootstrapServers();
        Child.serve(Path.of(args[0]), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }
}
