package org.mailchute.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.PinnedTls;
import org.mailchute.management.ManagementToken;
import org.mailchute.settings.Settings;
import org.mailchute.settings.yaml.Written;
import org.mailchute.spool.SpoolJson;

/** Talks to the running gateway whose home this is; what the commands {@code lanes}, {@code dead} and {@code trace} use. */
final class ManagementClient {
    private final Path home;
    private @Nullable HttpClient http;

    ManagementClient(Path home) {
        this.home = home;
    }

    /** The gateway cannot be asked, or said no; the message is fit for a person. */
    static class Unanswered extends Exception {
        private static final long serialVersionUID = 1;

        Unanswered(String message) {
            super(message);
        }
    }

    /** The gateway said no to this; to something else it might not. */
    static final class Refusal extends Unanswered {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    /** Whether it runs by other settings than the file has now. */
    boolean differs(Settings file) throws Unanswered {
        return !settings().hash().equals(file.written().hash());
    }

    /** What it runs by. */
    Written settings() throws Unanswered {
        return SpoolJson.read(get("/settings"), Written.class);
    }

    String get(String path) throws Unanswered {
        return send("GET", path);
    }

    String get(String path, Map<String, String> parameters) throws Unanswered {
        return send("GET", path + "?" + query(parameters));
    }

    String post(String path, Map<String, String> parameters) throws Unanswered {
        return send("POST", path + "?" + query(parameters));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Where it is, as a browser of this machine has it. */
    String address() throws IOException {
        return (secure() ? "https://" : "http://") + ManagementToken.readAddress(home);
    }

    private boolean secure() {
        return Files.exists(ManagementToken.certificate(home));
    }

    private HttpClient http() throws CredentialException {
        HttpClient known = http;
        if (known == null) {
            HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
            if (secure()) {
                builder.sslContext(PinnedTls.to(ManagementToken.certificate(home)));
            }
            known = builder.build();
            http = known;
        }
        return known;
    }

    private static String refused(HttpResponse<String> response) {
        return "the gateway refused: " + response.body().strip();
    }

    private String send(String method, String pathAndQuery) throws Unanswered {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address() + pathAndQuery))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + ManagementToken.read(home))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = http().send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> response.body();
                case 400 -> throw new Refusal(refused(response));
                default -> throw new Unanswered(refused(response));
            };
        } catch (NoSuchFileException | ConnectException e) {
            throw new Unanswered("no gateway is running with home " + home
                    + " (or its management is off, or these files may not be read by you)");
        } catch (IOException | CredentialException e) {
            throw new Unanswered("the gateway with home " + home + " did not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("stopped while waiting for the gateway");
        }
    }
}
