#!/usr/bin/env bash
# A script saves a scan with the ftp of GNU inetutils to an Apache FtpServer, as each comes: log in, put, quit. Neither is told of a transfer mode.
#
# One would guess: two of today's agree on binary, and that what a server says of its system (SYST) is for people to read.
# Seen: this client uses binary only where the answer begins "215 UNIX Type: L8", word for word. Apache FtpServer says "215 UNIX Type: Apache
# FtpServer", so the client sends text: a CR more before each LF. The server takes these out again, and makes an LF of each other CR. The file has
# its right size afterwards, and other content. tnftp, of the same origin, looks for "UNIX" only and sends octets as they are.
# Who writes an FTP server says "UNIX Type: L8".
# Versions: ftpserver-core 1.2.1, inetutils-ftp 2.4, tnftp 20210827 (Debian 12), Java 17. Date: 2026-11-30.
# Needs a JDK, Maven, apt-get and dpkg. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"

apt-get download -qq inetutils-ftp=2:2.4-2+deb12u3 tnftp=20210827-4+b1 2>/dev/null
for package in *.deb; do
  dpkg -x "$package" root
done
cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.ftpserver</groupId><artifactId>ftpserver-core</artifactId><version>1.2.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.io.Writer;
import java.nio.file.*;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.*;
import org.apache.ftpserver.*;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.*;
import org.apache.ftpserver.listener.*;
import org.apache.ftpserver.usermanager.impl.*;
import org.apache.ftpserver.usermanager.*;

public class Finding {
    /** Each octet there is, as in a picture. */
    static final byte[] SCAN = new byte[256];

    /** What the server keeps of a scan. @param system its answer to SYST; null for its own */
    static String kept(String client, String system) throws Exception {
        Path home = Files.createTempDirectory(Path.of("."), "home").toAbsolutePath();
        FtpServerFactory factory = new FtpServerFactory();
        ListenerFactory plain = new ListenerFactory();
        plain.setServerAddress("127.0.0.1");
        plain.setPort(0);
        Listener listener = plain.createListener();
        factory.addListener("default", listener);
        PropertiesUserManagerFactory users = new PropertiesUserManagerFactory();
        users.setPasswordEncryptor(new ClearTextPasswordEncryptor());
        UserManager manager = users.createUserManager();
        BaseUser user = new BaseUser();
        user.setName("scanner");
        user.setPassword("secret");
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(0, 0)));
        manager.save(user);
        factory.setUserManager(manager);
        if (system != null) {
            CommandFactoryFactory commands = new CommandFactoryFactory();
            commands.addCommand("SYST", (session, context, request) -> session.write(new DefaultFtpReply(215, system)));
            factory.setCommandFactory(commands.createCommandFactory());
        }
        FtpServer server = factory.createServer();
        server.start();
        Process process = new ProcessBuilder("root/usr/bin/" + client, "-p", "-v").redirectErrorStream(true)
                .redirectOutput(Path.of("said.txt").toFile()).start();
        try (Writer commands = process.outputWriter()) {
            commands.write("open 127.0.0.1 " + listener.getPort() + "\nput scan.pdf\nquit\n");
        }
        process.waitFor();
        server.stop();
        byte[] kept = Files.readAllBytes(home.resolve("scan.pdf"));
        String sent = Files.readString(Path.of("said.txt")).replaceAll("(?s).*\\n(\\d+) bytes sent.*", "$1");
        return sent + " octets sent, " + kept.length + " kept, " + (Arrays.equals(kept, SCAN) ? "the same" : "not the same");
    }

    public static void main(String[] none) throws Exception {
        for (int octet = 0; octet < SCAN.length; octet++) {
            SCAN[octet] = (byte) octet;
        }
        Files.write(Path.of("scan.pdf"), SCAN);
        Files.writeString(Path.of(".netrc"), "machine 127.0.0.1 login scanner password secret\n");
        Files.setPosixFilePermissions(Path.of(".netrc"), PosixFilePermissions.fromString("rw-------"));
        System.out.println("a scan of " + SCAN.length + " octets:");
        System.out.println("inetutils-ftp, own SYST: " + kept("inetutils-ftp", null));
        System.out.println("inetutils-ftp, UNIX Type: L8: " + kept("inetutils-ftp", "UNIX Type: L8"));
        System.out.println("tnftp, own SYST: " + kept("tnftp", null));
        System.exit(0);
    }
}
JAVA
dpkg -I inetutils-ftp*.deb | grep Version
dpkg -I tnftp*.deb | grep Version
HOME=$work timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java | tee out.txt
if [ "$(sed -n 's/^inetutils-ftp, own SYST: //p' out.txt)" = "257 octets sent, 256 kept, not the same" ] \
    && [ "$(sed -n 's/^inetutils-ftp, UNIX Type: L8: //p' out.txt)" = "256 octets sent, 256 kept, the same" ] \
    && [ "$(sed -n 's/^tnftp, own SYST: //p' out.txt)" = "256 octets sent, 256 kept, the same" ]; then
  echo "as seen: by the server's name for its system a client changes what it sends"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
