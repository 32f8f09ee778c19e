package io.ringstore.sync.health;

import io.ringstore.api.NodeState;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.sync.loop.LoopAnswers;
import io.ringstore.sync.loop.RingInbox;
import io.ringstore.sync.wire.Self;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** How this node is, asked of its own loop, so that a stuck ring cannot look healthy (§4.5). */
@Component("ring")
class RingHealthIndicator implements HealthIndicator {

    private final RingInbox inbox;
    private final Self self;

    RingHealthIndicator(RingInbox inbox, Self self) {
        this.inbox = inbox;
        this.self = self;
    }

    @Override
    public Health health() {
        try {
            if (LoopAnswers.await(inbox.ask(RingEvent.ReportAsked::new)) instanceof PeerReply.Report(var report)) {
                NodeState state = self.describe(report);
                boolean away = report.phase() == NodePhase.JOINING || report.phase() == NodePhase.LEAVING;
                return (away ? Health.outOfService() : Health.up())
                        .withDetail("ring", state)
                        .build();
            }
        } catch (RejectedExecutionException full) {
            return Health.down()
                    .withDetail("reason", "the ring's inbox is full")
                    .build();
        }
        return Health.down()
                .withDetail("reason", "the ring's loop has not answered for " + LoopAnswers.PATIENCE)
                .build();
    }
}
