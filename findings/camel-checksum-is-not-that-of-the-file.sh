#!/usr/bin/env bash
# A route writes a list for another program by Camel's file component, with checksumFileAlgorithm=SHA-256: Camel will "calculate a checksum from the file that
# has been written", puts it into a file beside it and tells it in the header CamelFileChecksum. Sometimes the list has a charset of its own
# (charset=ISO-8859-1), or is written line by line (fileExist=Append, appendChars=\n).
#
# One would guess: the checksum is that of the file as it lies there, as sha256sum has it.
# Seen: it is that of the message's body. With charset it is the sum of the UTF-8 octets, which are nowhere on disk; with Append of the last piece alone; and
# with appendChars not even of a file's only piece, since these come after it. A body in ASCII hides the first until somebody has an umlaut. Nothing is
# logged. With Override, Move or Ignore and without charset it is right. (SHA_256, as the option's list of values has it, is no name that it takes.)
# So a gateway, or whoever checks, would refuse a file that is as it should be, and a list that is added to is never right but at its first line.
# Versions: camel-file 4.18.0, Java 17. Date: 2026-12-01.
# Needs a JDK and Maven. Ends with 1 when the behaviour has changed.
set -euo pipefail

VERSION=4.18.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-file</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    static final Path OUT = Path.of("out").toAbsolutePath();
    static boolean same = true;

    static String sum(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }

    /** Writes the lines one after another, and compares what is noted with the file, and with the octets given. */
    static void expect(ProducerTemplate template, String name, String route, boolean ofTheFile, byte[] noted, List<String> lines) throws Exception {
        String told = "";
        for (String line : lines) {
            told = template.send("direct:" + route, exchange -> {
                exchange.getMessage().setBody(line);
                exchange.getMessage().setHeader("CamelFileName", name);
            }).getMessage().getHeader("CamelFileChecksum", String.class);
        }
        String said = Files.readString(OUT.resolve(name + ".SHA-256"));
        byte[] file = Files.readAllBytes(OUT.resolve(name));
        System.out.printf("%-12s %2d octets in the file, %2d in the body; checksum of the file: %s, of the last body in UTF-8: %s%n", name, file.length,
                noted.length, said.equals(sum(file)), said.equals(sum(noted)));
        same &= said.equals(sum(file)) == ofTheFile && said.equals(sum(noted)) && said.equals(told);
    }

    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        String to = "file:" + OUT + "?checksumFileAlgorithm=SHA-256";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:override").to(to);
                from("direct:latin").to(to + "&charset=ISO-8859-1");
                from("direct:append").to(to + "&fileExist=Append");
                from("direct:lines").to(to + "&fileExist=Append&appendChars=\\n");
            }
        });
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        String ascii = "name;amount\n";
        String umlaut = "M\u00fcller;4711\n";
        byte[] plain = ascii.getBytes(StandardCharsets.UTF_8);
        byte[] letters = umlaut.getBytes(StandardCharsets.UTF_8);
        expect(template, "override.csv", "override", true, letters, List.of(ascii, umlaut));
        expect(template, "ascii.csv", "latin", true, plain, List.of(ascii));
        expect(template, "latin.csv", "latin", false, letters, List.of(umlaut));
        expect(template, "first.csv", "append", true, plain, List.of(ascii));
        expect(template, "append.csv", "append", false, letters, List.of(ascii, umlaut));
        expect(template, "line.csv", "lines", false, plain, List.of(ascii));
        context.stop();
        System.out.println(same ? "as seen: the checksum is that of the body, not of the file" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "camel-file $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8 -cp 'lib/*' Finding.java
