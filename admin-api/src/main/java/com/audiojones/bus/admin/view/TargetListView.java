package com.audiojones.bus.admin.view;

import java.util.List;

/**
 * Every target.
 *
 * @param targets oldest first
 */
public record TargetListView(List<TargetView> targets) {

    /** Copies the list in. */
    public TargetListView {
        targets = List.copyOf(targets);
    }
}
