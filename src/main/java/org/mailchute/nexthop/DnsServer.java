package org.mailchute.nexthop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;

/**
 * One DNS server. Where it knows no EDNS it is asked once more without, as RFC 6891 section 6.2.2 has it; dnsjava (3.7.1) takes its refusal for the
 * answer ({@code findings/dnsjava-asks-no-server-without-edns.sh}).
 */
public class DnsServer extends SimpleResolver {
    /** What one says that knows none (RFC 6891 section 7, RFC 2671 section 5.3). */
    private static final Set<Integer> KNOWS_NO_EDNS = Set.of(Rcode.FORMERR, Rcode.NOTIMP, Rcode.SERVFAIL);

    private static final int NO_EDNS = -1;

    private final SimpleResolver plain;

    public DnsServer(InetSocketAddress address) {
        super(address);
        plain = new SimpleResolver(address);
        plain.setEDNS(NO_EDNS);
    }

    @Override
    public void setTimeout(Duration timeout) {
        super.setTimeout(timeout);
        plain.setTimeout(timeout);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message question, Executor executor) {
        if (getAddress().isUnresolved()) {
            // dnsjava would throw, and so ask no other (findings/dnsjava-stumbles-over-an-interface-that-is-away.sh)
            return CompletableFuture.failedStage(
                    new IOException(getAddress().getHostString() + " is no address on this machine now"));
        }
        return super.sendAsync(question, executor)
                .thenCompose(answer -> knowsNoEdns(answer)
                        ? plain.sendAsync(question, executor)
                        : CompletableFuture.completedStage(answer));
    }

    /** Who knows it shows so, also where it refuses (RFC 6891 section 7). */
    private static boolean knowsNoEdns(Message answer) {
        return answer.getOPT() == null && KNOWS_NO_EDNS.contains(answer.getRcode());
    }
}
