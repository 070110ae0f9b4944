package com.audiojones.bus.store.sqlite;

import java.sql.SQLException;

/** What is done inside one transaction. */
@FunctionalInterface
interface SqlAction<T> {

    T run(Session session) throws SQLException;
}
