package io.ringstore.link.binary;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverter;

/** Boot hands these to every client and to the controllers. */
@Configuration(proxyBeanMethods = false)
public class BinaryConfiguration {

    @Bean
    HttpMessageConverter<List<WriteMessage>> writesConverter() {
        return new BinaryConverter<>(new WritesForm());
    }

    @Bean
    HttpMessageConverter<List<WriteResult>> resultsConverter() {
        return new BinaryConverter<>(new ResultsForm());
    }

    @Bean
    HttpMessageConverter<BatchAnswer> batchAnswerConverter() {
        return new BinaryConverter<>(new BatchAnswerForm());
    }
}
