package com.audiojones.bus.dispatcher.http;

/** An answer as the client reads it: the status, and the beginning of the body as text. */
record HttpAnswer(int status, String excerpt) {}
