package io.ringstore.history;

import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import io.ringstore.history.Violation.Promise;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ways to break a good history, each with the promises that it breaks. */
enum HistoryMutation {
    DROP_AN_ACKNOWLEDGED_RECORD(Promise.NOTHING_ACKNOWLEDGED_IS_LOST) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            int victim = acknowledged(good, random);
            return victim < 0 ? null : withLog(good, renumbered(without(good.log(), victim)));
        }
    },
    HALVE_A_TRANSACTION(Promise.ALL_OR_NOTHING) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            int victim = random.nextInt(1, good.log().size());
            boolean together = good.log().get(victim - 1).revision()
                    == good.log().get(victim).revision();
            return together ? withLog(good, renumbered(without(good.log(), victim - random.nextInt(2)))) : null;
        }
    },
    TEAR_A_TRANSACTION_APART(Promise.EXACTLY_ONCE) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            int half = random.nextInt(1, good.log().size());
            List<Logged> torn = new ArrayList<>();
            for (int i = 0; i < good.log().size(); i++) {
                Logged record = good.log().get(i);
                torn.add(at(record, record.revision() + (i < half ? 0 : 1)));
            }
            boolean together =
                    good.log().get(half - 1).revision() == good.log().get(half).revision();
            return together ? withLog(good, torn) : null;
        }
    },
    DOUBLE_A_RECORD(Promise.EXACTLY_ONCE) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            List<Logged> log = new ArrayList<>(good.log());
            log.add(log.get(random.nextInt(log.size())));
            return withLog(good, renumbered(log));
        }
    },
    ADD_A_PHANTOM(Promise.NO_PHANTOM) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            List<Logged> log = new ArrayList<>(good.log());
            Logged last = log.getLast();
            log.add(new Logged(0, "phantom", "R1", "phantom", last.fence(), last.node()));
            return withLog(good, renumbered(log));
        }
    },
    REFUSE_WHAT_IS_THERE(Promise.HONEST_REFUSAL) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            int victim = acknowledged(good, random);
            if (victim < 0) {
                return null;
            }
            String id = good.log().get(victim).requestId();
            List<Observation> changed = new ArrayList<>();
            for (Observation seen : good.observations()) {
                boolean hit =
                        seen instanceof WriteSeen write && write.requestId().equals(id);
                changed.add(hit ? refused((WriteSeen) seen) : seen);
            }
            return new History(changed, good.logs());
        }
    },
    MAKE_A_READ_STALE(Promise.FRESH_READS) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            Logged record = good.log().get(random.nextInt(good.log().size()));
            long after = 1_000_000;
            List<Observation> changed = new ArrayList<>(good.observations());
            boolean answered = good.writes().stream()
                    .anyMatch(write -> write.requestId().equals(record.requestId()) && write.completedAt() < after);
            if (!answered) {
                return null;
            }
            changed.add(new ReadSeen(record.key(), 0, null, after, after + 1));
            return new History(changed, good.logs());
        }
    },
    READ_FROM_THE_FUTURE(Promise.FRESH_READS) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            Logged record = good.log().get(random.nextInt(good.log().size()));
            List<Observation> changed = new ArrayList<>(good.observations());
            changed.add(new ReadSeen(record.key(), record.revision(), record.value(), -2_000, -1_999));
            return new History(changed, good.logs());
        }
    },
    SWAP_DISTANT_RECORDS(
            Promise.NOTHING_ACKNOWLEDGED_IS_LOST, Promise.REAL_TIME_ORDER, Promise.FENCES_GROW, Promise.EXACTLY_ONCE) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            List<Logged> log = new ArrayList<>(good.log());
            Logged first = log.getFirst();
            log.set(0, log.getLast());
            log.set(log.size() - 1, first);
            return log.size() < 6 ? null : withLog(good, renumbered(log));
        }
    },
    LET_A_REPLICA_DIFFER(Promise.SAME_EVERYWHERE) {
        @Override
        @Nullable
        History applyTo(History good, RandomGenerator random) {
            int victim = random.nextInt(good.log().size());
            List<Logged> other = new ArrayList<>(good.log());
            Logged was = other.get(victim);
            other.set(victim, new Logged(was.revision(), was.requestId(), was.key(), "other", was.fence(), was.node()));
            return new History(good.observations(), Map.of("store-0", good.log(), "store-1", other));
        }
    };

    private final Set<Promise> breaks;

    HistoryMutation(Promise... breaks) {
        this.breaks = EnumSet.copyOf(List.of(breaks));
    }

    Set<Promise> breaks() {
        return breaks;
    }

    /** Returns null where this history has nothing to break in this way. */
    abstract @Nullable History applyTo(History good, RandomGenerator random);

    private static WriteSeen refused(WriteSeen write) {
        return new WriteSeen(
                write.requestId(),
                write.key(),
                write.value(),
                write.invokedAt(),
                write.completedAt(),
                new End.Refused());
    }

    /** The place of a record whose request was acknowledged. */
    private static int acknowledged(History history, RandomGenerator random) {
        Set<String> ids = history.writes().stream()
                .filter(write -> write.end() instanceof End.Acknowledged)
                .map(WriteSeen::requestId)
                .collect(Collectors.toSet());
        List<Integer> places = IntStream.range(0, history.log().size())
                .filter(place -> ids.contains(history.log().get(place).requestId()))
                .boxed()
                .toList();
        return places.isEmpty() ? -1 : places.get(random.nextInt(places.size()));
    }

    private static List<Logged> without(List<Logged> log, int index) {
        List<Logged> rest = new ArrayList<>(log);
        rest.remove(index);
        return rest;
    }

    /** Without gaps; what shared a revision and stands together shares one. */
    private static List<Logged> renumbered(List<Logged> log) {
        List<Logged> renumbered = new ArrayList<>();
        long revision = 0;
        for (int i = 0; i < log.size(); i++) {
            revision += i > 0 && log.get(i).revision() == log.get(i - 1).revision() ? 0 : 1;
            renumbered.add(at(log.get(i), revision));
        }
        return renumbered;
    }

    private static Logged at(Logged record, long revision) {
        return new Logged(revision, record.requestId(), record.key(), record.value(), record.fence(), record.node());
    }

    private static History withLog(History history, List<Logged> log) {
        return new History(history.observations(), Map.of("store-0", log));
    }
}
