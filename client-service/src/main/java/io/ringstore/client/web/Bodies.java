package io.ringstore.client.web;

import io.ringstore.client.gateway.GatewayProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Reads bodies as they are, never more than they may have, never longer than they may take, and never more at once than
 * there is room for.
 *
 * <p>Nothing is admitted to the gateway before it is there as a whole, so who sends slowly keeps nobody from writing. What
 * has arrived takes room until its request is answered, but for the first part of each: so whoever sends little always can,
 * however much others are sending.
 */
@Component
class Bodies implements WebMvcConfigurer, HandlerInterceptor {

    static final int MAX_VALUE = 256 << 10;

    /** Twice what a batch of the ring may have: JSON says the same in more bytes. */
    static final int MAX_JSON = 2 << 20;

    /** How much room a byte of JSON takes, for what is made of it. */
    private static final int JSON_ROOM = 8;

    private static final int CHUNK = 8 << 10;
    private static final String ROOM = Bodies.class.getName();

    private final Duration patience;
    private final Semaphore room;

    Bodies(GatewayProperties settings) {
        this.patience = settings.bodyPatience();
        this.room = new Semaphore(settings.maxBodyBytes());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        giveBack(request);
    }

    /** Gives back the room that the request's body took. */
    void giveBack(HttpServletRequest request) {
        int taken = taken(request);
        if (taken > 0) {
            room.release(taken);
            request.removeAttribute(ROOM);
        }
    }

    private static int taken(HttpServletRequest request) {
        return request.getAttribute(ROOM) instanceof Integer taken ? taken : 0;
    }

    private void takeRoom(HttpServletRequest request, int needed) {
        int taken = taken(request);
        if (needed > taken) {
            if (!room.tryAcquire(needed - taken)) {
                throw Problems.tooManyBodies();
            }
            request.setAttribute(ROOM, needed);
        }
    }

    /** A value, byte for byte. */
    byte[] value(HttpServletRequest request) throws IOException {
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            // The coding would be forgotten, and readers could make nothing of the value.
            throw Problems.unsupportedCoding();
        }
        if (request.getHeader(HttpHeaders.CONTENT_RANGE) != null) {
            throw Problems.badRequest("A value is put as a whole, without Content-Range.");
        }
        return read(request, MAX_VALUE, 1);
    }

    byte[] json(HttpServletRequest request) throws IOException {
        return read(request, MAX_JSON, JSON_ROOM);
    }

    private byte[] read(HttpServletRequest request, int max, int roomPerByte) throws IOException {
        long length = request.getContentLengthLong();
        if (length > max) {
            throw Problems.tooLarge(max);
        }
        long began = System.nanoTime();
        InputStream in = request.getInputStream();
        byte[] chunk = new byte[length < 0 ? CHUNK : Math.clamp(length, 1, CHUNK)];
        ByteArrayOutputStream body = new ByteArrayOutputStream(chunk.length);
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            body.write(chunk, 0, count);
            if (body.size() > max) {
                throw Problems.tooLarge(max);
            }
            takeRoom(request, (body.size() - CHUNK) * roomPerByte);
            if (body.size() != length && System.nanoTime() - began > patience.toNanos()) {
                throw Problems.bodyTooSlow();
            }
        }
        return body.toByteArray();
    }
}
