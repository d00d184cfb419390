package org.mailchute.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.Queues;
import org.mailchute.deferred.Places;
import org.mailchute.nexthop.NextHop;
import org.mailchute.settings.Settings;

/**
 * The queues of lanes at the broker.
 *
 * @param known all there are; none where the broker does not tell
 */
record LaneQueues(BrokerView view, Collection<String> known) {
    private static final Pattern LANE = Pattern.compile("mailchute\\.(submission|direct-send|relay|graph)\\.(.+)");

    /** A queue that no lane of the settings reads. */
    record Left(String option, String lane) {
        NextHop hop() {
            return LeavingLane.hop(option, lane);
        }
    }

    /** Those to which something may come: it waits there, for that lane, or for a later time. */
    List<Left> left(Collection<Settings.Lane> lanes) {
        List<String> read = lanes.stream()
                .map(lane -> Queues.lane(lane.nextHop().option().label(), lane.name()))
                .toList();
        boolean deferred = Stream.concat(Stream.of(Places.DEFERRED), Places.slots().stream())
                .anyMatch(queue -> view.count(queue) > 0);
        List<Left> left = new ArrayList<>();
        for (String queue : known) {
            Matcher lane = LANE.matcher(queue);
            if (lane.matches() && !read.contains(queue) && (deferred || waits(queue, lane.group(2)))) {
                left.add(new Left(lane.group(1), lane.group(2)));
            }
        }
        return left;
    }

    private boolean waits(String queue, String lane) {
        return Stream.of(queue, Places.lane(lane), Places.packed(lane)).anyMatch(place -> view.count(place) > 0);
    }
}
