package org.mailchute.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** Asks the DNS, and keeps answers as long as they may be kept. Once it was silent it is not waited for again. */
public final class Zone {
    /**
     * @param records as text; empty when there are none
     * @param unknown why there is no answer
     */
    record Answer(List<String> records, Optional<String> unknown) {
        static Answer none() {
            return new Answer(List.of(), Optional.empty());
        }

        static Answer unknown(String why) {
            return new Answer(List.of(), Optional.of(why));
        }
    }

    private final LookupSession session;
    private final Duration timeout;
    private volatile boolean silent;

    /** @param timeout for each answer */
    public Zone(Resolver resolver, Duration timeout) {
        this.session = LookupSession.builder()
                .resolver(resolver)
                .cache(new Cache(DClass.IN))
                .build();
        this.timeout = timeout;
    }

    /** Each whole record, its strings joined without a blank (RFC 7208 section 3.3). */
    Answer texts(String name) {
        return ask(name, Type.TXT, record -> String.join("", ((TXTRecord) record).getStrings()));
    }

    /** @param type whose data is one name or address, such as CNAME or A; names without the last dot */
    Answer names(String name, int type) {
        return ask(name, type, record -> record.rdataToString().replaceFirst("\\.$", ""));
    }

    /** The names of an address (RFC 1035 section 3.5). */
    Answer namesOf(java.net.InetAddress address) {
        return names(ReverseMap.fromAddress(address).toString(true), Type.PTR);
    }

    /** What a block list says of an address: 127.0.0.x for each listing, none when it is not listed (RFC 5782). */
    Answer listed(java.net.InetAddress address, String list) {
        String reversed = ReverseMap.fromAddress(address).toString(true).replaceFirst("\\.(in-addr|ip6)\\.arpa$", "");
        return names(reversed + "." + list, Type.A);
    }

    private Answer ask(String name, int type, Function<Record, String> text) {
        if (silent) {
            return Answer.unknown("the DNS is silent");
        }
        try {
            return new Answer(
                    session
                            .lookupAsync(Name.fromString(name, Name.root), type)
                            .toCompletableFuture()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .getRecords()
                            .stream()
                            .map(text)
                            .toList(),
                    Optional.empty());
        } catch (ExecutionException e) {
            boolean nothing =
                    e.getCause() instanceof NoSuchDomainException || e.getCause() instanceof NoSuchRRSetException;
            return nothing ? Answer.none() : Answer.unknown("the DNS gave no answer for " + name);
        } catch (TimeoutException e) {
            silent = true;
            return Answer.unknown("the DNS gave no answer within " + timeout.toMillis() + " ms");
        } catch (TextParseException e) {
            return Answer.none();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.unknown("the doctor was interrupted");
        }
    }
}
