package org.mailchute.credentials;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/** The outer form of a JSON Web Token. Who signed it, and for how long, is for who takes it to say. */
final class WebToken {
    private static final int LONGEST = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A text that is no token; it is not repeated, since it may hold most of one. */
    static final class NoneException extends IOException {
        private static final long serialVersionUID = 1;

        NoneException() {
            super("no JSON Web Token");
        }
    }

    private WebToken() {}

    /**
     * @return the token as it came
     * @throws NoneException when it is none that is signed: header, claims and signature, base64url with dots between, header
     *     and claims being JSON objects (RFC 7515 section 3.1, RFC 7519 section 3), 20,000 characters at most
     */
    static String checked(String token) throws NoneException {
        String[] parts = token.split("\\.", -1);
        if (parts.length == 3
                && token.length() <= LONGEST
                && parts[2].matches("[A-Za-z0-9_-]+")
                && object(parts[0])
                && object(parts[1])) {
            return token;
        }
        throw new NoneException();
    }

    private static boolean object(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part)).isObject();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
