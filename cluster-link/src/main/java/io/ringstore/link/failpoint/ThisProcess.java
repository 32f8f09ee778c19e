package io.ringstore.link.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The process that this node is. */
final class ThisProcess implements FailpointSwitches.Host {

    /** In a container, the kernel does not let anybody in there stop it. */
    private static final long FIRST = 1;

    @Override
    public void halt(int status) {
        Runtime.getRuntime().halt(status);
    }

    @Override
    public void exit() {
        Thread.ofPlatform().name("exit").start(() -> System.exit(0));
    }

    /** By a shell that outlives the moment: a stopped process cannot wake itself. */
    @Override
    public void freeze(Fault fault) {
        String seconds =
                "%d.%03d".formatted(fault.length().toSeconds(), fault.length().toMillisPart());
        long pid = ProcessHandle.current().pid();
        try {
            new ProcessBuilder("sh", "-c", "kill -STOP $0; sleep $1; kill -CONT $0", String.valueOf(pid), seconds)
                    .start();
        } catch (IOException noShell) {
            throw new UncheckedIOException("a process is paused by a shell, and there is none", noShell);
        }
    }

    @Override
    public void requireFreezable() {
        if (ProcessHandle.current().pid() == FIRST) {
            throw new IllegalArgumentException("it is process 1 of its container, which cannot be stopped from within;"
                    + " give it an init process, or pause the container");
        }
    }
}
