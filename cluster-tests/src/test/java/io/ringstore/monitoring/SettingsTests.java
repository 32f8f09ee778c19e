package io.ringstore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Each setting of a service stands in docs/OPERATING.md with its default, and no other does. */
class SettingsTests {

    private static final Path OPERATING = Path.of("..", "docs", "OPERATING.md");
    private static final List<String> MODULES =
            List.of("cluster-link", "store-service", "sync-service", "client-service");

    /** A table is headed by the prefix that its settings have. */
    private static final Pattern HEAD =
            Pattern.compile("\\| [a-z ]+: `(ringstore\\.[a-z.]*)` \\| default \\| meaning \\|");

    private static final Pattern ROW = Pattern.compile("\\| (`[a-z.-]+`(?:, `[a-z.-]+`)*) \\|([^|]*)\\|([^|]*)\\|");
    private static final String NONE = "";

    /** Conditions of the lab's beans ask for the one; the store's application.yml says the other. */
    private static final Map<String, String> OTHERS =
            Map.of("ringstore.lab.enabled", "false", "ringstore.store.data", "data");

    @Test
    void eachSettingAndItsDefaultIsExplainedAndNoOther() throws Exception {
        Map<String, String> settings = settings();
        assertThat(settings).hasSizeGreaterThan(60).containsKey("ringstore.ring.copy-hot");

        assertThat(explained()).containsExactlyInAnyOrderEntriesOf(settings);
    }

    private static Map<String, String> settings() throws Exception {
        Map<String, String> settings = new TreeMap<>();
        try (URLClassLoader classes = new URLClassLoader(
                MODULES.stream().map(SettingsTests::classes).toArray(URL[]::new),
                SettingsTests.class.getClassLoader())) {
            var scan = new ClassPathScanningCandidateComponentProvider(false);
            scan.setResourceLoader(new DefaultResourceLoader(classes));
            scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
            for (var found : scan.findCandidateComponents("io.ringstore")) {
                Class<?> type = ClassUtils.forName(Objects.requireNonNull(found.getBeanClassName()), classes);
                String prefix =
                        type.getAnnotation(ConfigurationProperties.class).value();
                RecordComponent[] components = type.getRecordComponents();
                var parameters = type.getDeclaredConstructors()[0].getParameters();
                for (int i = 0; i < components.length; i++) {
                    DefaultValue value = parameters[i].getAnnotation(DefaultValue.class);
                    settings.put(
                            prefix + "." + kebab(components[i].getName()),
                            value == null || value.value().length == 0 ? NONE : normal(value.value()[0]));
                }
            }
        }
        settings.putAll(OTHERS);
        return settings;
    }

    private static URL classes(String module) {
        try {
            Path folder = Path.of("..", module, "target", "classes");
            assertThat(folder).isDirectory();
            return folder.toUri().toURL();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> explained() throws IOException {
        Map<String, String> explained = new LinkedHashMap<>();
        String prefix = null;
        for (String line : Files.readAllLines(OPERATING)) {
            Matcher head = HEAD.matcher(line);
            Matcher row = ROW.matcher(line);
            if (head.matches()) {
                prefix = head.group(1);
            } else if (line.isBlank()) {
                prefix = null;
            } else if (prefix != null && row.matches()) {
                List<String> names = words(row.group(1));
                List<String> defaults = words(row.group(2));
                assertThat(defaults).as(line).hasSameSizeAs(names);
                assertThat(row.group(3)).as(line).isNotBlank();
                for (int i = 0; i < names.size(); i++) {
                    assertThat(explained.put(prefix + names.get(i), normal(defaults.get(i))))
                            .as("%s stands there once", names.get(i))
                            .isNull();
                }
            }
        }
        return explained;
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.replace("`", "").split(",", -1))
                .map(String::strip)
                .toList();
    }

    /** 1 MiB, 1MB and 1048576 are the same, and so are 3500ms and 3.5 s. */
    private static String normal(String value) {
        String compact = value.replace(" ", "").replace("iB", "B");
        if (compact.matches("\\d+(ms|s|m|h|d)")) {
            return DurationStyle.detectAndParse(compact).toString();
        }
        return compact.matches("\\d+[KMG]B")
                ? String.valueOf(DataSize.parse(compact).toBytes())
                : compact;
    }
}
