package org.mailchute.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.intake.DotStuffing;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.ReadyRule;
import org.mailchute.listener.ListenerPlan;
import org.mailchute.polled.Site;
import org.mailchute.request.Requests;

/** What the settings say of one intake: one record a kind. */
public sealed interface IntakePlan {
    /** As events show it before its name. */
    String kind();

    String name();

    /** Kind and name, as events show it. */
    default String label() {
        return kind() + ":" + name();
    }

    /** What it makes of its input; none where that is mail already. */
    default Stream<IntakeRule> rules() {
        return Stream.of();
    }

    /** The queue that it reads. */
    default Stream<String> queues() {
        return Stream.of();
    }

    /** The folder that it watches. */
    default Stream<Path> watched() {
        return Stream.of();
    }

    /** Folders of ours that it puts files into, by their keys; they are not watched even where they lie inside the watched one. */
    default Map<String, Path> own() {
        return Map.of();
    }

    /**
     * A watched folder, or a device's own of our FTP server.
     *
     * @param kind {@link #FOLDER} or {@link #DROP}
     * @param stableFor size and time unchanged this long before it is taken
     */
    record Folder(
            String kind,
            String name,
            Path folder,
            Path rejected,
            boolean subfolders,
            Duration poll,
            Duration stableFor,
            PlaceSettings places,
            IntakeRule rule)
            implements IntakePlan {
        public static final String FOLDER = "folder";
        public static final String DROP = "drop";

        @Override
        public Stream<IntakeRule> rules() {
            return Stream.of(rule);
        }

        @Override
        public Stream<Path> watched() {
            return Stream.of(folder);
        }

        @Override
        public Map<String, Path> own() {
            Map<String, Path> all = new TreeMap<>(places.own());
            all.put("rejected", rejected);
            return all;
        }

        /** Those, and what else is not watched. */
        public List<Path> notWatched() {
            return Stream.concat(own().values().stream(), places.others().stream())
                    .toList();
        }
    }

    /** A server that scanners drop files on, which we poll. */
    record Ftp(
            String name,
            PolledSettings server,
            String folder,
            Duration poll,
            Duration stableFor,
            Path rejected,
            IntakeRule rule)
            implements IntakePlan {
        @Override
        public String kind() {
            return "ftp";
        }

        @Override
        public Stream<IntakeRule> rules() {
            return Stream.of(rule);
        }

        @Override
        public Map<String, Path> own() {
            return Map.of("rejected", rejected);
        }

        /** @param largest octets of a file that is fetched */
        public Site site(long largest) {
            return new Site(server.host(), server.port(), server.user(), folder, largest, server.mayBeLatin());
        }
    }

    /** A queue of mail requests. */
    record Jms(
            String name, String queue, int consumers, long maxRequestBytes, RequestSettings requests, IntakeRule rule)
            implements IntakePlan {
        @Override
        public String kind() {
            return "jms";
        }

        @Override
        public Stream<String> queues() {
            return Stream.of(queue);
        }

        @Override
        public Stream<IntakeRule> rules() {
            return Stream.of(rule);
        }

        public Requests requests(Settings settings, Clock clock) throws IOException {
            return requests.open(this, settings, clock);
        }
    }

    /**
     * A folder of whole messages (.eml).
     *
     * @param rejected where refused ones go; empty for those that stay in the folder, as NAME.bad
     * @param keep what is taken stays in the folder: a rehearsal
     */
    record Pickup(
            String name,
            Path folder,
            Optional<Path> rejected,
            Duration poll,
            Duration stableFor,
            DotStuffing dotStuffed,
            boolean keep,
            ReadyRule rule)
            implements IntakePlan {
        @Override
        public String kind() {
            return "pickup";
        }

        @Override
        public Stream<Path> watched() {
            return Stream.of(folder);
        }

        @Override
        public Map<String, Path> own() {
            return rejected.map(place -> Map.of("rejected", place)).orElse(Map.of());
        }
    }

    /**
     * A listener for devices.
     *
     * @param learning devices that are not known may say whom they want to send to, and are listed
     * @param recipients to whom its devices may send; empty for whomever accept allows
     * @param rule who may send, and how much
     */
    record Smtp(ListenerPlan plan, boolean learning, List<AddressPattern> recipients, ReadyRule rule)
            implements IntakePlan {
        @Override
        public String kind() {
            return "smtp";
        }

        @Override
        public String name() {
            return plan.name();
        }
    }
}
