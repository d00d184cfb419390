package org.mailchute.polled;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.FTPFileFilters;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.parser.FTPFileEntryParserFactory;
import org.apache.commons.net.ftp.parser.MLSxEntryParser;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a folder are asked for. MLSD (RFC 3659) has one form, exact sizes and times to the second; LIST and NLST are
 * all that RFC 959 has.
 */
public final class Listings {
    private static final FTPFile[] NONE = {};
    /** A line of MLSD has some, a blank, and the name. */
    private static final Pattern FACT = Pattern.compile("([^;=]*=)([^;]*)");

    private static final FTPClientConfig KEEPS_ALL = new FTPClientConfig();

    static {
        KEEPS_ALL.setUnparseableEntries(true);
    }

    private final FTPClient client;
    private final Conversation talk;
    private final Way way;
    private boolean knowsMlsd;
    private boolean knowsSize;

    /** What is asked for. */
    public enum Way {
        /** MLSD where the server offers it, else LIST. */
        AUTO,
        /** LIST, whatever it offers. */
        LIST,
        /** NLST: only names, of files of any size; for a server whose form of LIST nobody knows. */
        NAMES
    }

    /** All forms are one to commons-net, which would choose one by what the server says of its system. */
    private static final class OneForm implements FTPFileEntryParserFactory {
        @Override
        public FTPFileEntryParser createFileEntryParser(String any) {
            return new DetectedListing();
        }

        @Override
        public FTPFileEntryParser createFileEntryParser(FTPClientConfig any) {
            return new DetectedListing();
        }
    }

    /** @param talk of this client */
    public Listings(FTPClient client, Conversation talk, Way way) {
        this.client = client;
        this.talk = talk;
        this.way = way;
        client.setParserFactory(new OneForm());
    }

    /** A connection was opened. */
    public void opened() {
        knowsMlsd = way == Way.AUTO;
        knowsSize = true;
    }

    /**
     * One entry for each line, null for one that nobody understands. Whether it was refused is what was said last.
     *
     * @param folder empty for the one where the user is
     */
    public FTPFile[] of(String folder) throws IOException {
        FTPFile[] files = asked(folder);
        for (FTPFile file : files) {
            if (knowsSize && file != null && file.isFile() && file.getSize() < 0) {
                askSize(file, folder);
            }
        }
        return files;
    }

    private FTPFile[] asked(String folder) throws IOException {
        String path = folder.isEmpty() ? null : folder;
        if (way == Way.NAMES) {
            return names(client.listNames(path), folder);
        }
        if (knowsMlsd && (client.hasFeature("MLST") || client.hasFeature("MLSD"))) {
            FTPFile[] files = facts(path);
            Stream.of(files).filter(Objects::nonNull).forEach(Listings::hasType);
            knowsMlsd = talk.latest().filter(FtpAnswer::unknownThere).isEmpty();
            if (knowsMlsd) {
                return files;
            }
        }
        return client.initiateListParsing("any", path).getFiles(FTPFileFilters.ALL);
    }

    private FTPFile[] facts(@Nullable String path) throws IOException {
        client.configure(KEEPS_ALL);
        try {
            return Stream.of(client.initiateMListParsing(path).getFiles(FTPFileFilters.ALL))
                    .map(Listings::understood)
                    .toArray(FTPFile[]::new);
        } finally {
            client.configure(null);
        }
    }

    /**
     * A value may hold {@code =}, as the type of a link does (RFC 3659 sections 7.2 and 7.5.1.5); commons-net has nothing of such a line
     * (findings/commons-net-lists-no-link-by-mlsd.sh).
     */
    private static @Nullable FTPFile understood(FTPFile file) {
        if (file.getName() != null) {
            return file;
        }
        String[] line = file.getRawListing().split(" ", 2);
        String facts = FACT.matcher(line[0])
                .replaceAll(fact ->
                        Matcher.quoteReplacement(fact.group(1) + fact.group(2).replace('=', '-')));
        return line.length == 2 ? MLSxEntryParser.parseEntry(facts + " " + line[1]) : null;
    }

    /** RFC 3659 section 4; a size that grows shows that somebody writes still. */
    private void askSize(FTPFile file, String folder) throws IOException {
        client.size(folder.isEmpty() ? file.getName() : folder + "/" + file.getName());
        FtpAnswer said = talk.latest().orElseThrow();
        knowsSize = !said.unknownThere();
        if (said.code() == FTPReply.FILE_STATUS && said.text().matches("\\d{1,18}")) {
            file.setSize(Long.parseLong(said.text()));
        }
    }

    /** A server need not tell the type (RFC 3659 section 7.5). */
    private static void hasType(FTPFile file) {
        if (file.isUnknown() && !file.getRawListing().toLowerCase(Locale.ROOT).contains("type=")) {
            file.setType(FTPFile.FILE_TYPE);
        }
    }

    /** Some servers put the folder before each. */
    private static FTPFile[] names(String @Nullable [] names, String folder) {
        return names == null
                ? NONE
                : Stream.of(names).map(name -> named(name, folder)).toArray(FTPFile[]::new);
    }

    private static FTPFile named(String name, String folder) {
        FTPFile file = new FTPFile();
        file.setRawListing(name);
        file.setType(FTPFile.FILE_TYPE);
        file.setName(!folder.isEmpty() && name.startsWith(folder + "/") ? name.substring(folder.length() + 1) : name);
        return file;
    }
}
