/** A web application that publishes to the event bus and subscribes to it. */
@NullMarked
package com.example.tasks;

import org.jspecify.annotations.NullMarked;
