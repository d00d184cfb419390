#!/usr/bin/env bash
# A certificate and its key are exported as PKCS #12 (.p12, .pfx) with a password that has an umlaut, by OpenSSL, which opens it again.
#
# One would guess: Java opens it with the same password, as the format has its passwords in Unicode (RFC 7292 appendix B.1).
# Seen: "keystore password was incorrect", which sends people to look for another password. Java takes printable ASCII only; that is told
# by the message of the cause alone: "Password is not ASCII". That holds for files of OpenSSL 3, for older ones (-legacy), and for writing one.
# A store of the JKS format takes the password.
# Versions: OpenJDK 17.0.15, OpenSSL 3.0.19. Date: 2026-11-30.
# Needs a JDK and OpenSSL 3. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.Certificate;
import java.util.*;

public class Finding {
    static final String ASCII = "Schluessel";
    static final String UMLAUT = "Schl\u00fcssel";

    /** A password and what it opens. */
    static String read(String file, String password) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return "opened, " + store.size() + " entry";
        } catch (IOException | GeneralSecurityException e) {
            return e.getMessage() + "; below it: " + cause(e);
        }
    }

    static String write(String format, String password) throws Exception {
        KeyStore from = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of("new-ascii.p12"))) {
            from.load(in, ASCII.toCharArray());
        }
        String name = from.aliases().nextElement();
        KeyStore store = KeyStore.getInstance(format);
        store.load(null, null);
        try {
            store.setKeyEntry(name, from.getKey(name, ASCII.toCharArray()), password.toCharArray(), from.getCertificateChain(name));
            store.store(new ByteArrayOutputStream(), password.toCharArray());
            return "written";
        } catch (IOException | GeneralSecurityException e) {
            return e.getClass().getSimpleName() + "; below it: " + cause(e);
        }
    }

    static String cause(Throwable e) {
        return e.getCause() == null ? e.getMessage() : cause(e.getCause());
    }

    static boolean same = true;

    static void expect(String what, String said, String expected) {
        System.out.println(what + ": " + said);
        same &= said.contains(expected);
    }

    public static void main(String[] args) throws Exception {
        for (String kind : List.of("new", "legacy")) {
            expect(kind + ", " + ASCII, read(kind + "-ascii.p12", ASCII), "opened, 1");
            expect(kind + ", " + UMLAUT, read(kind + "-umlaut.p12", UMLAUT), "keystore password was incorrect");
            expect(kind + ", " + UMLAUT, read(kind + "-umlaut.p12", UMLAUT), "Password is not ASCII");
        }
        expect("written as PKCS12, " + UMLAUT, write("PKCS12", UMLAUT), "not ASCII");
        expect("written as JKS, " + UMLAUT, write("JKS", UMLAUT), "written");
        System.out.println(same ? "as seen: Java says that the right password is wrong" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
openssl version
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=relay.contoso.example -days 30 -keyout key.pem -out certificate.pem 2>/dev/null
export LC_ALL=C.UTF-8
for kind in new legacy; do
  for password in ascii:Schluessel umlaut:Schlüssel; do
    openssl pkcs12 -export $([ $kind = new ] || echo -legacy) -inkey key.pem -in certificate.pem -passout "pass:${password#*:}" -out "$kind-${password%:*}.p12"
  done
  openssl pkcs12 $([ $kind = new ] || echo -legacy) -in $kind-umlaut.p12 -passin pass:Schlüssel -nokeys | grep -q 'BEGIN CERTIFICATE'
  echo "$kind, Schlüssel: OpenSSL opens it"
done
timeout 50 java -XX:TieredStopAtLevel=1 Finding.java
