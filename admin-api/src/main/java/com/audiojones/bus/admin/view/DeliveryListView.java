package com.audiojones.bus.admin.view;

import java.util.List;

/**
 * All that happened to an event on its way.
 *
 * @param deliveries in the order of time
 */
public record DeliveryListView(List<DeliveryView> deliveries) {}
