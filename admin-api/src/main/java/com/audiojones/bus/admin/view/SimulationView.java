package com.audiojones.bus.admin.view;

import com.audiojones.bus.target.Simulation;
import com.audiojones.bus.target.TargetCodec;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Faults to try things with.
 *
 * @param status what a request is answered with instead of being sent; null, and left out: it is sent
 * @param delay what passes before that
 * @param drop whether the request is never answered
 * @param rate the share of requests concerned
 */
public record SimulationView(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer status, String delay, boolean drop, double rate) {

    /**
     * {@return the view of a simulation}
     *
     * @param simulation the simulation
     */
    public static SimulationView of(Simulation simulation) {
        return new SimulationView(
                simulation.status(), TargetCodec.text(simulation.delay()), simulation.drop(), simulation.rate());
    }
}
