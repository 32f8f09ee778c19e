package io.ringstore.client.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The cases of the assignment and a few more, as something that happens to the running cluster. */
public enum Scenario {
    SYNC_IDLE(
            "1.1",
            "A sync node dies without a request",
            "The sync node that has just answered a client ends at once (after-client-reply). Its neighbours are refused, empty"
                    + " its slot and pass the token over it."),
    SYNC_WAITING(
            "1.2",
            "A sync node dies with a request",
            "A sync node ends right after it has stamped the token with its request (after-stamp). The gateway sends the same"
                    + " request through another node, under the same id."),
    SYNC_CRITICAL(
            "1.3",
            "A sync node dies in the critical section",
            "A sync node ends when the store has its batch and no client knows (cs.after-store). The token is made anew from the"
                    + " copy, and the repeated request gets its first result: one record, not two."),
    BACKUP_IDLE(
            "2.1",
            "A backup dies while it is idle",
            "A backup ends when it has nothing to write (idle). The primary has a majority with the other backup. Clients think"
                    + " longer here, so that there are idle moments."),
    BACKUP_FORWARDING(
            "2.2",
            "A backup dies before it forwards",
            "A backup that a sync node has chosen ends before it forwards the batch to the primary (before-forward). The sync"
                    + " node sends the same batch to the next store node."),
    PRIMARY(
            "2.3",
            "The primary dies while it replicates",
            "The primary ends when only its own disk has the entry (after-local-append). The backups elect another one, which"
                    + " writes the repeated batch; the old one gives its entry up when it is back."),
    TWO_ADJACENT(
            "two-adjacent",
            "Two neighbours die at once",
            "The sync node that holds the token and the next one end at the same time. Token and copy are gone with them; the"
                    + " others find out by asking, and one of them claims a new epoch from the store."),
    MUTE(
            "mute",
            "A sync node falls silent",
            "A sync node hears everything and does as it is told, but nothing that it sends arrives. It is taken for dead, and"
                    + " takes part again when it is heard."),
    DEAF(
            "deaf",
            "A sync node hears nothing",
            "A sync node sends, but hears neither calls nor answers. It cannot claim the token, because it hears no answer of"
                    + " the store."),
    PAUSE(
            "pause",
            "A sync node is frozen for four seconds",
            "The process that writes for the clients stops and comes back with its memory (SIGSTOP, SIGCONT). By then another"
                    + " epoch has begun: what it still believes is fenced off."),
    PARTITION(
            "partition",
            "A sync node and the primary are cut off",
            "Nothing goes in or out of one sync node and the primary. The two backups elect a primary of their own, the rest of"
                    + " the ring goes on; when the cut is healed, both take part again."),
    ROLLING_RESTART(
            "rolling-restart",
            "Every node is restarted, one after the other",
            "Each sync node and each store node leaves in order and is started again before the next one leaves, as in an"
                    + " upgrade. Takes a minute or two.");

    private static final Duration THINK = Duration.ofMillis(100);
    private static final Duration FREEZE = Duration.ofSeconds(4);
    private static final Duration LONG_THINK = Duration.ofMillis(700);

    private final String word;
    private final String title;
    private final String what;

    Scenario(String word, String title, String what) {
        this.word = word;
        this.title = title;
        this.what = what;
    }

    /** Its name outside of the code. */
    public String word() {
        return word;
    }

    public String title() {
        return title;
    }

    /** What will happen. */
    public String what() {
        return what;
    }

    public static Optional<Scenario> named(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /** How long its clients think between two writes. */
    Duration think() {
        return this == BACKUP_IDLE ? LONG_THINK : THINK;
    }

    void play(Stage stage, Nodes nodes) {
        Play play = new Play(stage, nodes);
        switch (this) {
            case SYNC_IDLE -> play.crashAndReturn(List.of(stage.busySync()), "after-client-reply");
            case SYNC_WAITING -> play.crashAndReturn(List.of(stage.busySync()), "after-stamp");
            case SYNC_CRITICAL -> play.crashAndReturn(List.of(stage.busySync()), "cs.after-store");
            case BACKUP_IDLE -> play.crashAndReturn(List.of(stage.backup()), "idle");
            case BACKUP_FORWARDING -> play.crashAndReturn(List.of(stage.backup()), "before-forward");
            case PRIMARY -> play.crashAndReturn(List.of(stage.primary()), "after-local-append");
            case TWO_ADJACENT -> play.twoAdjacent();
            case MUTE -> play.loseAndHeal(List.of(stage.busySync()), "mute");
            case DEAF -> play.loseAndHeal(List.of(stage.busySync()), "deaf");
            case PAUSE -> play.pauseOne();
            case PARTITION -> play.loseAndHeal(List.of(stage.busySync(), stage.primary()), "mute", "deaf");
            case ROLLING_RESTART -> play.restartEach();
        }
    }

    /** The few plots that most scenarios share. */
    private record Play(Stage stage, Nodes nodes) {

        void crashAndReturn(List<String> victims, String point) {
            stage.crash(victims, point);
            stage.awaitWrites();
            stage.say("The others write on.");
            victims.forEach(stage::startAgain);
        }

        void loseAndHeal(List<String> victims, String... points) {
            for (String node : victims) {
                stage.lose(node, points);
                stage.say(node + " is " + String.join(" and ", points) + ".");
            }
            stage.awaitWrites();
            stage.say("The others write on.");
            stage.hearAgain();
            stage.say(String.join(" and ", victims) + " can be reached again.");
        }

        void twoAdjacent() {
            String holder = stage.holder();
            crashAndReturn(List.of(holder, stage.after(holder)), "now");
        }

        void pauseOne() {
            String node = stage.busySync();
            stage.say(node + " freezes.");
            stage.freeze(node, FREEZE);
            stage.awaitWrites();
            stage.say("The others write on.");
            stage.awaitThat(node + " is back", () -> nodes.health(node) == Nodes.Health.READY);
            stage.say(node + " has come back.");
        }

        void restartEach() {
            for (String node : stage.all()) {
                stage.leave(node);
                stage.say(node + " has left.");
                stage.startAgain(node);
            }
        }
    }
}
