#!/usr/bin/env bash
# rclone copies a scan to an FTP server from which a gateway takes each file as soon as it is there: the server has answered 226, and the file
# is gone before rclone's next command.
#
# One would guess: 226 is the end of it, and the file was sent once.
# Seen: rclone looks for the file afterwards, does not find it, calls the copy failed and sends the whole file again, three times in all, each
# answered with 226 ("--retries 3" is its default, for what went wrong). Then it ends with exit code 1, and whoever repeats it sends it three times more.
# A server that gives files away keeps them for as long as such clients look, some seconds, or gets one file three times. curl looks for nothing.
# Versions: rclone 1.60.1 (Debian 12), ftpserver-core 1.2.1, Java 17. Date: 2026-11-30.
# Needs a JDK, Maven, apt-get, dpkg and curl. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"

apt-get download -qq rclone=1.60.1+dfsg-2+b5 2>/dev/null
dpkg -x rclone*.deb root
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
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ftpserver.*;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.command.impl.STOR;
import org.apache.ftpserver.ftplet.*;
import org.apache.ftpserver.impl.*;
import org.apache.ftpserver.listener.*;
import org.apache.ftpserver.usermanager.*;
import org.apache.ftpserver.usermanager.impl.*;

public class Finding {
    static final Path HOME = Path.of("home").toAbsolutePath();
    static final AtomicInteger taken = new AtomicInteger();

    /** Takes the scan away when it is answered for, before the next command of this session is read. */
    static class Taking extends STOR {
        @Override
        public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) throws IOException, FtpException {
            super.execute(session, context, request);
            if (Files.deleteIfExists(HOME.resolve("scan.pdf"))) {
                taken.incrementAndGet();
            }
        }
    }

    static String copied(String... command) throws Exception {
        taken.set(0);
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Path.of("said.txt").toFile()).start();
        int code = process.waitFor();
        return "taken " + taken + " times, exit code " + code;
    }

    public static void main(String[] arguments) throws Exception {
        Files.createDirectory(HOME);
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
        user.setHomeDirectory(HOME.toString());
        user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(0, 0)));
        manager.save(user);
        factory.setUserManager(manager);
        CommandFactoryFactory commands = new CommandFactoryFactory();
        commands.addCommand("STOR", new Taking());
        factory.setCommandFactory(commands.createCommandFactory());
        factory.createServer().start();

        Files.writeString(Path.of("scan.pdf"), "%PDF-1.4\n".repeat(10_000));
        int port = listener.getPort();
        String curl = copied("curl", "-sS", "-T", "scan.pdf", "ftp://scanner:secret@127.0.0.1:" + port + "/");
        System.out.println("curl: " + curl);
        String rclone = copied("root/usr/bin/rclone", "--config", "/dev/null", "copyto", "scan.pdf",
                ":ftp,host=127.0.0.1,port=" + port + ",user=scanner,pass=" + arguments[0] + ":scan.pdf");
        System.out.println("rclone: " + rclone);
        System.out.println(Files.readString(Path.of("said.txt")).lines().filter(line -> line.contains("Attempt 3")).findFirst().orElse(""));
        boolean same = curl.equals("taken 1 times, exit code 0") && rclone.equals("taken 3 times, exit code 1");
        System.out.println(same ? "as seen: what was taken is sent three times" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "$(root/usr/bin/rclone version | head -1), $(curl --version | cut -d' ' -f1-2 | head -1), Apache FtpServer 1.2.1"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java "$(root/usr/bin/rclone obscure secret)"
