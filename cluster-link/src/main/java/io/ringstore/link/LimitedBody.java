package io.ringstore.link;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body ends in an {@link IOException} beyond a limit; for bodies that do not say how long they are. */
final class LimitedBody extends HttpServletRequestWrapper {

    private final long limit;

    LimitedBody(HttpServletRequest request, long limit) {
        super(request);
        this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Limited(super.getInputStream(), limit);
    }

    private static final class Limited extends ServletInputStream {

        private final ServletInputStream body;
        private long left;

        Limited(ServletInputStream body, long limit) {
            this.body = body;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            if (one >= 0) {
                take(1);
            }
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = body.read(buffer, offset, length);
            if (count > 0) {
                take(count);
            }
            return count;
        }

        private void take(int count) throws IOException {
            left -= count;
            if (left < 0) {
                throw new IOException("the body is longer than a body between nodes may be");
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
