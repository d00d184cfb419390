#!/usr/bin/env bash
# A device saves a scan to an Apache FtpServer, and somebody presses Cancel: it says ABOR (RFC 959 section 4.1.3) in the middle of the transfer and
# then closes the data connection.
#
# One would guess: ABOR, which the server knows, ends the transfer with 426, as RFC 959 has it, and what came so far is not taken for the file.
# Seen: commands of a session are read one after another, so ABOR is not read while STOR lasts. Nothing is answered until the device closes its data
# connection; that is the end of the file for STOR, which answers 226. Only then comes ABOR's own 226, and the half scan lies there under its name.
# A device that waits for the answer before it closes waits in vain.
# Versions: ftpserver-core 1.2.1, Java 17. Date: 2026-11-30.
# Needs a JDK and Maven. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

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
import java.net.*;
import java.nio.file.*;
import java.util.List;
import org.apache.ftpserver.*;
import org.apache.ftpserver.ftplet.*;
import org.apache.ftpserver.listener.*;
import org.apache.ftpserver.usermanager.*;
import org.apache.ftpserver.usermanager.impl.*;

public class Finding {
    static BufferedReader replies;
    static OutputStream control;

    static void say(String command) throws IOException {
        control.write((command + "\r\n").getBytes());
    }

    static String reply() throws IOException {
        try {
            return replies.readLine();
        } catch (SocketTimeoutException e) {
            return "nothing";
        }
    }

    public static void main(String[] none) throws Exception {
        Path home = Files.createDirectory(Path.of("home")).toAbsolutePath();
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
        factory.createServer().start();

        Socket session = new Socket("127.0.0.1", listener.getPort());
        session.setSoTimeout(20_000);
        replies = new BufferedReader(new InputStreamReader(session.getInputStream()));
        control = session.getOutputStream();
        reply();
        for (String command : List.of("USER scanner", "PASS secret", "TYPE I", "EPSV")) {
            say(command);
            if (command.equals("EPSV")) {
                break;
            }
            reply();
        }
        int port = Integer.parseInt(reply().replaceAll(".*\\|(\\d+)\\|.*", "$1"));
        Socket data = new Socket("127.0.0.1", port);
        say("STOR scan.pdf");
        System.out.println("STOR: " + reply());
        data.getOutputStream().write(new byte[100_000]);
        say("ABOR");
        session.setSoTimeout(3_000);
        String early = reply();
        System.out.println("ABOR, 3 seconds long: " + early);
        data.close();
        session.setSoTimeout(20_000);
        String stored = reply();
        System.out.println("the data connection is closed: " + stored);
        String aborted = reply();
        System.out.println("then: " + aborted);
        long kept = Files.exists(home.resolve("scan.pdf")) ? Files.size(home.resolve("scan.pdf")) : 0;
        System.out.println("kept: " + kept + " octets");
        boolean same = early.equals("nothing") && stored.startsWith("226") && aborted.startsWith("226") && kept == 100_000;
        System.out.println(same ? "as seen: ABOR is heard when the transfer is over, and the half scan is kept" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "Apache FtpServer 1.2.1, $(java -version 2>&1 | head -1)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
