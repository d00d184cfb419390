package org.mailchute.polled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.parser.MVSFTPEntryParser;
import org.apache.commons.net.ftp.parser.MacOsPeterFTPEntryParser;
import org.apache.commons.net.ftp.parser.NTFTPEntryParser;
import org.apache.commons.net.ftp.parser.NetwareFTPEntryParser;
import org.apache.commons.net.ftp.parser.OS2FTPEntryParser;
import org.apache.commons.net.ftp.parser.OS400FTPEntryParser;
import org.apache.commons.net.ftp.parser.UnixFTPEntryParser;
import org.apache.commons.net.ftp.parser.VMSVersioningFTPEntryParser;
import org.jspecify.annotations.Nullable;

/**
 * A listing in whatever form: RFC 959 leaves it to the server, and what a server says of its system (SYST) is optional, and often
 * not what it lists like. The form that understands most of the lines is it.
 */
final class DetectedListing implements FTPFileEntryParser {
    /** As many lines as show the form. */
    private static final int SAMPLE = 500;
    /** What the listing of an empty folder may consist of, in any language: {@code total 0}. */
    private static final Pattern TOTAL = Pattern.compile("\\s*|\\p{L}+:? *[\\d.,]+ *\\p{L}{0,3}");
    /** commons-net takes most of what has three columns and a number for a listing of Windows. */
    private static final Pattern WINDOWS = Pattern.compile("\\d{1,4}[-./]\\d{1,2}[-./]\\d{2,4}\\s.*");

    private static final List<Supplier<FTPFileEntryParser>> PARSERS = List.of(
            UnixFTPEntryParser::new,
            NTFTPEntryParser::new,
            OS400FTPEntryParser::new,
            VMSVersioningFTPEntryParser::new,
            MVSFTPEntryParser::new,
            NetwareFTPEntryParser::new,
            OS2FTPEntryParser::new,
            MacOsPeterFTPEntryParser::new);

    private Form form = new Form(new UnixFTPEntryParser(), List.of(), 0);

    /**
     * How these lines look to one of them.
     *
     * @param entries one for each file, which may have several lines
     * @param understood of the first {@link #SAMPLE}
     */
    private record Form(FTPFileEntryParser parser, List<String> entries, long understood) {
        static Form of(FTPFileEntryParser parser, List<String> lines) throws IOException {
            BufferedReader reader = new BufferedReader(new StringReader(String.join("\n", lines)));
            List<String> entries = new ArrayList<>();
            for (String entry = parser.readNextEntry(reader); entry != null; entry = parser.readNextEntry(reader)) {
                entries.add(entry);
            }
            List<String> prepared = parser.preParse(entries);
            return new Form(parser, prepared, understood(parser, prepared));
        }

        private static long understood(FTPFileEntryParser parser, List<String> entries) {
            return entries.stream()
                    .limit(SAMPLE)
                    .filter(entry -> parse(parser, entry) != null)
                    .count();
        }

        boolean understandsAll() {
            return understood == Math.min(entries.size(), SAMPLE);
        }

        @Nullable
        FTPFile parse(String entry) {
            return parse(parser, entry);
        }

        /** For VMS counts blocks, which is no size. */
        private static @Nullable FTPFile parse(FTPFileEntryParser parser, String entry) {
            if (parser instanceof NTFTPEntryParser && !WINDOWS.matcher(entry).matches()) {
                return null;
            }
            FTPFile file = parser.parseFTPEntry(entry);
            if (file != null && parser instanceof VMSVersioningFTPEntryParser) {
                file.setSize(-1);
            }
            return file;
        }
    }

    @Override
    public @Nullable String readNextEntry(BufferedReader reader) throws IOException {
        return reader.readLine();
    }

    @Override
    public List<String> preParse(List<String> lines) {
        lines.removeIf(line -> TOTAL.matcher(line).matches());
        try {
            form = best(lines);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
        lines.clear();
        lines.addAll(form.entries());
        return lines;
    }

    private static Form best(List<String> lines) throws IOException {
        Form best = Form.of(PARSERS.get(0).get(), lines);
        for (int at = 1; at < PARSERS.size() && !best.understandsAll(); at++) {
            Form other = Form.of(PARSERS.get(at).get(), lines);
            best = other.understood() > best.understood() ? other : best;
        }
        return best;
    }

    @Override
    public @Nullable FTPFile parseFTPEntry(String entry) {
        return form.parse(entry);
    }
}
