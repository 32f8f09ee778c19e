package io.ringstore.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/** The types in the console's sources hold, says TypeScript's compiler; it runs in Chromium, so that no other engine is needed. */
@EnabledIf(value = "io.ringstore.browser.Browser#isThere", disabledReason = "needs chromium and chromedriver")
class ConsoleTypesTests {

    private static final Path MODULE = Path.of("..", "client-service");
    private static final Path CONSOLE = MODULE.resolve("src/main/resources/console");
    private static final String LIBRARY = "/META-INF/resources/webjars/typescript/5.9.3/lib";
    private static final String PAGE = "<!doctype html><title>types</title><script src=/typescript.js></script>";

    /** Takes sources by name, and the text of tsconfig.json. What a browser has is declared in files of the compiler. */
    private static final String CHECK = """
        const [sources, config] = arguments;
        const given = ts.parseConfigFileTextToJson('tsconfig.json', config).config.compilerOptions;
        const { options } = ts.convertCompilerOptionsFromJson(given, '/');
        const declarations = (name) => {
          const request = new XMLHttpRequest();
          request.open('GET', name, false);
          request.send();
          return request.status === 200 ? request.responseText : undefined;
        };
        const read = (name) => sources[name] ?? (name.startsWith('/lib.') ? declarations(name) : undefined);
        const host = {
          fileExists: (name) => name in sources,
          readFile: read,
          getSourceFile: (name, version) => {
            const text = read(name);
            return text === undefined ? undefined : ts.createSourceFile(name, text, version);
          },
          getDefaultLibFileName: (wanted) => '/' + ts.getDefaultLibFileName(wanted),
          getDefaultLibLocation: () => '/',
          writeFile: () => {},
          getCurrentDirectory: () => '/',
          getCanonicalFileName: (name) => name,
          useCaseSensitiveFileNames: () => true,
          getNewLine: () => ' ',
        };
        const program = ts.createProgram(Object.keys(sources), options, host);
        return ts.getPreEmitDiagnostics(program).map((found) => (found.file?.fileName ?? '') + ': '
          + ts.flattenDiagnosticMessageText(found.messageText, ' '))\
        """;

    private static HttpServer server;
    private static Browser browser;
    private static Map<String, String> sources;

    @BeforeAll
    static void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ConsoleTypesTests::serve);
        server.start();
        browser = new Browser();
        browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        sources = sources();
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.stop(0);
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = path.equals("/") ? PAGE.getBytes(StandardCharsets.UTF_8) : partOfTheCompiler(path);
        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] partOfTheCompiler(String path) throws IOException {
        try (InputStream file = ConsoleTypesTests.class.getResourceAsStream(LIBRARY + path)) {
            return file == null ? new byte[0] : file.readAllBytes();
        }
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CONSOLE)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                texts.put("/console/" + CONSOLE.relativize(file), Files.readString(file));
            }
        }
        return texts;
    }

    private static List<String> faults(Map<String, String> texts) throws IOException {
        return browser.run(CHECK, texts, Files.readString(MODULE.resolve("tsconfig.json")))
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void everySourceIsWhatItsTypesSay() throws IOException {
        assertThat(sources).hasSizeGreaterThan(15);
        assertThat(faults(sources)).isEmpty();
    }

    @Test
    void aFieldThatNoSampleHasIsFound() throws IOException {
        Map<String, String> wrong = new TreeMap<>(sources);
        wrong.merge(
                "/console/views/ring.js",
                "/** @param {State} state */ export const wrong = (state) => state.phase;",
                String::concat);
        assertThat(faults(wrong))
                .singleElement()
                .asString()
                .startsWith("/console/views/ring.js: Property 'phase' does not exist");
    }
}
