package io.ringstore.client.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of API tokens is read strictly, and holds nothing that a token could be made of. */
class ApiTokensTests {

    /** SHA-256 of "rita-token". */
    private static final String HASH = "d7b426ec51712b3284ee4bb20cb8ef761e71d8f1d7d8433a271165f4120e9507";

    @TempDir
    private Path directory;

    private ApiTokens read(String content) throws IOException {
        return ApiTokens.read(Files.writeString(directory.resolve("tokens"), content));
    }

    @Test
    void aTokenIsFoundByItsHashWithItsRoleAndPrefixes() throws IOException {
        ApiTokens tokens = read("# people\n\n  rita reader " + HASH + " fruit/  a%20b/\n");

        assertThat(tokens.find("rita-token")).isEqualTo(new Caller("rita", Role.READER, List.of("fruit/", "a b/")));
        assertThat(tokens.find("rita-tokem")).isNull();
        assertThat(tokens.find(HASH)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rita reader             | NAME ROLE HASH
            rita owner HASH         | a role is reader, writer or admin
            rita READER HASH        | a role is reader, writer or admin
            ri:ta reader HASH       | a name has
            rita reader secret      | a hash is SHA-256
            rita admin HASH fruit/  | an admin has no prefix
            rita reader HASH %zz    | line 1
            """)
    void aLineThatMakesNoSenseIsRefusedAndItsPlaceNamed(String line, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(line.replace("HASH", HASH)))
                .withMessageContaining("line 1")
                .withMessageContaining(complaint)
                .satisfies(told -> assertThat(told.getMessage()).doesNotContain(HASH, "secret"));
    }

    @Test
    void aFileWithoutTokensOrNoneAtAllIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("# nobody\n"))
                .withMessageContaining("no token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiTokens.read(directory.resolve("none")))
                .withMessageContaining("cannot read");
    }

    @Test
    void twoPrincipalsCannotHaveTheSameToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("rita reader " + HASH + "\nada admin " + HASH + "\n"))
                .withMessageContaining("line 2");
    }

    /** A comparison that ends at the first wrong byte would let a hash be felt out. */
    @Test
    void hashesAreComparedByTheOneMethodThatTakesConstantTime() throws IOException {
        try (InputStream compiled = ApiTokens.class.getResourceAsStream("ApiTokens.class")) {
            String constants = new String(Objects.requireNonNull(compiled).readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(constants).contains("isEqual");
        }
    }
}
