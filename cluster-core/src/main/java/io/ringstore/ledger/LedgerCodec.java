package io.ringstore.ledger;

import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerCommand.Compact;
import io.ringstore.ledger.LedgerCommand.Reconfigure;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The ledger's encoding: on the wire between sync and store, in the replicated log, in history files and snapshots.
 *
 * <p>Everything starts with a version. Reading anything that no ledger wrote throws {@link MalformedLedgerData}.
 */
public final class LedgerCodec {

    private static final int VERSION = 1;
    private static final int SNAPSHOT_VERSION = 4;

    /** Of snapshots in which each remembered request had its origin, and nothing said whose it was. */
    private static final int SNAPSHOT_OF_SINGLE_REQUESTS = 2;

    /** Of snapshots in which each remembered request had its origin, after whose it was. */
    private static final int SNAPSHOT_OF_SINGLE_NAMED_REQUESTS = 3;

    private static final int BATCH = 1;
    private static final int CLAIM = 2;
    private static final int RECONFIGURE = 3;
    private static final int COMPACT = 4;

    /** No item of a snapshot is longer: a value and a key at their limits, with room to spare. */
    private static final int LONGEST_ITEM = 4 << 20;

    private LedgerCodec() {}

    private interface Encoding {
        void writeTo(LedgerWriter writer) throws IOException;
    }

    private interface Decoding<T> {
        T readFrom(LedgerReader reader) throws IOException;
    }

    private interface VersionedDecoding<T> {
        T readFrom(int version, LedgerReader reader) throws IOException;
    }

    public static byte[] encode(LedgerCommand command) {
        return bytes(writer -> write(writer, command));
    }

    public static LedgerCommand decodeCommand(byte[] bytes) {
        return value(bytes, LedgerCodec::readCommand);
    }

    public static byte[] encode(Stamp stamp) {
        return bytes(writer -> writer.stamp(stamp));
    }

    public static Stamp decodeStamp(byte[] bytes) {
        return value(bytes, LedgerReader::stamp);
    }

    public static byte[] encode(LogRecord record) {
        return bytes(writer -> writer.record(record));
    }

    public static LogRecord decodeRecord(byte[] bytes) {
        return value(bytes, LedgerReader::record);
    }

    public static byte[] encode(Txn txn) {
        return bytes(writer -> writer.txn(txn));
    }

    public static Txn decodeTxn(byte[] bytes) {
        return value(bytes, LedgerReader::txn);
    }

    public static byte[] encode(TxnOutcome outcome) {
        return bytes(writer -> writer.outcome(outcome));
    }

    public static TxnOutcome decodeTxnOutcome(byte[] bytes) {
        return value(bytes, LedgerReader::outcome);
    }

    private static byte[] bytes(Encoding encoding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try {
            LedgerWriter writer = new LedgerWriter(new DataOutputStream(out));
            writer.tag(VERSION);
            encoding.writeTo(writer);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static <T> T value(byte[] bytes, Decoding<T> decoding) {
        LedgerInput in = new LedgerInput(bytes);
        T value = read(in, bytes.length, (version, reader) -> {
            if (version != VERSION) {
                throw unknown(version);
            }
            return decoding.readFrom(reader);
        });
        if (in.available() > 0) {
            throw new MalformedLedgerData(in.available() + " bytes too many");
        }
        return value;
    }

    private static MalformedLedgerData unknown(int version) {
        return new MalformedLedgerData("encoding version " + version + " is not known here");
    }

    private static <T> T read(DataInput in, int longest, VersionedDecoding<T> decoding) {
        try {
            LedgerReader reader = new LedgerReader(in, longest);
            return decoding.readFrom(reader.tag(), reader);
        } catch (IOException | IllegalArgumentException broken) {
            throw new MalformedLedgerData("not what a ledger writes: " + broken.getMessage(), broken);
        }
    }

    private static void write(LedgerWriter writer, LedgerCommand command) throws IOException {
        switch (command) {
            case Batch batch -> {
                writer.tag(BATCH);
                writer.number(batch.config());
                writer.node(batch.node());
                writer.fence(batch.fence());
                writer.count(batch.entries().size());
                for (Entry entry : batch.entries()) {
                    writer.entry(entry);
                }
            }
            case Claim claim -> {
                writer.tag(CLAIM);
                writer.config(claim.config());
                writer.node(claim.node());
                writer.text(claim.claimId());
                writer.number(claim.expectEpoch());
                OptionalLong hop = claim.expectHop();
                writer.optionalNumber(hop.isPresent() ? hop.getAsLong() : null);
            }
            case Reconfigure change -> {
                writer.tag(RECONFIGURE);
                writer.number(change.expectConfig());
                writer.nodes(change.nodes());
            }
            case Compact(long upTo) -> {
                writer.tag(COMPACT);
                writer.number(upTo);
            }
        }
    }

    private static LedgerCommand readCommand(LedgerReader reader) throws IOException {
        int tag = reader.tag();
        return switch (tag) {
            case BATCH ->
                new Batch(
                        reader.number(),
                        reader.node(),
                        reader.fence(),
                        items(reader, reader.count(), LedgerReader::entry));
            case CLAIM -> {
                var config = reader.config();
                var node = reader.node();
                String claimId = reader.text();
                long expectEpoch = reader.number();
                Long hop = reader.optionalNumber();
                yield new Claim(
                        config, node, claimId, expectEpoch, hop == null ? OptionalLong.empty() : OptionalLong.of(hop));
            }
            case RECONFIGURE -> new Reconfigure(reader.number(), reader.nodes());
            case COMPACT -> new Compact(reader.number());
            default -> throw new MalformedLedgerData("no command: " + tag);
        };
    }

    /**
     * Writes a snapshot as a stream.
     *
     * @throws IOException if the output cannot take it
     */
    public static void write(LedgerSnapshot snapshot, DataOutput out) throws IOException {
        LedgerWriter writer = new LedgerWriter(out);
        writer.tag(SNAPSHOT_VERSION);
        writer.fence(snapshot.fence());
        writer.optionalText(snapshot.owner());
        writer.config(snapshot.config());
        writer.number(snapshot.storeTime());
        writer.number(snapshot.lastRevision());
        writer.number(snapshot.compacted());
        writer.number(snapshot.stateHash());
        writer.number(snapshot.keys().size());
        for (LogRecord record : snapshot.keys()) {
            writer.record(record);
        }
        snapshot.requestIds().writeTo(writer);
    }

    /** Reads a snapshot back; its integrity must have been checked before, by a checksum of the file it is in. */
    public static LedgerSnapshot readSnapshot(DataInput in) {
        return read(in, LONGEST_ITEM, (version, reader) -> switch (version) {
            case SNAPSHOT_VERSION -> readSnapshot(reader, RememberedRequests::readFrom);
            case SNAPSHOT_OF_SINGLE_NAMED_REQUESTS ->
                readSnapshot(reader, old -> singles(old, one -> one.singleRemembered(one.optionalText())));
            case SNAPSHOT_OF_SINGLE_REQUESTS ->
                readSnapshot(reader, old -> singles(old, one -> one.singleRemembered(null)));
            default -> throw unknown(version);
        });
    }

    private static LedgerSnapshot readSnapshot(LedgerReader reader, Decoding<RememberedRequests> requestIds)
            throws IOException {
        return new LedgerSnapshot(
                reader.fence(),
                reader.optionalText(),
                reader.config(),
                reader.number(),
                reader.number(),
                reader.number(),
                reader.number(),
                items(reader, reader.number(), LedgerReader::record),
                requestIds.readFrom(reader));
    }

    private static RememberedRequests singles(LedgerReader reader, Decoding<RememberedRequest> single)
            throws IOException {
        return RememberedRequests.of(items(reader, reader.number(), single));
    }

    private static <T> List<T> items(LedgerReader reader, long count, Decoding<T> decoding) throws IOException {
        List<T> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(decoding.readFrom(reader));
        }
        return items;
    }
}
