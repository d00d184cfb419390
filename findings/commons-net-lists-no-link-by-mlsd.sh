#!/usr/bin/env bash
# A program asks a ProFTPD for the files of a folder by MLSD, as Commons Net's mlistDir() does. Somebody has put a symbolic link there in place of a scan.
#
# One would guess: the link is listed, as a link or as of a type that is not known, so that the program can say that it does not follow it; LIST shows it.
# Seen: it is not there, and nothing tells. ProFTPD says "type=OS.unix=symlink" of it, a form that RFC 3659 has for what one system alone knows (section
# 7.5.1.5); a fact's value may hold "=" (section 7.2, SCHAR). Commons Net splits each fact at every "=", finds three pieces, and gives null for the whole
# line, which mlistDir leaves out. So would a file be whose "unique" ends in "=", as base64 does. listFiles(), by LIST, gives the link with its target.
# Versions: Commons Net 3.12.0, ProFTPD 1.3.8 (Debian 12), Java 17. Date: 2026-12-01.
# Needs a JDK, Maven, Python 3, OpenSSL, apt-get and dpkg, and root, since the server changes to another user. Ends with 1 when the behaviour has changed.
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

apt-get download -qq proftpd-core=1.3.8+dfsg-4+deb12u5 libhiredis0.14=0.14.1-3 libmemcached11=1.1.4-1 libmemcachedutil2=1.1.4-1 libhashkit2=1.1.4-1 \
  libpcre2-posix3=10.42-1+deb12u2 2>/dev/null
for package in *.deb; do
  dpkg -x "$package" unpacked
done
library=$(find "$PWD/unpacked" -name "libhiredis.so.*" | head -n 1)
export LD_LIBRARY_PATH="${library%/*}"
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

mkdir -p home/scans archive
touch home/scans/scan.pdf archive/other.pdf
ln -s ../../archive/other.pdf home/scans/link.pdf
printf 'scanner:%s:65534:65534::%s:/bin/sh\n' "$(openssl passwd -6 secret)" "$work/home" > users
chmod 640 users
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > proftpd.conf <<CONF
ServerName finding
ServerType standalone
DefaultAddress 127.0.0.1
SocketBindTight on
Port $port
User nobody
Group nogroup
AuthOrder mod_auth_file.c
AuthUserFile $work/users
UseReverseDNS off
DelayEngine off
WtmpLog none
TransferLog none
SystemLog $work/log
PidFile $work/pid
ScoreboardFile $work/scoreboard
CONF
unpacked/usr/sbin/proftpd -n -q -c "$work/proftpd.conf" >server.log 2>&1 &
server=$!

cat > Finding.java <<'JAVA'
import java.net.ConnectException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.*;
import org.apache.commons.net.ftp.parser.MLSxEntryParser;

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
                Thread.sleep(100); // it starts
            }
        }
    }

    static List<String> shown(String command, FTPFile[] files) {
        List<String> names = Stream.of(files)
                .filter(file -> !file.isDirectory())
                .map(file -> file.getName() + (file.isSymbolicLink() ? ", a link to " + file.getLink() : ""))
                .sorted()
                .toList();
        System.out.println(command + ": " + names);
        return names;
    }

    public static void main(String[] arguments) throws Exception {
        client.setDefaultTimeout(20_000);
        connect(Integer.parseInt(arguments[0]));
        client.login("scanner", "secret");
        client.enterLocalPassiveMode();
        client.changeWorkingDirectory("scans");
        FTPClientConfig keeping = new FTPClientConfig();
        keeping.setUnparseableEntries(true);
        client.configure(keeping);
        String line = Stream.of(client.initiateMListParsing().getFiles(FTPFileFilters.ALL))
                .filter(file -> file.getName() == null)
                .map(FTPFile::getRawListing)
                .findFirst()
                .orElse("");
        client.configure(null);
        System.out.println("ProFTPD says: " + line.replaceAll("unique=[^;]*;|UNIX[^;]*;", ""));
        boolean same = line.contains(";type=OS.unix=symlink;") && MLSxEntryParser.parseEntry(line) == null;
        same &= MLSxEntryParser.parseEntry("type=file;size=4;unique=QUJD; scan.pdf") != null;
        same &= MLSxEntryParser.parseEntry("type=file;size=4;unique=QUI=; scan.pdf") == null;
        same &= shown("mlistDir", client.mlistDir()).equals(List.of("scan.pdf"));
        same &= shown("listFiles", client.listFiles()).equals(List.of("link.pdf, a link to ../../archive/other.pdf", "scan.pdf"));
        System.out.println(same ? "as seen: by MLSD a link is not listed at all" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "$(unpacked/usr/sbin/proftpd -v 2>&1), Commons Net 3.12.0, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java "$port"
