package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTests {

    private static final String VERSION_7 = "019ac5d2-7b3f-7abc-8def-0123456789ab";

    @Test
    void everyUuidComesBackAsItWasWritten() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            String text = new UUID(random.nextLong(), random.nextLong()).toString();

            assertThat(RequestId.of(text)).isInstanceOf(RequestId.Uuid.class).hasToString(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-17",
                "019ac5d27b3f7abc8def0123456789ab0000",
                "019ac5d2-7b3f-7abc-8def-0123456789a",
                "019ac5d2-7b3f-7abc-8def-0123456789ag",
                "019ac5d2-7b3f-7abc-8def+0123456789ab"
            })
    void anyOtherTextStaysAsItIsAndTellsNoTime(String text) {
        assertThat(RequestId.of(text)).isEqualTo(new RequestId.Text(text)).hasToString(text);
        assertThat(RequestId.of(text).madeAt()).isEmpty();
    }

    @Test
    void capitalsMakeAnotherIdOfTheSameAge() {
        RequestId small = RequestId.of(VERSION_7);
        RequestId capital = RequestId.of(VERSION_7.toUpperCase(Locale.ROOT));

        assertThat(capital).isNotEqualTo(small).hasToString(VERSION_7.toUpperCase(Locale.ROOT));
        assertThat(capital.madeAt()).isEqualTo(small.madeAt()).hasValue(0x019a_c5d2_7b3fL);
    }

    @Test
    void onlyVersionSevenTellsWhenItWasMade() {
        assertThat(RequestId.of("019ac5d2-7b3f-4abc-8def-0123456789ab").madeAt())
                .isEmpty();
    }
}
