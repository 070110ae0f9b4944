package com.audiojones.bus.consume;

/** What became of a record that a {@link RecordHandler} took on. Called by the loop's thread only; returns at once. */
public interface Work {

    /** How much of the work is to be written elsewhere, so that the record can be settled. */
    enum HandOff {
        /** What has not begun: the loop gives its partition up, and lets what is under way end by itself. */
        NOT_BEGUN,
        /** What holds up the records behind it; what may not be repeated stays. */
        STRAGGLING,
        /** Everything: the loop waits no longer. */
        ALL,
        /** Nothing: the partition is another's already. What has not begun is best not begun. */
        FORGET
    }

    /**
     * Asks for an early end. The record counts as settled when its handler says so, which may be never. Asking again is
     * harmless.
     *
     * @param extent how much of the work is meant
     */
    void handOff(HandOff extent);
}
