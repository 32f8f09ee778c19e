package io.ringstore.store.web;

import io.ringstore.api.StoreApi;
import io.ringstore.link.binary.BinaryForms;
import io.ringstore.link.shortcut.BodyForm;
import io.ringstore.link.shortcut.Shortcuts;
import jakarta.servlet.http.HttpServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;

/** Every write comes this way, twice if it is forwarded. */
@Configuration(proxyBeanMethods = false)
class BatchShortcut {

    @Bean
    ServletRegistrationBean<HttpServlet> batchesShortcut(Shortcuts shortcuts, StoreController controller) {
        return shortcuts.to(
                "/store/batch",
                BodyForm.BYTES,
                BinaryForms.BATCH_ANSWER,
                (batch, request) -> ResponseEntity.ok(controller.batch(batch, request.getHeader(StoreApi.VIA))));
    }
}
