package org.mailchute.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.mailchute.management.HttpPages;
import org.mailchute.management.Response;

/** The style sheet, the script and the icon: all that pages load, and nothing from outside. */
final class Assets {
    private Assets() {}

    /** For all who can connect: nothing in them is anybody's. */
    static void serve(HttpPages pages) {
        serve(pages, "console.css", "text/css; charset=utf-8");
        serve(pages, "console.js", "text/javascript; charset=utf-8");
        serve(pages, "icon.svg", "image/svg+xml");
    }

    private static void serve(HttpPages pages, String file, String type) {
        Response answer = new Response(200, type, read(file))
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "max-age=300");
        pages.open("/console/" + file, request -> answer);
    }

    private static String read(String file) {
        try (InputStream stream = Objects.requireNonNull(Assets.class.getResourceAsStream(file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
