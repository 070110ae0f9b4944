package com.audiojones.bus.testkit.guarantee;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Judges the promise that an acknowledged event reaches every matching target or ends otherwise in a way that is written
 * down, and that whatever arrives twice carries the same {@code webhook-id}.
 *
 * <p>Legal: published, accepted. Published, refused, accepted. Published, accepted, kill, accepted again. Published,
 * refused, dead letter. Accepted though the publisher got no acknowledgement.
 *
 * <p>Illegal: published, nothing more. Published, refused, nothing more. Accepted twice under different ids, or once
 * under an id that is not the pair's. More duplicates after a kill than records were uncommitted at it.
 *
 * <p>A request that was refused is no delivery: the one that follows it is a retry, no duplicate. Safe for use by many
 * threads.
 */
public final class AtLeastOnce {

    private final String name;
    private final long seed;
    private final ReentrantLock lock = new ReentrantLock();

    /** All fields from here on are guarded by {@code lock}. */
    private final Map<Pair, Course> courses = new HashMap<>();

    private final List<Mark> marks = new ArrayList<>();
    private final List<Arrival> wrongIds = new ArrayList<>();
    private int published;
    private int unfinished;

    /** What is known of a pair. */
    private static final class Course {
        private boolean acknowledged;
        private int requests;
        private int accepted;
        private final List<Long> repeatedAtNanos = new ArrayList<>();
        private final List<String> otherEnds = new ArrayList<>();

        boolean isFinished() {
            return accepted > 0 || !otherEnds.isEmpty();
        }
    }

    private record Mark(String what, long atNanos, @Nullable Long mostRepeats) {}

    /**
     * Nothing has happened yet.
     *
     * @param name the run's name in the summary
     * @param seed makes the run's choices again
     */
    public AtLeastOnce(String name, long seed) {
        this.name = name;
        this.seed = seed;
    }

    /** The publisher got the acknowledgement of an event that these targets want. */
    public void published(String eventId, Collection<String> targetIds) {
        locked(() -> {
            for (String target : targetIds) {
                Course course = course(new Pair(eventId, target));
                if (!course.acknowledged) {
                    course.acknowledged = true;
                    published++;
                    unfinished += course.isFinished() ? 0 : 1;
                }
            }
        });
    }

    /** A request reached a receiver. */
    public void arrived(Arrival arrival) {
        locked(() -> {
            Course course = course(arrival.pair());
            boolean wasFinished = course.isFinished();
            course.requests++;
            if (course.accepted > 0) {
                course.repeatedAtNanos.add(arrival.atNanos());
            }
            course.accepted += arrival.accepted() ? 1 : 0;
            if (!arrival.pair().webhookId().equals(arrival.webhookId())) {
                wrongIds.add(arrival);
            }
            countEnd(course, wasFinished);
        });
    }

    /** The bus has written down that a pair ended without a delivery. */
    public void endedOtherwise(Pair pair, String how) {
        locked(() -> {
            Course course = course(pair);
            boolean wasFinished = course.isFinished();
            course.otherEnds.add(how);
            countEnd(course, wasFinished);
        });
    }

    /** Something was killed or stopped: repeats from here to the next mark are put down to it. */
    public void marked(String what, long atNanos) {
        locked(() -> marks.add(new Mark(what, atNanos, null)));
    }

    /**
     * Something was killed or stopped that may cause no more than so many repeats. To be told in the order of time, though
     * it may be later that the number is known.
     */
    public void marked(String what, long atNanos, long mostRepeats) {
        locked(() -> marks.add(new Mark(what, atNanos, mostRepeats)));
    }

    /** How many acknowledged pairs have neither been accepted nor ended otherwise. */
    public int unfinished() {
        lock.lock();
        try {
            return unfinished;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a receiver has accepted a pair. */
    public boolean isAccepted(Pair pair) {
        lock.lock();
        try {
            Course course = courses.get(pair);
            return course != null && course.accepted > 0;
        } finally {
            lock.unlock();
        }
    }

    /** The judgement on everything so far. */
    public Judgement judgement() {
        lock.lock();
        try {
            List<Pair> lost = new ArrayList<>();
            Map<String, Integer> otherEnds = new HashMap<>();
            List<Long> repeats = new ArrayList<>();
            int delivered = 0;
            int unacknowledged = 0;
            for (Map.Entry<Pair, Course> entry : courses.entrySet()) {
                Course course = entry.getValue();
                if (course.acknowledged && !course.isFinished()) {
                    lost.add(entry.getKey());
                }
                course.otherEnds.stream().distinct().forEach(how -> otherEnds.merge(how, 1, Integer::sum));
                repeats.addAll(course.repeatedAtNanos);
                delivered += course.accepted > 0 ? 1 : 0;
                unacknowledged += course.acknowledged ? 0 : 1;
            }
            return new Judgement(
                    name, seed, published, delivered, unacknowledged, lost, otherEnds, perMark(repeats), wrongIds);
        } finally {
            lock.unlock();
        }
    }

    private void countEnd(Course course, boolean wasFinished) {
        if (course.acknowledged && !wasFinished && course.isFinished()) {
            unfinished--;
        }
    }

    private Course course(Pair pair) {
        return courses.computeIfAbsent(pair, unknown -> new Course());
    }

    /** The marks in order, each with the repeats that followed it; what was repeated before any is under "before". */
    private List<Judgement.Repeats> perMark(List<Long> repeatedAtNanos) {
        List<Judgement.Repeats> counted = new ArrayList<>();
        for (int i = -1; i < marks.size(); i++) {
            Mark after = i < 0 ? new Mark("before", 0, null) : marks.get(i);
            int mark = i;
            long count = repeatedAtNanos.stream()
                    .filter(at -> lastMarkBefore(at) == mark)
                    .count();
            if (i >= 0 || count > 0) {
                counted.add(new Judgement.Repeats(after.what(), count, after.mostRepeats()));
            }
        }
        return counted;
    }

    private int lastMarkBefore(long atNanos) {
        int last = -1;
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).atNanos() - atNanos <= 0) {
                last = i;
            }
        }
        return last;
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
