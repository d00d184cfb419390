#!/usr/bin/env bash
# A program that loads classes and lets them go (an OSGi bundle, a plug-in, a web application) has a record whose component is of a class of its own,
# and compares two such records once. Then nothing refers to its class loader any more.
#
# One would guess: the garbage collector takes the class loader with all its classes and their static fields.
# Seen: in Java 17 it stays, for as long as no other program compares records: the JDK's method handle for the comparison
# (java.lang.runtime.ObjectMethods) keeps the last type that it was adapted to, and that names the class. Without the comparison the class loader goes.
# Seen in a heap dump as Class ObjectMethods .OBJECT_EQ .asTypeCache .type .ptypes; later versions of Java keep such types weakly.
# Versions: Java 17.0.15. Date: 2026-11-30.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir -p plugin/out
cat > plugin/Plugin.java <<'JAVA'
public class Plugin implements Runnable {
    static final class Name {}

    record Pair(Name one, int number) {}

    @Override
    public void run() {
        if (!new Pair(new Name(), 1).equals(new Pair(new Name(), 1))) {
            System.out.print("");
        }
    }
}
JAVA
cat > Finding.java <<'JAVA'
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

public class Finding {
    static boolean stays(WeakReference<ClassLoader> loader) throws Exception {
        for (int i = 0; i < 10 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return loader.get() != null;
    }

    static WeakReference<ClassLoader> load(boolean compares) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {Path.of("plugin/out/").toUri().toURL()});
        Runnable plugin = (Runnable) loader.loadClass("Plugin").getConstructor().newInstance();
        if (compares) {
            plugin.run();
        }
        loader.close();
        return new WeakReference<>(loader);
    }

    public static void main(String[] args) throws Exception {
        boolean without = stays(load(false));
        System.out.printf("records not compared: class loader still there: %b%n", without);
        WeakReference<ClassLoader> one = load(true);
        boolean with = stays(one);
        System.out.printf("records compared: class loader still there: %b%n", with);
        load(true);
        boolean then = stays(one);
        System.out.printf("records of another class loader compared since: the first still there: %b%n", then);
        System.exit(!without && with && !then ? 0 : 1);
    }
}
JAVA
javac -d plugin/out plugin/Plugin.java
javac Finding.java
echo "Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java Finding
