package io.ringstore.client.web;

import io.ringstore.client.access.Caller;
import io.ringstore.client.backup.StoreBackups;
import io.ringstore.client.gateway.GatewayProperties;
import io.ringstore.link.ClusterProperties;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Everything the cluster holds as one stream: for admins, or, where nobody is asked who he is, if the operator allows it. */
@RestController
class BackupController {

    private static final Logger log = LoggerFactory.getLogger(BackupController.class);
    private static final String PATH = "/v1/admin/snapshot";
    private static final List<String> PASSED_ON = List.of("Ringstore-Revision", "Ringstore-State-Hash");

    private final StoreBackups backups;
    private final String cluster;
    private final boolean allowed;

    BackupController(StoreBackups backups, ClusterProperties cluster, GatewayProperties settings) {
        this.backups = backups;
        this.cluster = cluster.cluster();
        this.allowed = settings.admin();
    }

    @GetMapping(PATH)
    void backup(HttpServletResponse response, Caller caller) {
        caller.requireAllKeys();
        if (caller.principal() == null && !allowed) {
            throw Problems.adminIsOff();
        }
        if (!backups.read((headers, content) -> pass(headers, content, response))) {
            throw Problems.noBackup();
        }
    }

    /** To learn the length of a backup takes as much as to take it. */
    @RequestMapping(path = PATH, method = RequestMethod.HEAD)
    void nothing() throws HttpRequestMethodNotSupportedException {
        throw new HttpRequestMethodNotSupportedException("HEAD", List.of("GET"));
    }

    /** The length is said beforehand and the connection ends with the answer, so that one that breaks off is noticed. */
    private void pass(HttpHeaders headers, InputStream content, HttpServletResponse response) {
        String revision = headers.getFirst("Ringstore-Revision");
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(headers.getContentLength());
        response.setHeader(HttpHeaders.CONNECTION, "close");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + cluster + "-" + revision + ".backup\"");
        for (String name : PASSED_ON) {
            response.setHeader(name, headers.getFirst(name));
        }
        try {
            content.transferTo(response.getOutputStream());
        } catch (IOException broken) {
            log.warn("backup broke off revision={} reason=\"{}\"", revision, broken.getMessage());
        }
    }
}
