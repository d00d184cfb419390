package org.mailchute.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.PinnedTls;
import org.mailchute.management.ManagementToken;
import org.mailchute.settings.yaml.Written;
import org.mailchute.spool.SpoolJson;

/**
 * Talks to the running gateway whose home this is; what the commands {@code lanes}, {@code dead} and {@code trace} use. By Java's older client for HTTP: the newer
 * one takes a third of a second of processor to begin with, and these are two or three questions to this machine.
 */
final class ManagementClient {
    private final Path home;
    private @Nullable SSLSocketFactory tls;

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

    /** @return whether it runs by other settings than the file has now, which have this hash */
    boolean differs(String hash) throws Unanswered {
        return !settings().hash().equals(hash);
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

    private HttpURLConnection open(String pathAndQuery) throws IOException, CredentialException {
        URL url = new URL(address() + pathAndQuery);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(pinned());
            secure.setHostnameVerifier((host, session) -> true); // it is that one certificate, whatever name it is for
        }
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(60_000);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Authorization", "Bearer " + ManagementToken.read(home));
        return connection;
    }

    private SSLSocketFactory pinned() throws CredentialException {
        SSLSocketFactory known = tls;
        if (known == null) {
            known = PinnedTls.to(ManagementToken.certificate(home)).getSocketFactory();
            tls = known;
        }
        return known;
    }

    private static String body(@Nullable InputStream answer) throws IOException {
        try (InputStream in = answer == null ? InputStream.nullInputStream() : answer) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String send(String method, String pathAndQuery) throws Unanswered {
        try {
            HttpURLConnection connection = open(pathAndQuery);
            connection.setRequestMethod(method);
            if (method.equals("POST")) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(0); // else Java says a POST a second time where no answer comes
            }
            int status = connection.getResponseCode();
            if (status == 200) {
                return body(connection.getInputStream());
            }
            String refused =
                    "the gateway refused: " + body(connection.getErrorStream()).strip();
            throw status == 400 ? new Refusal(refused) : new Unanswered(refused);
        } catch (NoSuchFileException | ConnectException e) {
            throw new Unanswered("no gateway is running with home " + home
                    + " (or its management is off, or these files may not be read by you)");
        } catch (HttpRetryException e) {
            throw new Unanswered("the gateway refused the token in "
                    + home); // of a request without a body Java does not give the answer
        } catch (IOException | CredentialException e) {
            throw new Unanswered("the gateway with home " + home + " did not answer: " + e.getMessage());
        }
    }
}
