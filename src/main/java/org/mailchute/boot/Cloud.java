package org.mailchute.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Microsoft's clouds. The authorities are a closed list: a client secret is sent there, so no slip of the pen may send it
 * elsewhere.
 */
enum Cloud {
    WORLDWIDE(
            "https://login.microsoftonline.com",
            "https://outlook.office365.com/.default",
            "smtp.office365.com",
            "smtp-legacy.office365.com"),
    US_GOVERNMENT(
            "https://login.microsoftonline.us",
            "https://outlook.office365.us/.default",
            "smtp.office365.us",
            "outlook-dod.office365.us"),
    CHINA(
            "https://login.chinacloudapi.cn",
            "https://partner.outlook.cn/.default",
            "smtp.partner.outlook.cn",
            "smtp-legacy.partner.outlook.cn",
            "partner.outlook.cn");

    /** The other name of the Chinese cloud's authority. */
    private static final String CHINA_PARTNER = "https://login.partner.microsoftonline.cn";

    private final String authority;
    private final String scope;
    private final Set<String> submissionHosts;

    Cloud(String authority, String scope, String... submissionHosts) {
        this.authority = authority;
        this.scope = scope;
        this.submissionHosts = Set.of(submissionHosts);
    }

    /** Where tokens come from; no slash at the end. */
    String authority() {
        return authority;
    }

    /** What a token for SMTP is asked for. */
    String scope() {
        return scope;
    }

    static Optional<Cloud> ofSubmissionHost(String host) {
        return Arrays.stream(values())
                .filter(cloud -> cloud.submissionHosts.contains(host))
                .findFirst();
    }

    static List<String> authorities() {
        return Stream.concat(Arrays.stream(values()).map(Cloud::authority), Stream.of(CHINA_PARTNER))
                .toList();
    }
}
