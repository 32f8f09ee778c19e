package io.ringstore.sync.write;

import io.ringstore.link.binary.BinaryForms;
import io.ringstore.link.shortcut.Shortcuts;
import jakarta.servlet.http.HttpServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;

/** Every write comes this way. */
@Configuration(proxyBeanMethods = false)
class WriteShortcut {

    @Bean
    ServletRegistrationBean<HttpServlet> writesShortcut(Shortcuts shortcuts, WriteController controller) {
        return shortcuts.to(
                "/sync/writes",
                BinaryForms.WRITES,
                BinaryForms.RESULTS,
                (writes, _) -> ResponseEntity.ok(controller.write(writes)));
    }
}
