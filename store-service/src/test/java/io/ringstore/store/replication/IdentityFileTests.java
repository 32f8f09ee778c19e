package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk is one peer of one cluster for ever (P6). */
class IdentityFileTests {

    @TempDir
    private Path directory;

    @Test
    void aDiskKeepsItsIdentity() throws IOException {
        NodeIdentity first = file().loadOrCreate("c", "store-0");
        NodeIdentity member = first.in(new UUID(1, 2), List.of(first.peer())).startedOnce();
        file().save(member);

        assertThat(file().loadOrCreate("c", "store-0")).isEqualTo(member);
    }

    @Test
    void anEmptiedDiskIsAnotherPeer() throws IOException {
        NodeIdentity before = file().loadOrCreate("c", "store-0");
        Files.delete(directory.resolve("identity.json"));

        assertThat(file().loadOrCreate("c", "store-0").peer()).isNotEqualTo(before.peer());
    }

    @Test
    void aDiskOfAnotherNodeOrClusterIsRefused() throws IOException {
        file().loadOrCreate("c", "store-0");

        assertThatThrownBy(() -> file().loadOrCreate("c", "store-1")).hasMessageContaining("belongs to node store-0");
        assertThatThrownBy(() -> file().loadOrCreate("d", "store-0")).hasMessageContaining("of cluster c");
    }

    @Test
    void dataWithoutAnIdentityIsDamage() throws IOException {
        Files.createDirectories(directory.resolve("raft"));

        assertThatThrownBy(() -> file().loadOrCreate("c", "store-0")).isInstanceOf(DamagedStorageException.class);
    }

    @Test
    void anUnreadableIdentityIsDamageAndNeverReplaced() throws IOException {
        Path json = directory.resolve("identity.json");
        Files.writeString(json, "{\"cluster\":");

        assertThatThrownBy(() -> file().loadOrCreate("c", "store-0"))
                .isInstanceOf(DamagedStorageException.class)
                .hasMessageContaining(json.toString());
        assertThat(json).hasContent("{\"cluster\":");
    }

    private IdentityFile file() {
        return new IdentityFile(directory);
    }
}
