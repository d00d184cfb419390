package org.mailchute.nexthop;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** Asks the DNS for the MX hosts of a domain. Answers are kept as long as their TTL says. Safe between threads. */
public final class MxLookup {
    /** Of the hosts in one answer; each must be looked up and tried in turn (RFC 5321 section 5.1 lets a sender limit that). */
    static final int MOST_HOSTS = 20;

    private final LookupSession session;
    private final Duration timeout;

    /** @param timeout for the whole answer */
    public MxLookup(Resolver resolver, Duration timeout) {
        this.session = LookupSession.builder()
                .resolver(resolver)
                .cache(new Cache(DClass.IN))
                .build();
        this.timeout = timeout;
    }

    /** @param domain without a trailing dot */
    public MxAnswer lookup(String domain) {
        try {
            Name name = Name.fromString(domain, Name.root);
            return answer(
                    domain,
                    session.lookupAsync(name, Type.MX)
                            .toCompletableFuture()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return failure(domain, e.getCause());
        } catch (TimeoutException e) {
            return new MxAnswer.Unknown("no answer from the DNS within " + timeout.toMillis() + " ms");
        } catch (TextParseException e) {
            return new MxAnswer.NoSuchDomain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new MxAnswer.Unknown("interrupted");
        }
    }

    private static MxAnswer answer(String domain, LookupResult result) {
        if (result.getRecords().isEmpty()) {
            return new MxAnswer.Hosts(List.of(domain));
        }
        List<String> hosts = result.getRecords().stream()
                .map(MXRecord.class::cast)
                .sorted(Comparator.comparingInt(MXRecord::getPriority).thenComparing(Record::rdataToString))
                .map(mx -> mx.getTarget().toString(true))
                .toList();
        List<String> real = hosts.stream()
                .filter(host -> !host.isEmpty() && !host.equals("."))
                .limit(MOST_HOSTS)
                .toList();
        return real.isEmpty() ? new MxAnswer.NullMx() : new MxAnswer.Hosts(real);
    }

    /** dnsjava tells of a missing MX record by an empty result, or, out of its cache, by an exception. */
    private static MxAnswer failure(String domain, @Nullable Throwable cause) {
        if (cause instanceof NoSuchDomainException) {
            return new MxAnswer.NoSuchDomain();
        }
        return cause instanceof NoSuchRRSetException
                ? new MxAnswer.Hosts(List.of(domain))
                : new MxAnswer.Unknown("the DNS gave no answer: " + cause);
    }
}
