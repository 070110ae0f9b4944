package com.audiojones.bus.dispatcher.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks what addresses a name has. Blocks for as long as it takes. */
@FunctionalInterface
interface NameLookup {

    /** What the machine is configured to ask. */
    NameLookup SYSTEM = InetAddress::getAllByName;

    /** At least one address, in the order in which to try them. */
    InetAddress[] addresses(String name) throws UnknownHostException;
}
