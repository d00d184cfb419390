package org.mailchute.proof;

/**
 * A point in the gateway at which it can be stopped, named by a method of the product or of the broker's client, and where it
 * matters by who calls it. There is nothing in the product for this: {@link Watch} looks from outside, as a debugger does.
 */
enum Mark {
    RENAMED("org.mailchute.spool.Takeaway", "move", Edge.END),
    KEPT("org.mailchute.spool.Spool", "keep", Edge.END),
    BEFORE_ENQUEUE_COMMIT(Commit.CLASS, Commit.METHOD, Edge.BEGIN, "org.mailchute.steps.BrokerTransaction"),
    AFTER_ENQUEUE_COMMIT(Commit.CLASS, Commit.METHOD, Edge.END, "org.mailchute.steps.BrokerTransaction"),
    BEFORE_REQUEST_COMMIT(Commit.CLASS, Commit.METHOD, Edge.BEGIN, "JmsConsumer\\[mail[.]requests"),
    AFTER_REQUEST_COMMIT(Commit.CLASS, Commit.METHOD, Edge.END, "JmsConsumer\\[mail[.]requests"),
    QUEUED_AND_NOT_ANSWERED("org.mailchute.steps.SmtpInbox$OnDisk", "answer", Edge.BEGIN),
    FETCHED_AND_NOT_NOTED("org.mailchute.steps.TakeAway", "commit", Edge.BEGIN),
    FETCHED_AND_NOT_DELETED("org.mailchute.steps.TakeAway", "delete", Edge.BEGIN),
    SAVED_AND_NOT_ANSWERED("org.mailchute.drop.FolderFsync", "of", Edge.BEGIN, "org.mailchute.drop.Store"),
    ARCHIVE("org.mailchute.watch.Archive", "add", Edge.BEGIN),
    DOT_NOTED("org.mailchute.smtp.HeardNotes$Turn", "leaves", Edge.END),
    REPLY_READ("org.mailchute.smtp.HeardNotes$Turn", "answered", Edge.BEGIN),
    REPLY_NOTED("org.mailchute.smtp.HeardNotes$Turn", "answered", Edge.END),
    BEFORE_OUTCOME_COMMIT(Commit.CLASS, Commit.METHOD, Edge.BEGIN, "JmsConsumer\\[mailchute[.](?!events)"),
    AFTER_OUTCOME_COMMIT(Commit.CLASS, Commit.METHOD, Edge.END, "JmsConsumer\\[mailchute[.](?!events)"),
    BEFORE_EVENTS_COMMIT(Commit.CLASS, Commit.METHOD, Edge.BEGIN, "JmsConsumer\\[mailchute[.]events"),
    AFTER_EVENTS_COMMIT(Commit.CLASS, Commit.METHOD, Edge.END, "JmsConsumer\\[mailchute[.]events"),
    FREEING("org.mailchute.spool.Spool", "remove", Edge.BEGIN),
    NOTES_READ("org.mailchute.smtp.HeardFile", "replace", Edge.BEGIN),
    RECOVERY("org.mailchute.steps.Claim", "takeUp", Edge.BEGIN, "org.mailchute.spool.Recovery"),
    RECOVERED("org.mailchute.spool.Incoming", "release", Edge.BEGIN, "org.mailchute.spool.Recovery"),
    BEFORE_REPLAY_COMMIT(Commit.CLASS, Commit.METHOD, Edge.BEGIN, "org.mailchute.steps.DeadLetterDesk"),
    AFTER_REPLAY_COMMIT(Commit.CLASS, Commit.METHOD, Edge.END, "org.mailchute.steps.DeadLetterDesk");

    /** Which end of the method. */
    enum Edge {
        BEGIN,
        /** Where it returns; for methods that return nothing. */
        END
    }

    private final String className;
    private final String method;
    private final Edge edge;
    private final String within;

    Mark(String className, String method, Edge edge) {
        this(className, method, edge, "");
    }

    Mark(String className, String method, Edge edge, String within) {
        this.className = className;
        this.method = method;
        this.edge = edge;
        this.within = within;
    }

    String className() {
        return className;
    }

    String method() {
        return method;
    }

    Edge edge() {
        return edge;
    }

    /** What a class among the callers is called, or a pattern of a part of the thread's name; empty for anybody. */
    String within() {
        return within;
    }

    /** Only what an earlier kill has left makes the gateway come here. */
    boolean needsLeftovers() {
        return this == RECOVERY || this == RECOVERED;
    }

    /** Only a person who replays a dead letter makes the gateway come here. */
    boolean needsReplay() {
        return within.endsWith("DeadLetterDesk");
    }

    private static final class Commit {
        static final String CLASS = "org.apache.activemq.artemis.jms.client.ActiveMQSession";
        static final String METHOD = "commit";
    }
}
