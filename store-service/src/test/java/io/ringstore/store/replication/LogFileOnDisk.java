package io.ringstore.store.replication;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** Writes files as Ratis leaves them, to be hurt afterwards. That they are alike is shown by replicas that restart. */
final class LogFileOnDisk {

    private static final int PREALLOCATED = 1 << 11;

    final Path path;

    /** Where each record begins, and after the last one where the data ends. */
    final List<Integer> offsets = new ArrayList<>();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private LogFileOnDisk(Path path) {
        this.path = path;
        bytes.writeBytes("RaftLog1".getBytes(StandardCharsets.UTF_8));
        offsets.add(bytes.size());
    }

    /** The file that is written to, which is longer than its data. */
    static LogFileOnDisk open(Path directory, int first, int entries) throws IOException {
        LogFileOnDisk file = new LogFileOnDisk(directory.resolve("log_inprogress_" + first));
        file.write(first, entries, PREALLOCATED);
        return file;
    }

    static LogFileOnDisk closed(Path directory, int first, int entries) throws IOException {
        LogFileOnDisk file = new LogFileOnDisk(directory.resolve("log_" + first + "-" + (first + entries - 1)));
        file.write(first, entries, 0);
        return file;
    }

    private void write(int first, int entries, int length) throws IOException {
        for (int index = first; index < first + entries; index++) {
            append(index);
        }
        Files.write(path, Arrays.copyOf(bytes.toByteArray(), Math.max(length, bytes.size())));
    }

    private void append(int index) throws IOException {
        var record = new ByteArrayOutputStream();
        LogEntryProto.newBuilder()
                .setTerm(1)
                .setIndex(index)
                .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder()
                        .setLogData(ByteString.copyFromUtf8("command " + index + "x".repeat(index % 4 == 3 ? 130 : 0))))
                .build()
                .writeDelimitedTo(record);
        CRC32C crc = new CRC32C();
        crc.update(record.toByteArray());
        bytes.writeBytes(record.toByteArray());
        bytes.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
        offsets.add(bytes.size());
    }

    /** What was written, without the zeros behind it. */
    byte[] content() {
        return bytes.toByteArray();
    }

    int dataEnd() {
        return offsets.getLast();
    }

    /** Where the record before the end of data begins. */
    int lastRecord() {
        return offsets.get(offsets.size() - 2);
    }

    void zero(int from, int to) throws IOException {
        byte[] content = Files.readAllBytes(path);
        Arrays.fill(content, from, to, (byte) 0);
        Files.write(path, content);
    }

    void flipBit(int offset) throws IOException {
        byte[] content = Files.readAllBytes(path);
        content[offset] ^= 0x04;
        Files.write(path, content);
    }
}
