#!/usr/bin/env bash
# A log has been kept for 300 days (maxHistory). Its files tell of people, so an administrator sets 30 and starts the program anew.
#
# One would guess, as logback's manual says of maxHistory: files older than that are deleted.
# Seen: only those of the 32 days before these 30. The first cleaning after a start looks at the dates of 32 periods and asks for a file of each;
# later ones look at what has come to its end since. All older files stay for good, and totalSizeCap neither counts nor deletes them. So do the files
# of a program that stood still for longer than that. Who sets fewer must delete the rest by hand.
# Versions: logback 1.5.38, Java 17. Date: 2026-11-30.
# Needs a JDK and Maven. Ends with 0 while this is so.
set -euo pipefail

VERSION=1.5.38
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>ch.qos.logback</groupId><artifactId>logback-classic</artifactId><version>$VERSION</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > logback.xml <<'XML'
<configuration>
  <appender name="mail" class="ch.qos.logback.core.rolling.RollingFileAppender">
    <file>logs/mail.log</file>
    <rollingPolicy class="ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy">
      <fileNamePattern>logs/mail.%d{yyyy-MM-dd}.%i.log</fileNamePattern>
      <maxFileSize>1KB</maxFileSize>
      <maxHistory>30</maxHistory>
      <totalSizeCap>${cap}</totalSizeCap>
      <cleanHistoryOnStart>true</cleanHistoryOnStart>
    </rollingPolicy>
    <encoder><pattern>%d %m%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="mail"/></root>
</configuration>
XML
cat > Finding.java <<'JAVA'
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

public class Finding {
    static Path file(int daysAgo) {
        return Path.of("logs/mail." + LocalDate.now().minusDays(daysAgo) + ".0.log");
    }

    static List<Integer> there() {
        return IntStream.rangeClosed(1, 300).filter(days -> Files.exists(file(days))).boxed().toList();
    }

    public static void main(String[] args) throws Exception {
        LoggerFactory.getLogger("mail").info("started");
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop(); // waits for what cleans
        List<Integer> left = there();
        System.out.printf("totalSizeCap %s: of 300 files %d are left, %d of the last 30 days,"
                        + " of those older the newest of %d days ago, the oldest of %d days ago%n",
                System.getProperty("cap"), left.size(), left.stream().filter(days -> days <= 30).count(),
                left.stream().filter(days -> days > 30).findFirst().orElse(0), left.get(left.size() - 1));
    }
}
JAVA
javac -cp 'lib/*' Finding.java
run() {
  java -XX:TieredStopAtLevel=1 "-Dcap=$1" -cp 'lib/*:.' Finding | tee -a said.txt
}
mkdir logs
seq -f '12:00 %g days ago' 300 | date -f - +%F | while read -r day; do
  printf '%100s\n' "a line of that day" > "logs/mail.$day.0.log"
done
echo "logback $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
run 1GB
run 10KB # the 30 days have 3 KB, all files 27 KB
if sed -n 1p said.txt | grep -qE '^totalSizeCap 1GB.* of those older the newest of 6[2-4] days ago, the oldest of 300' \
  && sed -n 2p said.txt | grep -qE '^totalSizeCap 10KB.*the oldest of 300'; then
  echo "as seen: what is older than those 32 days stays"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
