package io.ringstore.sync.peer;

import io.ringstore.api.CopyMessage;
import io.ringstore.api.PassReply;
import io.ringstore.api.TokenMessage;
import io.ringstore.link.shortcut.Shortcuts;
import jakarta.servlet.http.HttpServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tokens and copies arrive once a second at rest and hundreds of times under load. */
@Configuration(proxyBeanMethods = false)
class PeerShortcuts {

    @Bean
    ServletRegistrationBean<HttpServlet> tokenShortcut(Shortcuts shortcuts, TokenController controller) {
        return shortcuts.json(
                "/ring/token", TokenMessage.class, PassReply.class, (token, _) -> controller.passToken(token));
    }

    @Bean
    ServletRegistrationBean<HttpServlet> copyShortcut(Shortcuts shortcuts, TokenController controller) {
        return shortcuts.json("/ring/copy", CopyMessage.class, PassReply.class, (copy, _) -> controller.sendCopy(copy));
    }
}
