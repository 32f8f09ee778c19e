package io.ringstore.client.gateway;

/** A write on its way. */
@FunctionalInterface
public interface WriteUnderWay {

    /** Waits until it has ended, or its caller's time is over: then it says what is known (rule R9). */
    WriteAnswer await();
}
