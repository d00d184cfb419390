#!/bin/sh
# Guess: an embedded broker that is given its configuration as an object has that configuration, however long its start takes.
# Seen: when more than configuration-file-refresh-period (5 s unless told) pass between the begin of the start and its
# activation (a busy machine, a slow disk), the broker reads its configuration file anew, since it may have waited for a lock.
# An embedded one has none: its address settings, acceptors, queues, diverts and security roles are replaced by those of an
# empty configuration. The start goes on without a line in the log, the broker is active, and no client can connect.
# A period of -1 avoids it.
# Version: Artemis 2.55.0. Date: 2026-11-28.
# Needs a JDK 17 and Maven. Ends with 1 when the behaviour has changed.
set -eu
version=2.55.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/pom.xml" <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-server</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -f "$work/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/lib"
cat > "$work/SlowStart.java" <<'JAVA'
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

public class SlowStart {
    static long number;

    /** Whether a client can connect, and the dead letter address of a queue. */
    static String started(Path home, long slowMillis, Long period) throws Exception {
        String url = "vm://" + ++number;
        ConfigurationImpl told = new ConfigurationImpl();
        told.setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO).setJournalFileSize(1 << 20).setJournalPoolFiles(2)
                .setJournalDirectory(home + "/journal").setBindingsDirectory(home + "/bindings")
                .setLargeMessagesDirectory(home + "/large").setPagingDirectory(home + "/paging")
                .addAcceptorConfiguration("vm", url)
                .addAddressSetting("#", new AddressSettings().setDeadLetterAddress(SimpleString.of("dead")));
        if (period != null) {
            told.setConfigurationFileRefreshPeriod(period);
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(told);
        broker.createActiveMQServer();
        ActiveMQServerImpl server = (ActiveMQServerImpl) broker.getActiveMQServer();
        server.setAfterActivationCreated(() -> { // in place of a slow machine
            try {
                Thread.sleep(slowMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        broker.start();
        String seen = "active=" + server.isActive()
                + " dead-letter-address=" + server.getAddressSettingsRepository().getMatch("any").getDeadLetterAddress();
        try (ServerLocator at = ActiveMQClient.createServerLocator(url).setInitialConnectAttempts(1)) {
            at.createSessionFactory().close();
            seen += " connect=yes";
        } catch (Exception e) {
            seen += " connect=no (" + e.getMessage() + ")";
        }
        broker.stop();
        return seen;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("Artemis " + org.apache.activemq.artemis.utils.VersionLoader.getVersion().getFullVersion());
        Path home = Path.of(args[0]);
        String quick = started(home.resolve("quick"), 0, null);
        String slow = started(home.resolve("slow"), 6_000, null);
        String without = started(home.resolve("without"), 6_000, -1L);
        System.out.println("a start of less than 5 s:                 " + quick);
        System.out.println("a start of more than 6 s:                 " + slow);
        System.out.println("the same with a refresh period of -1:     " + without);
        String whole = "active=true dead-letter-address=dead connect=yes";
        boolean asSeen = quick.equals(whole) && without.equals(whole)
                && slow.startsWith("active=true dead-letter-address=null connect=no");
        System.out.println(asSeen ? "as seen: the slow one has forgotten what it was told" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -nowarn -cp "$work/lib/*" -d "$work" "$work/SlowStart.java"
java -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$work:$work/lib/*" SlowStart "$work/home"
