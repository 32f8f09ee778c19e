package io.ringstore.client.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts nodes that were ended, by the command that the operator of a local cluster has set. */
final class Starter {

    private static final Logger log = LoggerFactory.getLogger(Starter.class);
    private static final int SHOWN = 1_000;

    private final List<String> command;

    /** @param command without the node's name; empty where something else starts what has ended */
    Starter(List<String> command) {
        this.command = command;
    }

    boolean canStart() {
        return !command.isEmpty();
    }

    /** @param node one of the cluster's nodes: its name goes to a command, though never to a shell */
    void start(String node) {
        if (command.isEmpty()) {
            return;
        }
        List<String> whole = new ArrayList<>(command);
        whole.add(node);
        try {
            Process process =
                    new ProcessBuilder(whole).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said;
            try (InputStream output = process.getInputStream()) {
                said = new String(output.readNBytes(SHOWN), StandardCharsets.UTF_8).strip();
                output.transferTo(OutputStream.nullOutputStream());
            }
            int code = process.waitFor();
            log.info("node started by command node={} code={} said=\"{}\"", node, code, said);
            if (code != 0) {
                throw new Nodes.Failure(node + " could not be started: " + said);
            }
        } catch (IOException impossible) {
            throw new Nodes.Failure(node + " could not be started: " + impossible.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Nodes.Failure("interrupted while starting " + node);
        }
    }
}
