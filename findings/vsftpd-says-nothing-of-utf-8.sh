#!/usr/bin/env bash
# A program fetches scans from vsftpd on a Linux of today, whose names are UTF-8, and asks by FEAT whether the server speaks it (RFC 2640
# section 3.2), as Commons Net does with setAutodetectUTF8(true); else it reads Latin-1, its default.
#
# One would guess: vsftpd hands out the names of its disk, and FEAT says UTF8; or it does not speak it, and says so to OPTS UTF8 ON too.
# Seen: FEAT has no UTF8, while OPTS UTF8 ON is answered "200 Always in UTF8 mode.", before and after, and the names are UTF-8. So "Büro.pdf" is listed
# as "BÃ¼ro.pdf", and nobody notices, for it is fetched and deleted by that name: written as Latin-1 it is the same octets. Only who gets the file sees
# it. With utf8_filesystem=YES, which is off unless set, FEAT has UTF8, and the same program reads "Büro.pdf". Python takes UTF-8 without asking.
# Versions: vsftpd 3.0.3 (Debian 12), Commons Net 3.12.0, Python 3.11.7, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven, Python 3, apt-get and dpkg, and root, since the server changes to another user. Ends with 1 when the behaviour has changed.
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
cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>commons-net</groupId><artifactId>commons-net</artifactId><version>3.12.0</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

mkdir home empty
python3 -c 'open(b"home/B\xc3\xbcro.pdf", "wb").write(b"scan")'
cat > Finding.java <<'JAVA'
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import org.apache.commons.net.ftp.FTPClient;

public class Finding {
    static FTPClient client = new FTPClient();

    static void connect(int port) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                client.connect("127.0.0.1", port);
                return;
            } catch (ConnectException e) {
                if (attempt == 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /** In ASCII: whatever the terminal shows, it is not the terminal. */
    static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.chars().forEach(letter -> shown.append(letter < 0x80 ? "" + (char) letter : "\\u%04X".formatted(letter)));
        return shown.toString();
    }

    public static void main(String[] arguments) throws Exception {
        client.setAutodetectUTF8(true);
        connect(Integer.parseInt(arguments[0]));
        client.login("anonymous", "");
        client.enterLocalPassiveMode();
        boolean feature = client.hasFeature("UTF8");
        client.sendCommand("OPTS UTF8 ON");
        String opts = client.getReplyString().strip();
        String name = client.listFiles()[0].getName();
        ByteArrayOutputStream scan = new ByteArrayOutputStream();
        boolean fetched = client.retrieveFile(name, scan) && scan.size() == 4;
        System.out.println("FEAT has UTF8: " + feature + "; OPTS UTF8 ON: " + opts + "; listed: " + shown(name) + "; fetched: " + fetched);
        client.disconnect();
    }
}
JAVA
javac -cp 'lib/*' -d classes Finding.java
for said in NO YES; do
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
CONF
  [ "$said" = NO ] || echo "utf8_filesystem=YES" >> vsftpd.conf
  LD_LIBRARY_PATH="${library%/*}" unpacked/usr/sbin/vsftpd "$work/vsftpd.conf" >server.log 2>&1 &
  server=$!
  timeout 30 java -XX:TieredStopAtLevel=1 -cp 'classes:lib/*' Finding "$port" > "$said"
  timeout 20 python3 -c "
import ftplib
client = ftplib.FTP()
client.connect('127.0.0.1', $port, timeout=10)
client.login()
print(ascii(client.nlst()[0]).strip(\"'\"))" > "$said.python"
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
done
echo "vsftpd $(dpkg-deb -f vsftpd*.deb Version), Commons Net 3.12.0, $(python3 --version), Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
echo "as it comes: $(cat NO); Python: $(cat NO.python)"
echo "utf8_filesystem=YES: $(cat YES); Python: $(cat YES.python)"
always="OPTS UTF8 ON: 200 Always in UTF8 mode."
if [ "$(cat NO)" = "FEAT has UTF8: false; $always; listed: B\\u00C3\\u00BCro.pdf; fetched: true" ] \
    && [ "$(cat YES)" = "FEAT has UTF8: true; $always; listed: B\\u00FCro.pdf; fetched: true" ] \
    && [ "$(cat NO.python)" = 'B\xfcro.pdf' ] && [ "$(cat YES.python)" = 'B\xfcro.pdf' ]; then
  echo "as seen: the names are UTF-8, and FEAT does not say so"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
