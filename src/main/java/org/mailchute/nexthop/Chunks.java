package org.mailchute.nexthop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailchute.envelope.ForwardPath;

/** Cuts a lane's recipients into transactions no larger than Microsoft takes. */
public final class Chunks {
    /** Recipients of one domain that Exchange Online takes in one transaction at an MX host; above it replies 452 4.5.3. */
    public static final int PER_DOMAIN_AT_MX = 200;

    private final List<List<ForwardPath>> chunks = new ArrayList<>();
    private final List<Map<String, Integer>> counts = new ArrayList<>();
    private final int max;
    private final int perDomain;

    private Chunks(int max, int perDomain) {
        if (max < 1 || perDomain < 1) {
            throw new IllegalArgumentException("a transaction needs room for a recipient");
        }
        this.max = max;
        this.perDomain = perDomain;
    }

    /** In order, each but the last with {@code max} recipients. */
    public static List<List<ForwardPath>> chunks(List<ForwardPath> recipients, int max) {
        return chunks(recipients, max, max);
    }

    /** As few as can be filled from the front with at most {@code perDomain} recipients of one domain in each. */
    public static List<List<ForwardPath>> chunks(List<ForwardPath> recipients, int max, int perDomain) {
        Chunks chunks = new Chunks(max, perDomain);
        recipients.forEach(chunks::add);
        return chunks.chunks.stream().map(List::copyOf).toList();
    }

    private void add(ForwardPath recipient) {
        int i = 0;
        while (i < chunks.size() && !hasRoom(i, recipient)) {
            i++;
        }
        if (i == chunks.size()) {
            chunks.add(new ArrayList<>());
            counts.add(new HashMap<>());
        }
        chunks.get(i).add(recipient);
        counts.get(i).merge(recipient.domain(), 1, Integer::sum);
    }

    private boolean hasRoom(int i, ForwardPath recipient) {
        return chunks.get(i).size() < max && counts.get(i).getOrDefault(recipient.domain(), 0) < perDomain;
    }
}
