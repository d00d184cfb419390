package org.mailchute.console;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailchute.management.Harmless;
import org.mailchute.management.Response;

/**
 * Pages and parts of pages, from templates that are classes of ours. What a stranger wrote is escaped where it goes (text, attribute
 * or address), and its controls and marks of direction become question marks.
 */
final class Html {
    private static final String TYPE = "text/html; charset=utf-8";

    private Html() {}

    static Response page(int status, Consumer<HtmlTemplateOutput> template) {
        return new Response(status, TYPE, text(template));
    }

    static Response page(Consumer<HtmlTemplateOutput> template) {
        return page(200, template);
    }

    /** After something was done: the browser asks for that page. */
    static Response see(String path) {
        return new Response(303, TYPE, "").with("Location", path);
    }

    static String text(Consumer<HtmlTemplateOutput> template) {
        StringOutput text = new StringOutput();
        template.accept(new Plain(text));
        return text.toString();
    }

    private static final class Plain extends OwaspHtmlTemplateOutput {
        Plain(TemplateOutput output) {
            super(output);
        }

        @Override
        public void writeUserContent(@Nullable String value) {
            super.writeUserContent(value == null ? null : Harmless.text(value));
        }
    }
}
