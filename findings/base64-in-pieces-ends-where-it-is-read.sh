#!/usr/bin/env bash
# An application encodes a document in base64 piece by piece, as it reads it, and writes the texts one after another; a piece whose length is no
# multiple of three ends in "=", so that "=" stands in the middle of the whole. Another folds its text into lines of 70 letters, not 76.
#
# One would guess: a reader in Java takes such a text whole, or refuses it; and Base64.Decoder says the same whether it decodes an array or a stream.
# Seen: three readers, three answers. Decoder.decode refuses the pieces. Decoder.wrap gives the first piece and then the end of the stream, as if the
# document were whole: the rest is gone without a word, and so is anything else behind the first "=". Jackson's readBinaryValue gives all the pieces.
# Of the lines Jackson's default reader takes those of 76 letters and refuses those of 70, as it has white space only after each fourth letter,
# while Java's MIME decoder takes both. So who reads a stream by wrap must look whether the text has ended too; RFC 4648 has "=" at its end only.
# Versions: OpenJDK 17.0.15, jackson-core 2.21.8. Date: 2026-11-30.
# Needs a JDK and Maven. Ends with 0 while this is so.
set -euo pipefail

VERSION=2.21.8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=com.fasterxml.jackson.core:jackson-core:$VERSION -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.*;
import java.util.*;

public class Finding {
    static final byte[] DOCUMENT = new byte[300];

    interface Reader {
        byte[] read(String text) throws Exception;
    }

    static byte[] jackson(String text) throws IOException {
        String json = "{\"content\": \"" + text.replace("\r\n", "\\r\\n") + "\"}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonParser parser = new JsonFactory().createParser(json.getBytes())) {
            parser.nextToken();
            parser.nextToken();
            parser.nextToken();
            parser.readBinaryValue(out);
        }
        return out.toByteArray();
    }

    static byte[] stream(Base64.Decoder decoder, String text) throws IOException {
        return decoder.wrap(new ByteArrayInputStream(text.getBytes())).readAllBytes();
    }

    static final Map<String, Reader> READERS = new LinkedHashMap<>();

    static {
        READERS.put("getDecoder().decode", Base64.getDecoder()::decode);
        READERS.put("getDecoder().wrap", text -> stream(Base64.getDecoder(), text));
        READERS.put("getMimeDecoder().decode", Base64.getMimeDecoder()::decode);
        READERS.put("getMimeDecoder().wrap", text -> stream(Base64.getMimeDecoder(), text));
        READERS.put("Jackson's readBinaryValue", Finding::jackson);
    }

    static String said(Reader reader, String text) {
        try {
            byte[] read = reader.read(text);
            return Arrays.equals(read, DOCUMENT) ? "whole" : read.length + " of " + DOCUMENT.length;
        } catch (Exception e) {
            return "refused";
        }
    }

    static boolean same = true;

    static void expect(String what, String text, String... expected) {
        System.out.println(what + ":");
        Iterator<String> next = List.of(expected).iterator();
        READERS.forEach((name, reader) -> {
            String said = said(reader, text);
            System.out.printf("  %-26s %s%n", name, said);
            same &= said.equals(next.next());
        });
    }

    public static void main(String[] args) {
        new Random(1).nextBytes(DOCUMENT);
        Base64.Encoder encoder = Base64.getEncoder();
        StringBuilder pieces = new StringBuilder();
        for (int from = 0; from < DOCUMENT.length; from += 100) {
            pieces.append(encoder.encodeToString(Arrays.copyOfRange(DOCUMENT, from, from + 100)));
        }
        expect("in one piece", encoder.encodeToString(DOCUMENT), "whole", "whole", "whole", "whole", "whole");
        expect("in three pieces of 100 octets", pieces.toString(), "refused", "100 of 300", "refused", "100 of 300", "whole");
        expect("in lines of 76", Base64.getMimeEncoder(76, "\r\n".getBytes()).encodeToString(DOCUMENT),
                "refused", "refused", "whole", "whole", "whole");
        String folded = encoder.encodeToString(DOCUMENT).replaceAll(".{70}", "$0\r\n");
        expect("in lines of 70", folded, "refused", "refused", "whole", "whole", "refused");
        System.out.println(same ? "as seen: one text, several answers" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "jackson-core $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
