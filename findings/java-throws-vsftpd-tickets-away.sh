#!/usr/bin/env bash
# A program saves to or fetches from vsftpd by FTPS. The server wants each data connection to resume the TLS session of the control connection, as it
# does unless told otherwise (require_ssl_reuse), and one side speaks TLS 1.2 only. The program goes on with that session as Java lets it
# (findings/java-tls-session-port.sh).
#
# One would guess: what works with TLS 1.3 works with 1.2, and what works with curl works with Java; all ends of it can resume.
# Seen: with TLS 1.2 alone each data connection is refused, "522 SSL connection failed: session reuse required". vsftpd's sessions are good for
# 2,147,483,647 seconds, and so it says with its ticket; Java throws a ticket away that is to live for more than a week, a bound of TLS 1.3
# (RFC 8446 section 4.6.1) that RFC 5077 does not have, and having asked for a ticket it has no session id that the server knows. Only
# javax.net.debug tells. With -Djdk.tls.client.enableSessionTicketExtension=false it resumes by the id. Under TLS 1.3 OpenSSL itself says a week.
# Versions: OpenJDK 17.0.15, vsftpd 3.0.3 (Debian 12) with OpenSSL 3.0, curl 7.88.1. Date: 2026-12-01.
# Needs a JDK, Python 3, OpenSSL, curl, apt-get and dpkg, and root, since the server changes to another user. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
chmod 755 "$work"
cd "$work"

apt-get download -qq vsftpd=3.0.3-13+b2 libwrap0=7.6.q-32 2>/dev/null
for package in *.deb; do
  dpkg -x "$package" unpacked
done
library=$(find "$PWD/unpacked" -name "libwrap.so.*" | head -n 1)
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 2 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost 2>/dev/null
mkdir home empty
echo scan > home/scan.txt
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > vsftpd.conf <<CONF
listen=YES
listen_address=127.0.0.1
listen_port=$port
background=NO
anonymous_enable=YES
no_anon_password=YES
ftp_username=daemon
anon_root=$work/home
secure_chroot_dir=$work/empty
xferlog_enable=NO
seccomp_sandbox=NO
ssl_enable=YES
allow_anon_ssl=YES
rsa_cert_file=$work/certificate.pem
rsa_private_key_file=$work/key.pem
CONF
LD_LIBRARY_PATH="${library%/*}" unpacked/usr/sbin/vsftpd "$work/vsftpd.conf" >server.log 2>&1 &
server=$!

cat > Finding.java <<'JAVA'
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.*;

public class Finding {
    static BufferedReader in;
    static Writer out;

    static void over(Socket socket) throws IOException {
        in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        out = new OutputStreamWriter(socket.getOutputStream());
    }

    static String said() throws IOException {
        return in.readLine();
    }

    static String told(String command) throws IOException {
        out.write(command + "\r\n");
        out.flush();
        return said();
    }

    static SSLSocket tls(SSLContext context, Socket plain, int port) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
        tls.startHandshake();
        return tls;
    }

    static Socket connected(int port) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                if (attempt == 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(Path.of("certificate.pem"))) {
            trusted.setCertificateEntry("server", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance(arguments[1]);
        context.init(null, trust.getTrustManagers(), null);

        Socket plain = connected(port);
        over(plain);
        said();
        told("AUTH TLS");
        SSLSocket control = tls(context, plain, port);
        over(control);
        told("USER anonymous");
        told("PBSZ 0");
        told("PROT P");
        String[] passive = told("PASV").replaceAll(".*\\(|\\).*", "").split(",");
        Socket data = new Socket() {
            @Override
            public int getPort() {
                return port; // of the control connection, by which Java finds the session
            }
        };
        data.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(passive[4]) * 256 + Integer.parseInt(passive[5])));
        told("LIST");
        String line;
        try (Socket tls = tls(context, data, port)) {
            line = new BufferedReader(new InputStreamReader(tls.getInputStream())).readLine();
        } catch (IOException e) {
            line = null;
        }
        System.out.println(line != null && line.endsWith("scan.txt") ? "listed, " + said() : said());
    }
}
JAVA
javac -d classes Finding.java
java_() {
  timeout 30 java -XX:TieredStopAtLevel=1 -cp classes "$@"
}
echo "Java $(java -version 2>&1 | head -1 | cut -d'"' -f2), vsftpd $(dpkg-deb -f vsftpd*.deb Version), $(curl --version | cut -d' ' -f1-2 | head -1)"
newer=$(java_ Finding "$port" TLSv1.3)
older=$(java_ Finding "$port" TLSv1.2)
by_id=$(java_ -Djdk.tls.client.enableSessionTicketExtension=false Finding "$port" TLSv1.2)
by_curl=$(curl -sS --ssl-reqd --tls-max 1.2 --cacert certificate.pem --list-only "ftp://anonymous:@localhost:$port/")
echo "TLS 1.3: $newer"
echo "TLS 1.2: $older"
echo "TLS 1.2, no tickets asked for: $by_id"
echo "curl, TLS 1.2: $by_curl"
if [ "$newer" = "listed, 226 Directory send OK." ] && [ "$older" = "522 SSL connection failed: session reuse required" ] \
    && [ "$by_id" = "$newer" ] && [ "$by_curl" = scan.txt ]; then
  echo "as seen: under TLS 1.2 Java resumes no session of vsftpd"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
