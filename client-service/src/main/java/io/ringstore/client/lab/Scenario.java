package io.ringstore.client.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The cases of the assignment and a few more, as something that happens to the running cluster. */
public enum Scenario {
    SYNC_IDLE(
            "1.1",
            "A sync node dies without a request",
            "The sync node that has just answered a client ends at once (after-client-reply). Its neighbours are refused, empty"
                    + " its slot and pass the token over it.",
            play -> play.crashAndReturn(List.of(play.stage.busySync()), "after-client-reply")),
    SYNC_WAITING(
            "1.2",
            "A sync node dies with a request",
            "A sync node ends right after it has stamped the token with its request (after-stamp). The gateway sends the same"
                    + " request through another node, under the same id.",
            play -> play.crashAndReturn(List.of(play.stage.busySync()), "after-stamp")),
    SYNC_CRITICAL(
            "1.3",
            "A sync node dies in the critical section",
            "A sync node ends when the store has its batch and no client knows (cs.after-store). The token is made anew from the"
                    + " copy, and the repeated request gets its first result: one record, not two.",
            play -> play.crashAndReturn(List.of(play.stage.busySync()), "cs.after-store")),
    BACKUP_IDLE(
            "2.1",
            "A backup dies while it is idle",
            "A backup ends when it has nothing to write (idle). The primary has a majority with the other backup. Clients think"
                    + " longer here, so that there are idle moments.",
            play -> play.crashAndReturn(List.of(play.stage.backup()), "idle")),
    BACKUP_FORWARDING(
            "2.2",
            "A backup dies before it forwards",
            "A backup that a sync node has chosen ends before it forwards the batch to the primary (before-forward). The sync"
                    + " node sends the same batch to the next store node.",
            play -> play.crashAndReturn(List.of(play.stage.backup()), "before-forward")),
    PRIMARY(
            "2.3",
            "The primary dies while it replicates",
            "The primary ends when only its own disk has the entry (after-local-append). The backups elect another one, which"
                    + " writes the repeated batch; the old one gives its entry up when it is back.",
            play -> play.crashAndReturn(List.of(play.stage.primary()), "after-local-append")),
    TWO_ADJACENT(
            "two-adjacent",
            "Two neighbours die at once",
            "The sync node that holds the token and the next one end at the same time. Token and copy are gone with them; the"
                    + " others find out by asking, and one of them claims a new epoch from the store.",
            play -> {
                String holder = play.stage.holder();
                play.crashAndReturn(List.of(holder, play.stage.after(holder)), "now");
            }),
    MUTE(
            "mute",
            "A sync node falls silent",
            "A sync node hears everything and does as it is told, but nothing that it sends arrives. It is taken for dead, and"
                    + " takes part again when it is heard.",
            play -> play.loseAndHeal(List.of(play.stage.busySync()), "mute")),
    DEAF(
            "deaf",
            "A sync node hears nothing",
            "A sync node sends, but hears neither calls nor answers. It cannot claim the token, because it hears no answer of"
                    + " the store.",
            play -> play.loseAndHeal(List.of(play.stage.busySync()), "deaf")),
    PAUSE(
            "pause",
            "A sync node is frozen for four seconds",
            "The process that writes for the clients stops and comes back with its memory (SIGSTOP, SIGCONT). By then another"
                    + " epoch has begun: what it still believes is fenced off.",
            play -> {
                String node = play.stage.busySync();
                play.stage.say(node + " freezes.");
                play.stage.freeze(node, Duration.ofSeconds(4));
                play.stage.awaitWrites();
                play.stage.say("The others write on.");
                play.stage.awaitThat(node + " is back", () -> play.nodes.health(node) == Nodes.Health.READY);
                play.stage.say(node + " has come back.");
            }),
    PARTITION(
            "partition",
            "A sync node and the primary are cut off",
            "Nothing goes in or out of one sync node and the primary. The two backups elect a primary of their own, the rest of"
                    + " the ring goes on; when the cut is healed, both take part again.",
            play -> play.loseAndHeal(List.of(play.stage.busySync(), play.stage.primary()), "mute", "deaf")),
    ROLLING_RESTART(
            "rolling-restart",
            "Every node is restarted, one after the other",
            "Each sync node and each store node leaves in order and is started again before the next one leaves, as in an"
                    + " upgrade. Takes a minute or two.",
            play -> {
                for (String node : play.stage.all()) {
                    play.stage.leave(node);
                    play.stage.say(node + " has left.");
                    play.stage.startAgain(node);
                }
            });

    private static final Duration THINK = Duration.ofMillis(100);
    private static final Duration LONG_THINK = Duration.ofMillis(700);

    private final String word;
    private final String title;
    private final String what;
    private final Consumer<Play> plot;

    Scenario(String word, String title, String what, Consumer<Play> plot) {
        this.word = word;
        this.title = title;
        this.what = what;
        this.plot = plot;
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
        plot.accept(new Play(stage, nodes));
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
    }
}
