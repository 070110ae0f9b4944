package com.audiojones.bus.service;

/** Which build of the bus this is. */
public final class BusVersion {

    private BusVersion() {}

    /** {@return the version in the jar's manifest, or {@code dev} where the classes are not in a jar} */
    public static String current() {
        String version = BusVersion.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
