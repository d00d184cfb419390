package org.mailchute.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.simulator.Scenario.Mailbox;
import org.mailchute.simulator.Scenario.Rule;

/** Microsoft Graph, as far as it sends mail: MIME messages, as the mailbox that the path names. */
final class GraphFace implements HttpHandler {
    static final String PATH = "/v1.0/users/";

    /** Graph's own for one request. */
    private static final long MOST = 4L << 20;

    private static final int AT_A_TIME = 4;
    static final String UPLOAD = "/upload/";
    private static final Pattern DRAFT =
            Pattern.compile("messages/(AAMk[^/]+)(/attachments|/attachments/createUploadSession|/send|)");
    private static final Pattern CALL = Pattern.compile("/v1\\.0/users/([^/]+)/(.+)");

    private final ExchangeOnline exchange;
    private final MailboxMeter meter;
    private final Predicate<String> tokens;
    private final GraphDrafts drafts = new GraphDrafts();
    private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();

    GraphFace(ExchangeOnline exchange, MailboxMeter meter, Predicate<String> tokens) {
        this.exchange = exchange;
        this.meter = meter;
        this.tokens = tokens;
    }

    int drafts() {
        return drafts.count();
    }

    /** Answers beside the token endpoint. */
    void at(TokenEndpoint https) {
        https.serve(PATH, this);
        https.serve(UPLOAD, this::upload);
    }

    @Override
    public void handle(HttpExchange request) throws IOException {
        try (request) {
            Matcher call = CALL.matcher(request.getRequestURI().getRawPath());
            GraphReply reply = call.matches()
                    ? mailbox(request, decoded(call.group(1)), decoded(call.group(2)))
                    : GraphReply.NOT_FOUND;
            reply.to(request);
        }
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path, StandardCharsets.UTF_8);
    }

    private GraphReply mailbox(HttpExchange request, String address, String what) throws IOException {
        exchange.saw(0, request.getRequestMethod() + " " + what.replaceAll("AAMk[^/]+", "ID"));
        Optional<Mailbox> mailbox = exchange.scenario().mailbox(address);
        String token = String.valueOf(request.getRequestHeaders().getFirst("Authorization"))
                .replaceFirst("^Bearer ", "");
        if (!tokens.test(token)) {
            return unread(
                    request,
                    new GraphReply("401 InvalidAuthenticationToken: Access token has expired or is not yet valid."));
        }
        if (mailbox.isEmpty()) {
            return unread(request, GraphReply.NOT_FOUND);
        }
        AtomicInteger requests = busy.computeIfAbsent(mailbox.get().address(), first -> new AtomicInteger());
        try {
            return requests.incrementAndGet() > AT_A_TIME
                    ? unread(
                            request,
                            new GraphReply(
                                    "429 ApplicationThrottled: Application is over its MailboxConcurrency limit.; Retry-After: 1"))
                    : call(request, mailbox.get(), what);
        } finally {
            requests.decrementAndGet();
        }
    }

    /** Whose connection is closed while he sends hears no answer. */
    private static GraphReply unread(HttpExchange request, GraphReply reply) throws IOException {
        request.getRequestBody().transferTo(OutputStream.nullOutputStream());
        return reply;
    }

    private GraphReply call(HttpExchange request, Mailbox mailbox, String what) throws IOException {
        if (what.equals("sendMail")) {
            return withMime(request, mime -> sent(request, mailbox, GraphMessage.read(mime)));
        }
        if (what.equals("messages")) {
            return withMime(request, drafts::make);
        }
        Matcher draft = DRAFT.matcher(what);
        if (!draft.matches() || !drafts.has(draft.group(1))) {
            return new GraphReply("404 ErrorItemNotFound: The specified object was not found in the store.");
        }
        return switch (draft.group(2)) {
            case "/attachments" -> drafts.attach(draft.group(1), request.getRequestBody());
            case "/attachments/createUploadSession" ->
                drafts.session(draft.group(1), request.getRequestBody(), exchange.graphPort());
            case "/send" -> ordered(request, mailbox, draft.group(1));
            default -> drafts.remove(draft.group(1));
        };
    }

    private GraphReply ordered(HttpExchange request, Mailbox mailbox, String draft) throws IOException {
        Path whole = drafts.whole(draft);
        try {
            GraphReply reply = sent(request, mailbox, GraphMessage.read(whole));
            if (reply.line().startsWith("202")) {
                drafts.remove(draft);
            }
            return reply;
        } finally {
            Files.delete(whole);
        }
    }

    private interface OfMime {
        GraphReply of(Path mime) throws IOException;
    }

    private static GraphReply withMime(HttpExchange request, OfMime then) throws IOException {
        Path mime = Files.createTempFile("graph", ".eml");
        try (InputStream text = Base64.getDecoder().wrap(request.getRequestBody())) {
            Files.copy(text, mime, StandardCopyOption.REPLACE_EXISTING);
            return Files.size(mime) > MOST / 4 * 3
                    ? new GraphReply("413 RequestEntityTooLarge: The request is too large.")
                    : then.of(mime);
        } catch (IOException e) {
            if (e.getMessage() == null || !e.getMessage().contains("base64")) {
                throw e;
            }
            return new GraphReply("400 ErrorMimeContentInvalidBase64String: Invalid base64 string for MIME content.");
        } finally {
            Files.deleteIfExists(mime);
        }
    }

    /** A piece of an attachment; its address says who may send it. */
    private void upload(HttpExchange request) throws IOException {
        try (request) {
            exchange.saw(0, "PUT " + request.getRequestHeaders().getFirst("Content-Range"));
            String scripted = exchange.rules().reply(At.GRAPH, "upload");
            String session = request.getRequestURI().getPath().substring(UPLOAD.length());
            GraphReply reply = scripted.isEmpty()
                    ? drafts.piece(
                            session, request.getRequestHeaders().getFirst("Content-Range"), request.getRequestBody())
                    : unread(request, new GraphReply(scripted));
            reply.to(request);
        }
    }

    private GraphReply sent(HttpExchange request, Mailbox mailbox, GraphMessage message) throws IOException {
        List<String> recipients = message.recipients();
        String scripted = scripted(mailbox.address(), recipients);
        if (!scripted.isEmpty()) {
            return new GraphReply(scripted);
        }
        String refused = refused(mailbox, message);
        if (!refused.isEmpty()) {
            return new GraphReply(refused);
        }
        Path kept = exchange.newFile("graph", recipients.get(0));
        message.writeWithoutBcc(kept);
        exchange.took(new Received(
                "graph",
                message.from(),
                recipients,
                kept,
                ((HttpsExchange) request).getSSLSession().getProtocol(),
                mailbox.address(),
                "",
                exchange.nextSession(),
                exchange.clock().instant(),
                meter.leaves(mailbox.address())));
        return recipients.stream()
                        .anyMatch(path -> exchange.rules().next(At.LOST, path).isPresent())
                ? new GraphReply(Rule.NONE)
                : new GraphReply("202 ");
    }

    private String scripted(String mailbox, List<String> recipients) {
        String own = exchange.rules().reply(At.GRAPH, mailbox);
        return own.isEmpty() ? exchange.rules().reply(At.GRAPH, recipients) : own;
    }

    private String refused(Mailbox mailbox, GraphMessage message) throws IOException {
        if (message.recipients().isEmpty()) {
            return "400 ErrorInvalidRecipients: At least one recipient is required.";
        }
        if (!mailbox.maySendAs(message.from())) {
            return "403 ErrorSendAsDenied: The user account which was used to submit this request does not have the right to"
                    + " send mail on behalf of the specified sending account.";
        }
        if (message.octets() > exchange.scenario().limits().messageBytes()) {
            return "413 ErrorMessageSizeExceeded: The message exceeds the maximum supported size.";
        }
        meter.began(mailbox.address());
        return meter.takes(mailbox.address(), message.recipients().size())
                ? ""
                : "429 ErrorExceededMessageLimit: The account has exceeded its message rate limit.";
    }
}
