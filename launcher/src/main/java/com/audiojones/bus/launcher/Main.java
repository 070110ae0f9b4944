package com.audiojones.bus.launcher;

import com.audiojones.bus.launcher.cli.AjbusCommand;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 bad input. */
    public static void main(String[] args) {
        System.exit(AjbusCommand.execute(args));
    }
}
