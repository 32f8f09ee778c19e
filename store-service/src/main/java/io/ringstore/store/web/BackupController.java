package io.ringstore.store.web;

import io.ringstore.store.replication.Backups;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives a backup of the running cluster away; not part of the contract between nodes, because it is a stream. */
@RestController
final class BackupController {

    private final Backups backups;

    BackupController(Backups backups) {
        this.backups = backups;
    }

    /** Says its length beforehand and ends the connection, so that whoever reads it notices if it breaks off. */
    @GetMapping("/store/backup")
    void backup(HttpServletResponse response) throws IOException {
        try (Backups.Backup backup = backups.take()) {
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            response.setContentLengthLong(backup.size());
            response.setHeader(HttpHeaders.CONNECTION, "close");
            response.setHeader("Ringstore-Revision", String.valueOf(backup.revision()));
            response.setHeader("Ringstore-State-Hash", backup.stateHash());
            backup.writeTo(response.getOutputStream());
        }
    }
}
