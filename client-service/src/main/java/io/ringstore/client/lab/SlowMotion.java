package io.ringstore.client.lab;

import io.ringstore.client.node.NodeClients;
import io.ringstore.link.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Slow motion of the whole ring: every node is told the same, and one that does not listen is named. */
public final class SlowMotion {

    public static final int MAX_HOPS = 20;
    public static final long MAX_HOP_MILLIS = 60_000;

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final long NEXT_HOP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<String, RestClient> nodes = new LinkedHashMap<>();

    SlowMotion(List<NodeAddress> syncs, NodeClients clients) {
        syncs.forEach(node -> nodes.put(node.id(), clients.rest(node, CONNECT, ANSWER)));
    }

    /**
     * How the ring moves.
     *
     * @param hopMillis how long each hop takes at least; 0 as long as it takes
     * @param held the token that is held back just now; null if none is
     * @param silent nodes that did not say
     */
    public record View(
            boolean paused, long hopMillis, @Nullable Held held, List<String> silent) {}

    /** A token that is about to go from one node to another. */
    public record Held(String node, long epoch, long hop, String to) {}

    /** As a node has it. */
    private record NodeMotion(
            boolean paused,
            long hopMillis,
            @Nullable Long epoch,
            @Nullable Long hop,
            @Nullable String to) {}

    private record Wish(
            @Nullable Boolean paused,
            @Nullable Long hopMillis,
            @Nullable Boolean step) {}

    public View view() {
        return all(client -> client.get().uri("/actuator/motion").retrieve().body(NodeMotion.class));
    }

    public View set(boolean paused, long hopMillis) {
        return all(client -> tell(client, new Wish(paused, hopMillis, null)));
    }

    /** At full speed. */
    void runFreely() {
        set(false, 0);
    }

    /** Lets the token make so many hops; each ends when the next node holds it back. */
    public View step(int hops) {
        View now = awaitHeld(null);
        for (int hop = 0; hop < hops && now.held() != null; hop++) {
            Held held = now.held();
            tell(Objects.requireNonNull(nodes.get(held.node())), new Wish(null, null, true));
            now = awaitHeld(held);
        }
        return now;
    }

    /** Until some node holds another token back than that one; not for long, because it may be lost. */
    private View awaitHeld(@Nullable Held before) {
        long deadline = System.nanoTime() + NEXT_HOP_NANOS;
        View now = view();
        while ((now.held() == null || now.held().equals(before)) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return now;
            }
            now = view();
        }
        return now;
    }

    private static @Nullable NodeMotion tell(RestClient node, Wish wish) {
        return node.post()
                .uri("/actuator/motion")
                .contentType(MediaType.APPLICATION_JSON)
                .body(wish)
                .retrieve()
                .body(NodeMotion.class);
    }

    @FunctionalInterface
    private interface Question {
        @Nullable
        NodeMotion ask(RestClient node);
    }

    private View all(Question question) {
        Map<String, NodeMotion> answers = new LinkedHashMap<>();
        List<String> silent = new ArrayList<>();
        nodes.forEach((name, client) -> {
            try {
                answers.put(name, Objects.requireNonNull(question.ask(client)));
            } catch (RestClientException unreachable) {
                silent.add(name);
            }
        });
        Optional<Held> held = answers.entrySet().stream()
                .filter(each -> each.getValue().to() != null)
                .map(each -> held(each.getKey(), each.getValue()))
                .max(Comparator.comparingLong(Held::epoch).thenComparingLong(Held::hop));
        return new View(
                answers.values().stream().anyMatch(NodeMotion::paused),
                answers.values().stream().mapToLong(NodeMotion::hopMillis).max().orElse(0),
                held.orElse(null),
                silent);
    }

    private static Held held(String node, NodeMotion motion) {
        return new Held(
                node,
                Objects.requireNonNull(motion.epoch()),
                Objects.requireNonNull(motion.hop()),
                Objects.requireNonNull(motion.to()));
    }
}
