package io.ringstore.link.failpoint;

/** What code asks at its failpoints. */
public interface Failpoints {

    /** A node outside of the lab: nothing ever fails on purpose. */
    Failpoints NONE = new Failpoints() {
        @Override
        public boolean drops(Failpoint point) {
            return false;
        }

        @Override
        public boolean isArmed(Failpoint point) {
            return false;
        }
    };

    /**
     * Says that the caller has come to a failpoint; may take long, or for ever.
     *
     * @return whether the caller must leave out what it is about to do, as if it got lost
     */
    boolean drops(Failpoint point);

    /** Whether it would pay to prepare for a failpoint. */
    boolean isArmed(Failpoint point);
}
