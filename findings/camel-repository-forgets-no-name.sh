#!/usr/bin/env bash
# The file and FTP components of Camel remember which files are under way in a MemoryIdempotentRepository: a name is added when the file is
# handed on and removed when it is through.
#
# One would guess: what is removed is gone, and the repository costs the same however many files have passed.
# Seen: each name ever added stays reachable though the repository says that it holds none (SimpleLRUCache keeps the additions in a queue of
# changes, and a removal takes nothing out of it). Once more than twice its size have passed it looks through that queue again and again: with the
# size of the file component, 50,000, that begins after 100,000 files. Shown here with a size of 500.
# Versions: camel-support 4.18.0, Java 17. Date: 2026-11-29.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-support</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

public class Finding {
    static final int SIZE = 500;
    static final List<WeakReference<String>> names = new ArrayList<>();

    static void pass(MemoryIdempotentRepository underWay, int files) {
        for (int file = 0; file < files; file++) {
            String name = "scan-" + names.size() + ".pdf";
            names.add(new WeakReference<>(name));
            underWay.add(name);
            underWay.remove(name);
        }
    }

    static long reachable() throws Exception {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return names.stream().filter(name -> name.get() != null).count();
    }

    public static void main(String[] args) throws Exception {
        MemoryIdempotentRepository underWay =
                (MemoryIdempotentRepository) MemoryIdempotentRepository.memoryIdempotentRepository(SIZE);
        underWay.start();
        boolean same = true;
        for (int passed : new int[] {SIZE, 2 * SIZE, 4 * SIZE, 8 * SIZE}) {
            long began = System.nanoTime();
            int now = passed - names.size();
            pass(underWay, now);
            long micros = (System.nanoTime() - began) / 1_000 / now;
            long reachable = reachable();
            System.out.printf("size %d, %d passed: holds %d, still reachable %d, %d us each of the last %d%n",
                    SIZE, passed, underWay.getCacheSize(), reachable, micros, now);
            same &= underWay.getCacheSize() == 0 && reachable >= passed - 1;
        }
        System.exit(same ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "camel-support $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -cp 'lib/*:.' Finding
