package com.example.tasks;

import com.audiojones.bus.EventBus;
import com.audiojones.bus.EventBusMeters;
import com.audiojones.bus.EventBusSettings;
import com.audiojones.bus.subscribe.Subscription;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** What the application is made of. The context closes the subscription, then the bus. */
@SpringBootApplication
public class TasksApplication {

    public static void main(String[] args) {
        SpringApplication.run(TasksApplication.class, args);
    }

    @Bean
    EventBus eventBus(@Value("${bus.kafka}") String kafka, @Value("${spring.application.name}") String application) {
        return EventBus.connect(EventBusSettings.of(kafka, application));
    }

    /** Events wait in Kafka for as long as the application is down. */
    @Bean
    Subscription taskSubscription(EventBus bus, TaskList tasks) {
        return bus.subscribe("audit.task.created", tasks::add);
    }

    /** Actuator binds it to every registry. */
    @Bean
    MeterBinder eventBusMeters(EventBus bus) {
        return EventBusMeters.of(bus);
    }

    @Bean
    HealthIndicator eventBusHealthIndicator(EventBus bus) {
        return () -> {
            List<String> notReady = bus.notReady();
            return notReady.isEmpty()
                    ? Health.up().build()
                    : Health.down().withDetail("notReady", notReady).build();
        };
    }
}
