#!/bin/sh
# Guess: an archive of classes made by Java itself as the program ends (-XX:ArchiveClassesAtExit) holds the classes that the program used, so
# that the next start reads its jar for none of them.
# Seen: none of picocli's classes is in it: its jar is compiled for Java 5 (class file version 49, for its users' sake), and such an archive
# holds nothing older than Java 6 (version 50). Java says so in a warning for each class, which is easily switched off with the others. Every
# start of a command reads and verifies some 180 of them again. The other way to an archive, a list of classes (-XX:DumpLoadedClassList) and
# -Xshare:dump, has them in the same Java 17: a sixth of the time of "--version" in our case.
# Version: picocli 4.7.7, OpenJDK 17. Date: 2026-11-30.
# Needs a JDK 17 and Maven. Ends with 1 when the behaviour has changed.
set -eu
version=4.7.7
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=info.picocli:picocli:$version -DoutputDirectory="$work" >/dev/null
cat > "$work/Hello.java" <<'JAVA'
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "hello")
public class Hello implements Callable<Integer> {
    @Option(names = "--name") String name = "you";

    interface Own {}
    static class OwnImplementation implements Own {}

    public Integer call() {
        System.out.println("hello " + name + new OwnImplementation().getClass().getSimpleName().charAt(0));
        return 0;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Hello()).execute(arguments));
    }
}
JAVA
mkdir "$work/classes"
javac -proc:none -cp "$work/picocli-$version.jar" -d "$work/classes" "$work/Hello.java"
jar cf "$work/hello.jar" -C "$work/classes" .
path="$work/hello.jar:$work/picocli-$version.jar"
java -version 2>&1 | head -n 1
echo "picocli $version, class file version $(unzip -p "$work/picocli-$version.jar" 'picocli/CommandLine.class' | od -An -j7 -N1 -tu1 | tr -d ' ')"
java -XX:ArchiveClassesAtExit="$work/hello.jsa" -cp "$path" Hello --name "x" > "$work/dump.txt" 2>&1
grep -m 1 'Pre JDK 6' "$work/dump.txt" || echo "no warning of old classes"
java -XX:SharedArchiveFile="$work/hello.jsa" -Xlog:cds=off,cds+dynamic=off -Xlog:class+load:file="$work/loaded.txt" -cp "$path" Hello --name x >/dev/null
java -XX:DumpLoadedClassList="$work/hello.lst" -cp "$path" Hello --name x >/dev/null
java -Xshare:dump -XX:SharedClassListFile="$work/hello.lst" -XX:SharedArchiveFile="$work/all.jsa" -cp "$path" >/dev/null 2>&1
java -XX:SharedArchiveFile="$work/all.jsa" -Xlog:cds=off -Xlog:class+load:file="$work/all.txt" -cp "$path" Hello --name x >/dev/null
count() { grep "$1" "$work/loaded.txt" | grep -c "$2" || true; }
own=$(count ' Hello\$Own' 'shared objects file (top)')
kept=$(count ' picocli\.' 'shared objects file')
read=$(count ' picocli\.' 'source: \(file\|jar\):')
listed=$(grep ' picocli\.' "$work/all.txt" | grep -c 'shared objects file' || true)
echo "classes of the program's own from the archive: $own of 2"
echo "classes of picocli from the archive: $kept, from its jar: $read; from one made of a class list: $listed"
if [ "$own" -eq 2 ] && [ "$kept" -eq 0 ] && [ "$read" -gt 50 ] && [ "$listed" -gt 50 ]; then
  echo "as seen: the archive made at exit leaves the command line library out, the one made of a list does not"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
