package org.mailchute.management;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mailchute.door.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections there are. A new one always gets in: where there are too many, the oldest gives way, of the address that has the
 * most. Whoever asks at once is answered within milliseconds, and whoever does not ask cannot keep a probe out. Those with the right
 * token stay. Used by Netty's one thread only.
 */
@Sharable
final class Callers extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    private final Limits limits;

    /** Oldest first. */
    private final Map<Channel, Origin> open = new LinkedHashMap<>();

    private final Set<Channel> trusted = new LinkedHashSet<>();
    private boolean told;

    Callers(Limits limits) {
        this.limits = limits;
    }

    /** It has the token: it does not give way any more. */
    void trust(Channel caller) {
        trusted.add(caller);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Channel caller = context.channel();
        if (!(caller.remoteAddress() instanceof InetSocketAddress remote)) {
            context.close(); // gone already
            return;
        }
        Origin from = new Origin(remote.getAddress());
        open.put(caller, from);
        if (count(from) > limits.ofOneAddress()) {
            oldestGivesWay(from);
        } else if (open.size() > limits.all()) {
            oldestGivesWay(busiest());
        }
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget(context.channel());
        context.fireChannelInactive();
    }

    private void forget(Channel caller) {
        open.remove(caller);
        trusted.remove(caller);
    }

    private long count(Origin from) {
        return open.values().stream().filter(from::equals).count();
    }

    private Origin busiest() {
        Map<Origin, Long> counts =
                open.values().stream().collect(Collectors.groupingBy(from -> from, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** The newest itself where all others have the token. */
    private void oldestGivesWay(Origin from) {
        open.entrySet().stream()
                .filter(caller -> caller.getValue().equals(from) && !trusted.contains(caller.getKey()))
                .findFirst()
                .map(Map.Entry::getKey)
                .ifPresent(caller -> {
                    tell(caller, from);
                    forget(caller);
                    caller.close();
                });
    }

    /** Once an hour: who does it may do it a thousand times a second. */
    private void tell(Channel caller, Origin from) {
        if (!told) {
            told = true;
            caller.eventLoop().schedule(() -> told = false, 1, TimeUnit.HOURS);
            LOG.warn(
                    "management: {} connections are open, {} of them from {}: the oldest are closed; see who leaves them open there",
                    open.size(),
                    count(from),
                    from);
        }
    }
}
