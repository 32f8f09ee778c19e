package io.ringstore.store.replication;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;

/** The part of the heap that only a full collection looks at. */
interface OldGeneration {

    /** Bytes in use, garbage included. */
    long used();

    /** Bytes that the last full collection left; 0 before the first. */
    long lived();

    /** Collects the whole heap, and returns when that is done. */
    void collect();

    /** Of the serial collector, which nodes run with ({@code jvm.options}); any other is left to do as it likes. */
    static OldGeneration ofThisProcess() {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
        return pools.stream()
                .filter(pool -> pool.getName().equals("Tenured Gen"))
                .findFirst()
                .map(OldGeneration::of)
                .orElse(UNKNOWN);
    }

    private static OldGeneration of(MemoryPoolMXBean pool) {
        return new OldGeneration() {
            @Override
            public long used() {
                return pool.getUsage().getUsed();
            }

            @Override
            public long lived() {
                return pool.getCollectionUsage().getUsed();
            }

            @Override
            public void collect() {
                System.gc();
            }
        };
    }

    /** Never seems to be in use. */
    OldGeneration UNKNOWN = new OldGeneration() {
        @Override
        public long used() {
            return 0;
        }

        @Override
        public long lived() {
            return 0;
        }

        @Override
        public void collect() {}
    };
}
