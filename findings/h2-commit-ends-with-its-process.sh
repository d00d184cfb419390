#!/usr/bin/env bash
# A program commits to an embedded database of H2 in a file, tells somebody else that it is done (takes a message from its queue), and is killed.
#
# One would guess: what was committed is with the operating system and outlives the process, kill -9 too; only a power cut may take the last of it,
# as H2's documentation says of its durability.
# Seen: a commit stays in the memory of the process, for up to half a second (WRITE_DELAY). All of the last transactions are gone after a kill -9,
# though each commit() had returned. With WRITE_DELAY=0 none is, but the writer in the background is off as well, so the file grows by each commit.
# The statement CHECKPOINT SYNC after a commit writes it, and waits for the disk too.
# Versions: h2 2.4.240, Java 17. Date: 2026-11-30.
set -euo pipefail

VERSION=2.4.240
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=com.h2database:h2:$VERSION -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Commits one number after another and prints each that is committed, for ever; or, with "last", tells which is in the file. */
public class Finding {
    public static void main(String[] args) throws Exception {
        String file = "jdbc:h2:file:" + Path.of("trace").toAbsolutePath() + (args[0].equals("WRITE_DELAY=0") ? ";WRITE_DELAY=0" : "");
        try (Connection connection = DriverManager.getConnection(file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists event(id int)");
            if (args[0].equals("last")) {
                ResultSet last = statement.executeQuery("select coalesce(max(id), 0) from event");
                last.next();
                System.out.println(last.getInt(1));
                return;
            }
            statement.execute("delete from event");
            statement.execute("checkpoint sync");
            connection.setAutoCommit(false);
            PreparedStatement insert = connection.prepareStatement("insert into event values (?)");
            for (int id = 1; ; id++) {
                insert.setInt(1, id);
                insert.execute();
                connection.commit();
                if (args[0].equals("CHECKPOINT")) {
                    statement.execute("checkpoint sync");
                }
                System.out.println(id);
                Thread.sleep(1);
            }
        }
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "h2 $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"

lost= # how many commits are gone, of the last trial
trial() { # HOW
  rm -f trace.* said.txt
  java -XX:TieredStopAtLevel=1 -cp 'lib/*:.' Finding "$1" > said.txt &
  local writer=$!
  until [ "$(wc -l < said.txt)" -ge 60 ]; do sleep 0.1; done
  kill -9 "$writer"
  wait "$writer" 2>/dev/null || true
  local said found
  said=$(grep -c . said.txt)
  found=$(java -XX:TieredStopAtLevel=1 -cp 'lib/*:.' Finding last)
  lost=$((said > found ? said - found : 0))
  echo "$1: told of $said commits before kill -9, $found are in the file, $lost are lost"
}

for _ in 1 2 3; do # a kill may come just after such a half second
  trial "as it comes"
  of_plain=$lost
  [ "$lost" -eq 0 ] || break
done
trial "WRITE_DELAY=0"
of_delay=$lost
trial "CHECKPOINT"
of_checkpoint=$lost
if [ "$of_plain" -gt 0 ] && [ "$of_delay" -eq 0 ] && [ "$of_checkpoint" -eq 0 ]; then
  echo "as seen: commits are lost with the process"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
