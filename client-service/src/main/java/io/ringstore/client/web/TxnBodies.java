package io.ringstore.client.web;

import io.ringstore.ledger.Comparison;
import io.ringstore.ledger.Comparison.Operand;
import io.ringstore.ledger.Comparison.Relation;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads transactions; whatever is not understood is refused, and the answer says where it stands. */
final class TxnBodies {

    private static final Map<String, Relation> RELATIONS = Map.of(
            "equal", Relation.EQUAL,
            "notEqual", Relation.NOT_EQUAL,
            "greater", Relation.GREATER,
            "less", Relation.LESS);

    private static final String TEXT = "text/plain;charset=UTF-8";

    private TxnBodies() {}

    static Txn txn(JsonNode body) {
        if (!body.isObject()) {
            throw Problems.badRequest("A transaction is a JSON object.");
        }
        new Part("The transaction", body).requireOnly(Set.of("compare", "then", "else"));
        List<Comparison> comparisons =
                parts(body, "compare").stream().map(TxnBodies::comparison).toList();
        List<Step> then = parts(body, "then").stream().map(TxnBodies::step).toList();
        List<Step> otherwise = parts(body, "else").stream().map(TxnBodies::step).toList();
        if (then.isEmpty() && otherwise.isEmpty()) {
            throw Problems.badRequest("A transaction does something in then or in else.");
        }
        try {
            return new Txn(comparisons, then, otherwise);
        } catch (IllegalArgumentException tooMuch) {
            throw Problems.badTransaction(tooMuch.getMessage());
        }
    }

    private static List<Part> parts(JsonNode body, String name) {
        JsonNode list = body.path(name);
        if (list.isMissingNode()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw Problems.badRequest(name + " is a list.");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            parts.add(new Part(name + "[" + i + "]", list.get(i)));
        }
        return parts;
    }

    private static Comparison comparison(Part part) {
        String target = part.text("target");
        Relation relation = RELATIONS.get(part.text("result"));
        if (relation == null) {
            throw part.wrong("result is equal, notEqual, greater or less");
        }
        Operand operand = switch (target) {
            case "value" -> {
                part.requireOnly(Set.of("key", "target", "result", "value", "valueBase64"));
                yield new Operand.Content(part.bytes());
            }
            case "revision" -> {
                part.requireOnly(Set.of("key", "target", "result", "revision"));
                yield new Operand.Revision(part.revision());
            }
            case "exists" -> {
                part.requireOnly(Set.of("key", "target", "result", "exists"));
                yield new Operand.Existence(part.exists());
            }
            default -> throw part.wrong("target is value, revision or exists");
        };
        if (target.equals("exists") && relation != Relation.EQUAL && relation != Relation.NOT_EQUAL) {
            throw part.wrong("exists is equal or notEqual");
        }
        return new Comparison(part.key(), operand, relation);
    }

    private static Step step(Part part) {
        return switch (part.text("op")) {
            case "put" -> {
                part.requireOnly(Set.of("op", "key", "value", "valueBase64", "contentType"));
                yield new Step.Put(part.key(), new Value(part.bytes(), part.contentType()));
            }
            case "delete" -> {
                part.requireOnly(Set.of("op", "key"));
                yield new Step.Delete(part.key());
            }
            case "get" -> {
                part.requireOnly(Set.of("op", "key"));
                yield new Step.Get(part.key());
            }
            default -> throw part.wrong("op is put, delete or get");
        };
    }

    /** One element of a list, and where it stands. */
    private record Part(String place, JsonNode node) {

        Problem wrong(String what) {
            return Problems.badRequest(place + ": " + what + ".");
        }

        void requireOnly(Set<String> names) {
            for (String name : node.propertyNames()) {
                if (!names.contains(name)) {
                    throw wrong(name + " does not belong here");
                }
            }
        }

        String text(String name) {
            JsonNode text = node.path(name);
            if (!text.isString()) {
                throw wrong(name + " is a text, and must be there");
            }
            return text.stringValue();
        }

        String key() {
            return Keys.require(text("key"));
        }

        byte[] bytes() {
            if (node.has("value") == node.has("valueBase64")) {
                throw wrong("either value or valueBase64 must be there");
            }
            byte[] bytes = node.has("value") ? Keys.utf8("A value", text("value")) : decoded(text("valueBase64"));
            if (bytes.length > Bodies.MAX_VALUE) {
                throw Problems.tooLarge(Bodies.MAX_VALUE);
            }
            return bytes;
        }

        private byte[] decoded(String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException broken) {
                throw wrong("valueBase64 is no base64");
            }
        }

        @Nullable
        String contentType() {
            if (node.has("contentType")) {
                return ApiHeaders.requireHeaderValue("contentType", text("contentType"));
            }
            return node.has("value") ? TEXT : null;
        }

        long revision() {
            JsonNode revision = node.path("revision");
            if (!revision.isIntegralNumber() || !revision.canConvertToLong() || revision.longValue() < 0) {
                throw wrong("revision is a whole number, 0 for a key that does not exist, and must be there");
            }
            return revision.longValue();
        }

        boolean exists() {
            JsonNode exists = node.path("exists");
            if (!exists.isBoolean()) {
                throw wrong("exists is true or false, and must be there");
            }
            return exists.booleanValue();
        }
    }
}
