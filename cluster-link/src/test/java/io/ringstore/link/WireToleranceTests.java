package io.ringstore.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.RingHealth;
import io.ringstore.api.StoreApi;
import io.ringstore.api.SyncApi;
import io.ringstore.api.SyncPeerApi;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nodes of neighbouring versions understand each other: what a later one adds is ignored, what an earlier one lacks is absent.
 *
 * <p>It holds for each message of each contract between services, whatever messages there are.
 */
class WireToleranceTests {

    private static final List<Class<?>> CONTRACTS =
            List.of(SyncPeerApi.class, SyncApi.class, StoreApi.class, RingHealth.Api.class);

    /** What the first version cannot do without. A field that is added later is nullable, and so never in this list. */
    private static final String ALWAYS_SENT = """
            BatchAnswer results view
            ByeMessage cluster from
            ClaimAnswer status epoch view
            ClaimMessage cfg nodes node claimId expectEpoch
            CopyMessage token to
            Details
            FenceMessage epoch hop
            KeyItem key revision size
            KeyListing revision items lag
            KeyRead applied lag
            KeysQuestion consistency keys
            LogPage from last records
            MomentMessage at node event
            MomentsMessage incarnation last moments
            NodeState id index seen phase phaseForMs blocked incarnation queue vec
            OriginMessage fence sync syncIndex storedAt via primary term
            PassReply
            ReconfigureMessage expectCfg nodes
            RecordMessage revision op key requestId timestamp origin
            RingHealth status
            StoreStatus id role term commit applied revision stateHash storeTime clock
            StoreViewMessage fence cfg nodes storeTime
            TokenMessage cluster cfg from epoch hop vec hlc
            WakeMessage cluster from cfg incarnation
            WriteMessage requestId op key patienceMs
            WriteResult status created duplicate
            """;

    private static final JsonMapper JSON = mapperOfTheServices();

    private static JsonMapper mapperOfTheServices() {
        List<JsonMapper> found = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .run(context -> found.add(context.getBean(JsonMapper.class)));
        return found.getFirst();
    }

    static Set<Class<?>> messages() {
        Set<Class<?>> messages = new LinkedHashSet<>();
        for (Class<?> contract : CONTRACTS) {
            for (Method call : contract.getMethods()) {
                Stream.concat(Stream.of(call.getGenericReturnType()), Arrays.stream(call.getGenericParameterTypes()))
                        .forEach(type -> collect(type, messages));
            }
        }
        return messages;
    }

    private static void collect(Type type, Set<Class<?>> into) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(part -> collect(part, into));
        } else if (type instanceof Class<?> message && message.isRecord() && into.add(message)) {
            Arrays.stream(message.getRecordComponents()).forEach(field -> collect(field.getGenericType(), into));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatALaterVersionAddsIsIgnored(Class<?> message) throws ReflectiveOperationException {
        Object sent = sample(message);
        JsonNode json = JSON.valueToTree(sent);
        addToEachObject(json);

        assertThat(json.has("ofALaterVersion")).isTrue();
        assertThat(JSON.readValue(JSON.writeValueAsString(json), message))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    private static void addToEachObject(JsonNode json) {
        json.forEach(WireToleranceTests::addToEachObject);
        if (json instanceof ObjectNode object) {
            object.putObject("ofALaterVersion").putArray("list").add(1);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatMayBeMissingMayBeAbsent(Class<?> message) throws ReflectiveOperationException {
        for (RecordComponent field : message.getRecordComponents()) {
            if (isNullable(field)) {
                ObjectNode json = JSON.valueToTree(sample(message));
                assertThat(json.remove(field.getName())).as(field.toString()).isNotNull();

                Object read = JSON.readValue(JSON.writeValueAsString(json), message);

                assertThat(field.getAccessor().invoke(read))
                        .as(field.toString())
                        .isNull();
            }
        }
    }

    @Test
    void nothingIsRequiredThatAnEarlierVersionDoesNotSend() {
        String required = messages().stream()
                .map(message -> Stream.concat(
                                Stream.of(message.getSimpleName()),
                                Arrays.stream(message.getRecordComponents())
                                        .filter(field -> !isNullable(field))
                                        .map(RecordComponent::getName))
                        .collect(Collectors.joining(" ")))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(required).isEqualTo(ALWAYS_SENT);
    }

    private static boolean isNullable(RecordComponent field) {
        AnnotatedType type = field.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Object sample(Class<?> message) throws ReflectiveOperationException {
        RecordComponent[] fields = message.getRecordComponents();
        Object[] values = new Object[fields.length];
        Class<?>[] types = new Class<?>[fields.length];
        for (int i = 0; i < fields.length; i++) {
            types[i] = fields[i].getType();
            values[i] = value(fields[i].getGenericType());
        }
        Constructor<?> canonical = message.getDeclaredConstructor(types);
        return canonical.newInstance(values);
    }

    private static Object value(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType list) {
            return List.of(value(list.getActualTypeArguments()[0]));
        }
        if (type instanceof GenericArrayType || type == byte[].class) {
            return new byte[] {1, 2, 3};
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return sample(plain);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        return switch (plain.getSimpleName()) {
            case "String" -> "text";
            case "long", "Long" -> 7L;
            case "int", "Integer" -> 3;
            case "boolean", "Boolean" -> true;
            default -> throw new IllegalArgumentException("no sample of a " + plain);
        };
    }
}
