package org.mailchute.credentials;

import java.util.Map;

/** What Entra's error codes (AADSTS and a number) mean and what to do about each. */
final class EntraMeanings {
    private static final String PORTAL = "In the Entra admin center, App registrations, ";

    record Meaning(String sentence, String remedy) {}

    private static final Meaning ONE_SCOPE = new Meaning(
            "the scope names several resources",
            "Set one scope only, or none: the lane's service and cloud have theirs.");

    static final Meaning NO_IDENTITY = new Meaning(
            "Azure gives this machine no token for the managed identity",
            "In the Azure portal, this machine, Identity: turn the system-assigned identity on, or assign the one whose client id is set.");

    /** By msal4j's error codes for managed identities. */
    static final Map<String, Meaning> OF_MACHINES = Map.of(
            "user_assigned_managed_identity_not_confirmed",
            new Meaning(
                    "Azure Arc's agent gives the server's own identity, and not the one with the client id that is set",
                    "Leave the client id out of managedIdentity: the server's own identity is then used."),
            "managed_identity_file_read_error",
            new Meaning(
                    "the key file of Azure Arc's agent cannot be read",
                    "Let the account that runs Mailchute be a member of the group himds (on Windows: Hybrid agent extension applications), and start it again."));

    static final Meaning UNKNOWN = new Meaning(
            "the login was refused",
            "Look the code up at https://login.microsoftonline.com/error and check the app registration.");

    private static final Meaning NO_TRUST = new Meaning(
            "the application does not know this certificate or federated token",
            PORTAL
                    + "Certificates & secrets: upload our certificate, or add a federated credential whose issuer and subject are those of the token.");

    private static final Meaning NOT_FOR_US = new Meaning(
            "the certificate's signature or the federated token is not one for this application",
            "Check client id and tenant; a federated token must be a whole, valid one, newly issued for this application.");

    static final Map<String, Meaning> OF_CODES = Map.ofEntries(
            Map.entry(
                    "7000215",
                    new Meaning(
                            "the client secret is wrong",
                            PORTAL + "make a new client secret and set its Value, not its Secret ID.")),
            Map.entry(
                    "7000222",
                    new Meaning(
                            "the client secret has expired", PORTAL + "make a new client secret and set its Value.")),
            Map.entry(
                    "700016",
                    new Meaning(
                            "the application is not known in this tenant",
                            "Check the client id and the tenant; they are on the Overview page of the app registration.")),
            Map.entry(
                    "90002",
                    new Meaning(
                            "the tenant does not exist",
                            "Check the tenant: its id or a domain of it, and the right cloud (gateway.cloud).")),
            Map.entry(
                    "65001",
                    new Meaning(
                            "nobody has consented to the application",
                            PORTAL
                                    + "API permissions: add SMTP.SendAsApp of Office 365 Exchange Online (SMTP.Send for a sign-in, Mail.Send for High Volume Email) and grant admin consent.")),
            Map.entry("28000", ONE_SCOPE),
            Map.entry("70011", ONE_SCOPE),
            Map.entry("700027", NO_TRUST),
            Map.entry("70021", NO_TRUST),
            Map.entry("700211", NO_TRUST),
            Map.entry("700213", NO_TRUST),
            Map.entry(
                    "700212",
                    new Meaning(
                            "the federated token is for another audience than the application expects",
                            "Let the platform issue it for the audience of the federated credential, exactly as written there: usually api://AzureADTokenExchange.")),
            Map.entry("700021", NOT_FOR_US),
            Map.entry("700023", NOT_FOR_US),
            Map.entry("50013", NOT_FOR_US),
            Map.entry("50027", NOT_FOR_US),
            Map.entry(
                    "700024",
                    new Meaning(
                            "the certificate's signature or the federated token is not valid at this time",
                            "Set this machine's clock (NTP); check that the platform renews the token file.")),
            Map.entry(
                    "7000218",
                    new Meaning(
                            "the application is not a public client",
                            PORTAL
                                    + "Authentication: allow public client flows, which a sign-in by device code needs.")),
            Map.entry(
                    "7000112",
                    new Meaning(
                            "the application is disabled",
                            "In the Entra admin center, Enterprise applications, Properties: enable users to sign in.")),
            Map.entry(
                    "53003",
                    new Meaning(
                            "Conditional Access blocks the login",
                            "In the Entra admin center, Sign-in logs: see which policy blocks it, and except this application or this gateway's address.")));

    private EntraMeanings() {}
}
