package io.ringstore.link.binary;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets controllers and clients speak the compact form where a contract asks for it. */
@Configuration(proxyBeanMethods = false)
public class BinaryConfiguration implements WebMvcConfigurer {

    private static final List<HttpMessageConverter<?>> CONVERTERS = List.of(
            new BinaryConverter<>(new WritesForm()),
            new BinaryConverter<>(new ResultsForm()),
            new BinaryConverter<>(new BatchAnswerForm()),
            new BinaryConverter<>(new KeysQuestionForm()),
            new BinaryConverter<>(new KeyReadsForm()));

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        CONVERTERS.forEach(builder::addCustomConverter);
    }

    /** What a client needs beside JSON. */
    public static void addTo(HttpMessageConverters.ClientBuilder builder) {
        builder.registerDefaults();
        CONVERTERS.forEach(builder::addCustomConverter);
    }
}
