package org.mailchute.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * Servers that are asked one after another until one can answer, as the C library does. Of dnsjava (3.7.1) only one that is silent is passed
 * over; that it cannot answer would be the answer ({@code findings/dnsjava-failure-of-one-server-is-the-answer.sh}).
 */
final class SystemDns {
    private SystemDns() {}

    static Resolver of(List<InetSocketAddress> servers) {
        return new ExtendedResolver(servers.stream().<Resolver>map(Server::new).toList());
    }

    private static final class Server extends SimpleResolver {
        private static final Set<Integer> CANNOT = Set.of(Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP);

        Server(InetSocketAddress address) {
            super(address);
            setTimeout(ExtendedResolver.DEFAULT_RESOLVER_TIMEOUT);
        }

        @Override
        public CompletionStage<Message> sendAsync(Message question, Executor executor) {
            return super.sendAsync(question, executor).thenApply(this::able);
        }

        private Message able(Message answer) {
            if (CANNOT.contains(answer.getRcode())) {
                throw new CompletionException(
                        new IOException(getAddress().getHostString() + " says " + Rcode.string(answer.getRcode())));
            }
            return answer;
        }
    }
}
