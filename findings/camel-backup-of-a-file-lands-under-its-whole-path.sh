#!/usr/bin/env bash
# A route writes files into a folder, and where one of that name is there already it shall be put into a sub-folder first: fileExist=Move with
# moveExisting=backup/${file:name}. Camel names ${file:name} among what this option takes; in the file language it is the name "relative to the starting directory".
#
# One would guess: scan.pdf goes to backup/scan.pdf, as it does with moveExisting=backup.
# Seen: it goes to backup/srv/out/scan.pdf where the folder is /srv/out: here ${file:name} is the whole path of this machine, which is put, without its
# first slash, below the place meant, with all its folders. Nothing tells. ${file:name}.old and ${file:name.noext}-old.pdf land as meant, since a path that begins
# with the folder is cut by it, so that a trial with a suffix says nothing of one with a prefix. ${file:onlyname} and "backup" land as meant.
# Who looks for what was overwritten, or bounds how long such files are kept, looks in a folder where nothing is.
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

public class Finding {
    static boolean same = true;

    static Map<String, String> files(Path folder) throws Exception {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return found;
    }

    /** Writes three times, and looks what lies where. */
    static void expect(ProducerTemplate template, String moved, boolean asMeant, String meant) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "out");
        for (String content : List.of("first", "second", "third")) {
            template.sendBodyAndHeader("file:" + folder + "?fileExist=Move&moveExisting=" + moved, content, "CamelFileName", "scan.pdf");
        }
        Map<String, String> found = files(folder);
        String whole = "backup" + folder + "/scan.pdf";
        System.out.println(moved + ": " + found.toString().replace(folder.toString(), "/WHOLE/PATH/OF/THE/FOLDER"));
        same &= found.equals(Map.of("scan.pdf", "third", asMeant ? meant : whole, "second"));
    }

    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        expect(template, "backup", true, "backup/scan.pdf");
        expect(template, "backup/${file:onlyname}", true, "backup/scan.pdf");
        expect(template, "${file:name}.old", true, "scan.pdf.old");
        expect(template, "${file:name.noext}-old.pdf", true, "scan-old.pdf");
        expect(template, "backup/${file:name}", false, "backup/scan.pdf");
        context.stop();
        System.out.println(same ? "as seen: the backup lies under the whole path" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "camel-file $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
