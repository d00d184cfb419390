package org.mailchute.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Microsoft's clouds. The authorities are a closed list: a client secret is sent there, so no slip of the pen may send it
 * elsewhere. Hosts and scope may be set otherwise in the settings.
 */
public enum Cloud {
    /** GCC as well. */
    WORLDWIDE(
            List.of("https://login.microsoftonline.com"),
            "https://outlook.office365.com/.default",
            "https://outlook.office.com/",
            "graph.microsoft.com",
            List.of("smtp.office365.com", "smtp-legacy.office365.com"),
            List.of("mail.protection.outlook.com", "mx.microsoft"),
            "spf.protection.outlook.com"),
    GCC_HIGH(
            List.of("https://login.microsoftonline.us"),
            "https://outlook.office365.us/.default",
            "https://outlook.office365.us/",
            "graph.microsoft.us",
            List.of("smtp.office365.us"),
            List.of("mail.protection.office365.us"),
            "spf.protection.office365.us"),
    DOD(
            List.of("https://login.microsoftonline.us"),
            "https://outlook.office365.us/.default",
            "https://outlook.office365.us/",
            "dod-graph.microsoft.us",
            List.of("outlook-dod.office365.us"),
            List.of("mail.protection.office365.us"),
            "spf.protection.office365.us"),
    /** Operated by 21Vianet. Its authority goes by two names. */
    CHINA(
            List.of("https://login.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"),
            "https://partner.outlook.cn/.default",
            "https://partner.outlook.cn/",
            "microsoftgraph.chinacloudapi.cn",
            List.of("smtp.partner.outlook.cn", "smtp-legacy.partner.outlook.cn", "partner.outlook.cn"),
            List.of("mail.protection.partner.outlook.cn"),
            "spf.protection.partner.outlook.cn");

    private final List<String> authorities;
    private final String scope;
    private final String mail;
    private final String graphHost;
    private final List<String> submissionHosts;
    private final List<String> mxSuffixes;
    private final String spfInclude;

    Cloud(
            List<String> authorities,
            String scope,
            String mail,
            String graphHost,
            List<String> submissionHosts,
            List<String> mxSuffixes,
            String spfInclude) {
        this.authorities = authorities;
        this.scope = scope;
        this.mail = mail;
        this.graphHost = graphHost;
        this.submissionHosts = submissionHosts;
        this.mxSuffixes = mxSuffixes;
        this.spfInclude = spfInclude;
    }

    /** Where tokens come from; no slash at the end. */
    String authority() {
        return authorities.get(0);
    }

    /** All names of the authority. */
    List<String> authorities() {
        return authorities;
    }

    /** What an app asks a token for, so that it may send. */
    public String scope() {
        return scope;
    }

    /** What a person who signs in asks a token for, to be sent with this permission. */
    String delegatedScope(String permission) {
        return mail + permission;
    }

    /** For client submission. */
    public String submissionHost() {
        return submissionHosts.get(0);
    }

    /** All for client submission, the usual one first. */
    List<String> submissionHosts() {
        return submissionHosts;
    }

    /** What the names of MX hosts end in, without the dot. */
    public List<String> mxSuffixes() {
        return mxSuffixes;
    }

    /** What a domain's SPF record includes. */
    public String spfInclude() {
        return spfInclude;
    }

    /** Microsoft Graph's; a token is sent there, so this list is closed too. */
    public String graphHost() {
        return graphHost;
    }

    /** What an app asks a token for, so that it may send by Microsoft Graph. */
    public String graphScope() {
        return "https://" + graphHost() + "/.default";
    }

    static Optional<Cloud> ofGraphHost(String host) {
        return first(cloud -> cloud.graphHost().equals(host));
    }

    /** Whether a host is one of this cloud's, for submission or an MX host. */
    boolean has(String host) {
        return submissionHosts.contains(host)
                || graphHost().equals(host)
                || mxSuffixes.stream().anyMatch(suffix -> host.endsWith("." + suffix));
    }

    static Optional<Cloud> ofSubmissionHost(String host) {
        return first(cloud -> cloud.submissionHosts.contains(host));
    }

    /** The first that has the host; GCC High and DoD share their MX hosts. */
    public static Optional<Cloud> ofHost(String host) {
        return first(cloud -> cloud.has(host));
    }

    static boolean mx(String host) {
        return first(cloud -> cloud.mxSuffixes.stream().anyMatch(suffix -> host.endsWith("." + suffix)))
                .isPresent();
    }

    private static Optional<Cloud> first(Predicate<Cloud> condition) {
        return Arrays.stream(values()).filter(condition).findFirst();
    }
}
