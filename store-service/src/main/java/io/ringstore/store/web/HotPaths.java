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

/** What comes all the time: every write, twice if it is forwarded, and every read of a key. */
@Configuration(proxyBeanMethods = false)
class HotPaths {

    @Bean
    ServletRegistrationBean<HttpServlet> batchesShortcut(Shortcuts shortcuts, StoreController controller) {
        return shortcuts.to(
                "/store/batch",
                BodyForm.BYTES,
                BinaryForms.BATCH_ANSWER,
                (batch, request) -> ResponseEntity.ok(controller.batch(batch, request.getHeader(StoreApi.VIA))));
    }

    @Bean
    ServletRegistrationBean<HttpServlet> readsShortcut(Shortcuts shortcuts, StoreController controller) {
        return shortcuts.to(
                "/store/reads",
                BinaryForms.KEYS_QUESTION,
                BinaryForms.KEY_READS,
                (question, _) -> ResponseEntity.ok(controller.reads(question)));
    }
}
