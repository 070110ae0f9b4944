package com.example.tasks;

import com.audiojones.bus.subscribe.ReceivedEvent;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Handles events. One that comes again replaces itself: what a real application writes should be as harmless to repeat. */
@Component
class TaskList {

    private final Map<String, Task> tasks = new ConcurrentHashMap<>();

    record Task(String title, String owner) {}

    void add(ReceivedEvent event) {
        tasks.put(event.id(), event.payload(Task.class));
    }

    Collection<Task> all() {
        return tasks.values();
    }
}
