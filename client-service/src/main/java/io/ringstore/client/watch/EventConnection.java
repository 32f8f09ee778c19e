package io.ringstore.client.watch;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Lets a stream outlive its request: Tomcat is told that the connection speaks another protocol once the head of the
 * answer is sent, and takes back the buffers of the request, some 70 KiB that a silent watcher would keep from others.
 *
 * <p>Public because Tomcat makes it.
 */
public final class EventConnection implements InternalHttpUpgradeHandler {

    private static final int DISCARDED = 512;

    private @Nullable EventStream stream;
    private @Nullable SocketWrapperBase<?> socket;

    /** Before the request is over, and so before anything else happens here. */
    void belongsTo(EventStream owner) {
        stream = owner;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
        if (stream != null) {
            stream.goesOn(wrapper);
        }
    }

    /** Whatever a client still says is of no interest, but that it is gone is. */
    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        return event == SocketEvent.OPEN_READ && isThere() ? SocketState.UPGRADED : SocketState.CLOSED;
    }

    private boolean isThere() {
        if (socket == null) {
            return false;
        }
        try {
            byte[] discarded = new byte[DISCARDED];
            int count = socket.read(false, discarded, 0, DISCARDED);
            while (count > 0) {
                count = socket.read(false, discarded, 0, DISCARDED);
            }
            return count == 0;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void destroy() {
        if (stream != null) {
            stream.end();
        }
    }

    @Override
    public void init(WebConnection connection) {
        // its streams are not used
    }

    @Override
    public void timeoutAsync(long now) {
        // there is nothing to be late with
    }

    @Override
    public void setSslSupport(SSLSupport support) {
        // nobody asks who the client is
    }

    @Override
    public void pause() {
        // streams end before the web server pauses
    }
}
