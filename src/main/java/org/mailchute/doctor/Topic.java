package org.mailchute.doctor;

/** What is looked at. Several topics may share a number of the table in {@code src/docs/doctor.md}. */
public enum Topic {
    HOST_NAME(1, "server given by name"),
    PORT(2, "port"),
    REACHED(3, "server answers"),
    HOST_KIND(4, "host fits the option"),
    EHLO_NAME(5, "own name in EHLO"),
    TLS(6, "TLS"),
    AUTH_OFFERED(7, "kinds of login offered"),
    SIZE(8, "message size"),
    FAMILY(9, "address family"),
    EGRESS(10, "address Microsoft sees"),
    PTR(11, "reverse DNS name"),
    BLOCK_LISTS(11, "block lists"),
    MX(12, "MX of the sender's domain"),
    SPF(13, "SPF"),
    DKIM(14, "DKIM"),
    DMARC(14, "DMARC"),
    CERTIFICATE(15, "client certificate"),
    CERTIFICATE_ASKED(15, "client certificate asked for"),
    SENDER_DOMAIN(16, "sender's domain is an accepted domain"),
    PROBE(17, "probe without a message"),
    TOKEN(18, "OAuth token"),
    LOGIN(19, "login"),
    SEND_AS(20, "right to Send As"),
    PROOF_EXPIRY(21, "end of the app's secret or certificate"),
    PASSWORD(22, "login by password"),
    LIMITS(23, "limits of the mailbox"),
    CLOCK(24, "clock"),
    FALLBACK(25, "lanes that take over"),
    FOLDERS(26, "who may write to the folders"),
    BROKER(27, "protocols of the broker");

    private final int number;
    private final String title;

    Topic(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** 1 to 27. */
    public int number() {
        return number;
    }

    /** A few words. */
    public String title() {
        return title;
    }
}
