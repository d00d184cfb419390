package org.mailchute.request;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.mailchute.intake.ContentTypes;
import org.mailchute.intake.Digested;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Limited;
import org.mailchute.intake.PayloadSink;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;

/**
 * Reads mail requests, the JSON that applications publish ({@code mail-request.schema.json}). Attachments are decoded while
 * they are read, straight to where they will rest; none is ever held whole (promise P8).
 *
 * @param rule what a request may leave out
 * @param gateway our host name, for the Message-ID
 * @param maxBytes of a whole request
 * @param places what it may name
 */
public record MailRequest(IntakeRule rule, String gateway, long maxBytes, RequestPlaces places) {
    static final Set<String> KEYS = Set.of(
            "version",
            "id",
            "from",
            "fromName",
            "to",
            "cc",
            "bcc",
            "replyTo",
            "priority",
            "subject",
            "text",
            "html",
            "headers",
            "attachments",
            "correlationId",
            "template",
            "fields",
            "notBefore",
            "expires",
            "senderPolicy");

    static final Set<String> ATTACHMENT_KEYS = Set.of("name", "contentType", "content", "reference", "body", "sha256");

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    /** RFC 5322 section 3.6.8. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!-9;-~]{1,76}");

    private static final int MOST_ATTACHMENTS = 100;
    private static final int MOST_HEADERS = 50;
    private static final int MOST_FIELDS = 200;

    /**
     * @param name what the broker calls the message
     * @param now becomes the Date header field
     * @throws Refused when it is no mail request; says where and what was expected
     */
    public Ticket read(InputStream json, QueueId id, String name, Instant now, PayloadSink sink)
            throws IOException, Refused {
        RequestDraft draft = new RequestDraft(rule);
        try {
            RequestJson reader = new RequestJson(new Limited(json, maxBytes));
            reader.document(() -> reader.object(key -> value(reader, key, draft, sink)));
        } catch (Limited.Exceeded e) {
            throw new Refused(
                    "the request has more than %,d octets".formatted(maxBytes),
                    "send less, or raise maxRequestSize of the intake");
        }
        return draft.ticket(id, gateway, name, now, places);
    }

    private void value(RequestJson json, String key, RequestDraft draft, PayloadSink sink) throws IOException, Refused {
        switch (key) {
            case "version" -> json.version();
            case "id" -> draft.id = json.line();
            case "from" -> draft.from = json.address();
            case "fromName" -> draft.fromName = json.line();
            case "to" -> draft.to = json.addresses();
            case "cc" -> draft.cc = json.addresses();
            case "bcc" -> draft.bcc = json.addresses();
            case "replyTo" -> draft.replyTo = json.address();
            case "subject" -> draft.subject = json.line();
            case "text" -> draft.text = json.text();
            case "html" -> draft.html = json.text();
            case "correlationId" -> draft.correlationId = json.line();
            case "priority" -> draft.priority = json.oneOf(Priority.class);
            case "senderPolicy" -> draft.sender = json.oneOf(Wishes.Sender.class);
            case "notBefore" -> draft.notBefore = json.instant();
            case "expires" -> draft.expires = json.instant();
            case "template" -> draft.template = json.matching(Templates.NAME, "the name of a template, never a path");
            case "fields" -> json.object(name -> field(json, name, draft));
            case "headers" -> json.object(name -> header(json, name, draft));
            case "attachments" -> attachments(json, draft, sink);
            default ->
                throw json.fault("there is no \"" + key + "\" in a mail request", "the keys are " + sorted(KEYS));
        }
    }

    private static void header(RequestJson json, String name, RequestDraft draft) throws IOException, Refused {
        if (draft.headers.size() == MOST_HEADERS) {
            throw json.fault("more than " + MOST_HEADERS + " header fields", "leave some out");
        }
        if (!HEADER_NAME.matcher(name).matches()) {
            throw json.fault("\"" + name + "\" is not a header field name", "printable ASCII without space and colon");
        }
        if (draft.headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            throw json.fault("header field \"" + name + "\" comes twice", "give it once; capitals do not matter");
        }
        draft.headers.put(name, json.line());
    }

    private static void field(RequestJson json, String name, RequestDraft draft) throws IOException, Refused {
        if (draft.fields.size() == MOST_FIELDS) {
            throw json.fault("more than " + MOST_FIELDS + " fields", "leave some out");
        }
        if (!Templates.FIELD_NAME.matcher(name).matches()) {
            throw json.fault(
                    "\"" + name + "\" is not the name of a field", "letters, digits and _ . - after a first letter");
        }
        draft.fields.put(name, json.scalar());
    }

    private void attachments(RequestJson json, RequestDraft draft, PayloadSink sink) throws IOException, Refused {
        json.expect(JsonToken.START_ARRAY, "an array");
        while (json.parser().nextToken() != JsonToken.END_ARRAY) {
            if (draft.payloads.size() == MOST_ATTACHMENTS) {
                throw json.fault("more than " + MOST_ATTACHMENTS + " attachments", "send several requests");
            }
            draft.payloads.add(attachment(json, draft.payloads.size(), sink));
        }
    }

    private Ticket.Payload attachment(RequestJson json, int number, PayloadSink sink) throws IOException, Refused {
        AttachmentDraft attachment = new AttachmentDraft();
        json.object(key -> {
            switch (key) {
                case "name" -> attachment.name = json.line();
                case "contentType" -> attachment.contentType = contentType(json);
                case "content" -> attachment.content(json, content(json, number, sink));
                case "reference" -> attachment.reference(json, reference(json, number, sink));
                case "body" -> attachment.content(json, body(json, number, sink));
                case "sha256" -> attachment.sha256 = json.matching(SHA_256, "64 lower case hexadecimal digits");
                default ->
                    throw json.fault(
                            "there is no \"" + key + "\" in an attachment", "the keys are " + sorted(ATTACHMENT_KEYS));
            }
        });
        return attachment.payload(json);
    }

    private static String contentType(RequestJson json) throws IOException, Refused {
        String type = json.line();
        if (!ContentTypes.wellFormed(type)) {
            throw json.fault("contentType is not type/subtype", "such as application/pdf, without parameters");
        }
        return type;
    }

    private static Digested content(RequestJson json, int number, PayloadSink sink) throws IOException, Refused {
        json.expect(JsonToken.VALUE_STRING, "a text in base64");
        try (Digested out = new Digested(sink.open(number))) {
            json.binary(out);
            return out;
        }
    }

    private AttachmentDraft.Referenced reference(RequestJson json, int number, PayloadSink sink)
            throws IOException, Refused {
        String reference = json.line();
        try (Digested out = new Digested(sink.open(number))) {
            places.allowedReferences().copy(reference, out);
            return new AttachmentDraft.Referenced(reference.substring(reference.lastIndexOf('/') + 1), out);
        }
    }

    private static Digested body(RequestJson json, int number, PayloadSink sink) throws IOException, Refused {
        if (json.parser().currentToken() != JsonToken.VALUE_TRUE) {
            throw json.fault("body of an attachment is not true", "set it to true, or leave it out");
        }
        try (InputStream body = sink.body().orElse(null)) {
            if (body == null) {
                throw json.fault(
                        "an attachment is the message's body, but there is none beside the request, or it is taken",
                        "give the request as property mailRequest of a BytesMessage, with one such attachment");
            }
            try (Digested out = new Digested(sink.open(number))) {
                body.transferTo(out);
                return out;
            }
        }
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }
}
