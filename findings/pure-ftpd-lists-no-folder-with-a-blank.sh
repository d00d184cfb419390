#!/usr/bin/env bash
# A program fetches scans from the folder "Scans Office" of a Pure-FTPd by its name: LIST Scans Office, as Commons Net's listFiles(path) says.
#
# One would guess: all that stands behind a command is its one argument, as for RETR, CWD, NLST and MLSD, so the folder is listed; or it is refused.
# Seen: LIST takes each word for a name of its own, finds neither "Scans" nor "Office", and answers 226, "0 matches total": the folder is empty, for
# whoever trusts that. NLST and MLSD list what is in it, and so does LIST once CWD has gone there.
# Versions: Pure-FTPd 1.0.50 (Debian 12), Commons Net 3.12.0, Java 17. Date: 2026-11-30.
# Needs a JDK, Maven, Python 3, apt-get and dpkg, and root, since the server changes to the user that logs in. Ends with 1 when the behaviour has changed.
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

apt-get download -qq pure-ftpd=1.0.50-2.1+b2 libsodium23=1.0.18-1+deb12u1 2>/dev/null
for package in *.deb; do
  dpkg -x "$package" unpacked
done
library=$(find "$PWD/unpacked" -name "libsodium.so.*" | head -n 1)
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

mkdir -p "home/Scans Office" home/Scans-Office
touch "home/Scans Office/scan.pdf" home/Scans-Office/scan.pdf
printf 'secret\nsecret\n' | unpacked/usr/bin/pure-pw useradd scanner -f users -F users.pdb -u 65534 -g 65534 -d "$work/home" -m >/dev/null
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
unpacked/usr/sbin/pure-ftpd -S "127.0.0.1,$port" -l "puredb:$work/users.pdb" -E -H -u 1 -g "$work/pid" >server.log 2>&1 &
server=$!

cat > Finding.java <<'JAVA'
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.*;

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

    static String scans(String command, FTPFile[] files) {
        long scans = Stream.of(files).filter(file -> file.getName().equals("scan.pdf")).count();
        String said = client.getReplyCode() + ", " + scans + " scans";
        System.out.println(command + ": " + said + " (" + client.getReplyString().strip().replaceAll("(?s).*\\n", "") + ")");
        return said;
    }

    public static void main(String[] arguments) throws Exception {
        client.setDefaultTimeout(20_000);
        connect(Integer.parseInt(arguments[0]));
        client.login("scanner", "secret");
        client.enterLocalPassiveMode();
        boolean same = scans("LIST Scans-Office", client.listFiles("Scans-Office")).equals("226, 1 scans");
        same &= scans("LIST Scans Office", client.listFiles("Scans Office")).equals("226, 0 scans");
        same &= scans("MLSD Scans Office", client.mlistDir("Scans Office")).equals("226, 1 scans");
        boolean there = client.changeWorkingDirectory("Scans Office");
        same &= there && scans("CWD Scans Office, then LIST", client.listFiles()).equals("226, 1 scans");
        System.out.println(same ? "as seen: a folder with a blank in its name is listed as empty" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "$(unpacked/usr/sbin/pure-ftpd --help | head -1), Commons Net 3.12.0"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java "$port"
