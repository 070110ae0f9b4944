package com.example.tasks;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.publish.ActorType;
import com.audiojones.bus.publish.AuditEvent;
import com.audiojones.bus.publish.PublishFailedException;
import com.audiojones.bus.publish.RejectedEventException;
import com.example.tasks.TaskList.Task;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Answers when the event is durable, without a thread that waits for it. */
@RestController
class TaskController {

    private final EventBus bus;
    private final TaskList tasks;

    TaskController(EventBus bus, TaskList tasks) {
        this.bus = bus;
        this.tasks = tasks;
    }

    @PostMapping("/tasks")
    @ResponseStatus(HttpStatus.ACCEPTED)
    CompletableFuture<Map<String, String>> create(@RequestBody Task task) {
        AuditEvent event = AuditEvent.ofType("task.created")
                .actor(task.owner(), ActorType.USER)
                .data(task)
                .build();
        return bus.publish(event)
                .thenApply(published -> Map.of("eventId", published.eventId().value()));
    }

    @GetMapping("/tasks")
    Collection<Task> list() {
        return tasks.all();
    }

    @ExceptionHandler
    ProblemDetail rejected(RejectedEventException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail failed(PublishFailedException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    }
}
