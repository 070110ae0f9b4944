/**
 * The event store in one SQLite file: the default on one machine. WAL mode, so readers never wait for the writer; any
 * number of processes on the machine may use the file at once.
 */
@NullMarked
package com.audiojones.bus.store.sqlite;

import org.jspecify.annotations.NullMarked;
