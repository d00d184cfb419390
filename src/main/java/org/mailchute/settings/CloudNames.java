package org.mailchute.settings;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.mailchute.reply.Service;
import org.mailchute.service.ServiceProfile;
import org.mailchute.settings.yaml.Kind;

/**
 * The names a tenant's cloud goes by: Microsoft's, unless the settings know newer ones.
 *
 * @param mxSuffixes what MX hosts end in, in lower case, without the dot
 * @param spfInclude what a domain's SPF record includes
 */
public record CloudNames(Cloud cloud, List<String> mxSuffixes, String spfInclude) {
    static final Kind<String> NAME = Kinds.text(
            "what MX hosts end in, such as mail.protection.outlook.com, of at least two words",
            text -> text.length() <= 253 && text.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+") && !Hosts.literal(text));

    public CloudNames {
        mxSuffixes = List.copyOf(mxSuffixes);
    }

    /** For client submission, Exchange Online's usual one first, and those of the other services. */
    public List<String> submissionHosts() {
        return Stream.concat(
                        cloud.submissionHosts().stream(),
                        Arrays.stream(Service.values()).flatMap(service -> ServiceProfile.of(service).hosts().stream()))
                .toList();
    }

    /** Whether an MX host is Microsoft's: of this cloud as set here, or of any as Microsoft names them. */
    public boolean mx(String host) {
        return Hosts.mx(host) || mxSuffixes.stream().anyMatch(suffix -> host.endsWith("." + suffix));
    }
}
