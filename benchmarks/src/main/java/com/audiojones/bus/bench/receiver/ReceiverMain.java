package com.audiojones.bus.bench.receiver;

import com.audiojones.bus.bench.process.Child;
import java.io.IOException;
import java.nio.file.Path;

/** The receiver as a process. */
public final class ReceiverMain {

    private ReceiverMain() {}

    /** Takes webhooks until the parent is gone; the only argument is the file that gets the port. */
    public static void main(String[] args) throws IOException {
        Child.serve(Path.of(args[0]), HttpReceiver.start().port());
    }
}
