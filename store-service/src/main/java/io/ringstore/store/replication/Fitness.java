package io.ringstore.store.replication;

import java.util.ArrayList;
import java.util.List;

/** Whether this node should lead: not with a clock unlike all others' (§8.5), nor without room on its disk. */
public final class Fitness {

    private final DiskSpace space;
    private volatile boolean clockIsOdd;

    Fitness(DiskSpace space) {
        this.space = space;
    }

    void noteClock(boolean odd) {
        clockIsOdd = odd;
    }

    boolean hasRoom() {
        return !space.isLow();
    }

    boolean isFit() {
        return !clockIsOdd && hasRoom();
    }

    /** What is wrong with this node, for its operator. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (clockIsOdd) {
            complaints.add("this node's clock is more than 5 s away from all others");
        }
        if (!hasRoom()) {
            complaints.add("this node's disk is nearly full; it takes no writes until there is room again");
        }
        return complaints;
    }
}
