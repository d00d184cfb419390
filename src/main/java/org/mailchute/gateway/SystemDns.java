package org.mailchute.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mailchute.nexthop.DnsServer;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;

/**
 * Servers that are asked one after another until one can answer, as the C library does. Of dnsjava (3.7.1) only one that is silent is passed
 * over; that it cannot answer would be the answer ({@code findings/dnsjava-failure-of-one-server-is-the-answer.sh}). It reads once which servers
 * there are, too; here they are looked up anew when none of them could answer, since a gateway runs for years.
 */
final class SystemDns extends ExtendedResolver {
    private final Supplier<List<InetSocketAddress>> named;
    private List<InetSocketAddress> known;

    private SystemDns(Supplier<List<InetSocketAddress>> named, List<InetSocketAddress> known) {
        super(known.stream().<Resolver>map(Server::new).toList());
        this.named = named;
        this.known = known;
    }

    /** @param named those that the machine names now */
    static Resolver of(Supplier<List<InetSocketAddress>> named) {
        return new SystemDns(named, named.get());
    }

    /** This machine's; dnsjava has read them by itself when it is asked for the first time. */
    static Resolver real() {
        return new SystemDns(
                () -> {
                    ResolverConfig.refresh();
                    return ResolverConfig.getCurrentConfig().servers();
                },
                ResolverConfig.getCurrentConfig().servers());
    }

    @Override
    public CompletionStage<Message> sendAsync(Message question, Executor executor) {
        return super.sendAsync(question, executor)
                .exceptionallyCompose(fault ->
                        areOthers() ? super.sendAsync(question, executor) : CompletableFuture.failedStage(fault));
    }

    private synchronized boolean areOthers() {
        List<InetSocketAddress> now = named.get();
        if (now.equals(known)) {
            return false;
        }
        known = now;
        Resolver[] before = getResolvers();
        now.forEach(address -> addResolver(new Server(address)));
        Stream.of(before).forEach(this::deleteResolver);
        return true;
    }

    private static final class Server extends DnsServer {
        private static final Set<Integer> CANNOT = Set.of(Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR);

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
