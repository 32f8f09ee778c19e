package io.ringstore.client.lab;

import java.util.List;
import java.util.TreeMap;

/**
 * Whether the oldest request came first: how the order of the log differs from that of the stamps that requests got
 * when they began to wait.
 *
 * @param inOrder how many writes stand before every younger one
 * @param mostOvertaken how many younger writes stand before the one that was overtaken most; those of one batch may
 * @param clients each one's share
 */
public record Fairness(int inOrder, int mostOvertaken, List<Share> clients) {

    static final Fairness UNKNOWN = new Fairness(0, 0, List.of());

    /** What one client got: how many writes, and how long it waited, in milliseconds. */
    public record Share(String client, int writes, double meanMillis, double worstMillis) {}

    /** How often each write of a log was overtaken, by the stamps in the log's order. */
    static Fairness of(List<Long> stamps, List<Share> clients) {
        TreeMap<Long, Integer> before = new TreeMap<>();
        int inOrder = 0;
        int most = 0;
        for (long stamp : stamps) {
            int overtaken = 0;
            for (int younger : before.tailMap(stamp, false).values()) {
                overtaken += younger;
            }
            inOrder += overtaken == 0 ? 1 : 0;
            most = Math.max(most, overtaken);
            before.merge(stamp, 1, Integer::sum);
        }
        return new Fairness(inOrder, most, clients);
    }
}
