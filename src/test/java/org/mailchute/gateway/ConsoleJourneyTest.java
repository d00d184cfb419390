package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailchute.gateway.Letters.letter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.listener.Device;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.testing.Browser;
import org.mailchute.testing.TestFolder;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The help desk and the administrator, each with a browser. */
class ConsoleJourneyTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String HOSTILE = "<b onclick=x>&amp; \u202Efdp.txt";
    private static final int DESK = 1200;
    private static final int PHONE = 360;

    @RegisterExtension
    static final Town TOWN = new Town();

    @SuppressWarnings("NullAway.Init") // before the first test
    private static TestFolder profile;

    @SuppressWarnings("NullAway.Init") // likewise
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        profile = new TestFolder();
        browser = Browser.start(profile);
        Path hash = Files.writeString(
                TOWN.root().resolve("hash"),
                PasswordHash.of(PASSWORD, new SecureRandom()).text());
        TOWN.withScenario(Scenario.standard()
                        .withRule("gone", At.RCPT, 1, "550 5.1.1 User unknown")
                        .withRule("away", At.RCPT, 1, "550 5.1.1 User unknown")
                        .withRule("closed", At.RCPT, 1, "550 5.7.133 Not from outside"))
                .withTrace("")
                .withIntake("  smtp: [{name: learning, port: 0, tls: none, networks: [10.0.0.0/8], learning: true}]\n")
                .withSection("console: {users: [{name: anna, password: '${file:" + hash
                        + "}', role: admin}, {name: ben, password: '${file:" + hash + "}', role: viewer}]}")
                .start();
        TOWN.publish(letter("anna@contoso.example", "leaver@contoso.example"));
        TOWN.publish(letter(IntStream.range(0, 300)
                .mapToObj(number -> "person" + number + "@contoso.example")
                .toArray(String[]::new)));
        TOWN.scan("scans", HOSTILE, "seen");
        signIn("anna");
        await("all is in the trace")
                .until(() -> TOWN.metrics().contains("mailchute_trace_behind 0.0")
                        && TOWN.received().size() >= 4);
    }

    @AfterAll
    static void close() throws Exception {
        browser.close();
        profile.close();
    }

    @BeforeEach
    void asADeskInEnglish() {
        browser.wide(DESK).scripts(true);
        browser.reads("en");
    }

    private static String site() throws IOException {
        return "http://" + Files.readString(TOWN.home().resolve("management.address"));
    }

    private static void open(String page) throws IOException {
        browser.open(site() + page);
    }

    private static void signIn(String name) throws IOException {
        browser.forget();
        open("/console");
        browser.write("Name", name, false);
        browser.write("Password", PASSWORD, true);
        browser.awaitText("Where is my scan?");
    }

    /** The dead letter for this address, once it is one. */
    private static String dead(String address) {
        return await(address)
                .until(
                        () -> TOWN.events(Kind.DEAD).stream()
                                .filter(event -> event.recipients().contains(address))
                                .map(DeliveryEvent::queueId)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void search(String words) throws IOException {
        open("/console");
        browser.write("Where is my scan?", words, true);
    }

    private static void searchUntil(String words, String found) {
        await(found)
                .ignoreExceptions()
                .until(
                        () -> {
                            search(words);
                            return browser.text();
                        },
                        text -> text.contains(found));
    }

    @Test
    void everyPageCanBeUsedByAllPeopleAtADeskAndWithAPhone() throws Exception {
        String dead = dead("leaver@contoso.example");
        browser.complaints(); // of tests before
        open("/console/dead");
        String cause = Objects.requireNonNull(browser.of(".cause a.button", link -> link.getAttribute("href")))
                .replaceFirst(".*/console", "/console");
        Map<String, String> pages = Map.ofEntries(
                Map.entry("search", "/console"),
                Map.entry("found", "/console?q=contoso"),
                Map.entry("message", "/console/message?id=" + dead),
                Map.entry("decide", "/console/decide?id=" + dead),
                Map.entry("dead", "/console/dead"),
                Map.entry("cause", cause),
                Map.entry("lanes", "/console/lanes"),
                Map.entry("lane", "/console/lane?lane=direct"),
                Map.entry("intakes", "/console/intakes"),
                Map.entry("doctor", "/console/doctor"),
                Map.entry("settings", "/console/settings"),
                Map.entry("fault", "/console/message?id=none"));
        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            open(page.getValue());
            all.assertThat(browser.barriers()).as(page.getKey()).isEmpty();
            browser.picture(page.getKey());
            browser.wide(PHONE).shows("screen", "dark");
            all.assertThat(browser.goesBeyondTheScreen())
                    .as(page.getKey() + " on a phone")
                    .isFalse();
            all.assertThat(browser.barriers())
                    .as(page.getKey() + " on a phone, in the dark")
                    .isEmpty();
            browser.picture(page.getKey() + "-phone");
            browser.wide(DESK).shows("screen", "light");
        }
        all.assertAll();
        browser.shows("print", "light");
        open("/console/message?id=" + dead);
        browser.picture("message-print");
        assertThat(browser.isShown("header")).isFalse();
        assertThat(browser.isShown("main")).isTrue();
        browser.shows("screen", "light");
        assertThat(browser.complaints())
                .filteredOn(said -> !said.contains("400 (Bad Request)"))
                .as("what it shows is allowed by its own policy")
                .isEmpty();
    }

    @Test
    void theHelpDesksFourQuestionsAreAnswered() throws Exception {
        TOWN.publish(
                "{\"to\": [\"gone@contoso.example\", \"carla@contoso.example\"], \"subject\": \"Order 4711\", \"text\": \"x\"}");
        dead("gone@contoso.example");
        searchUntil("gone@contoso.example", "User unknown");

        assertThat(browser.title()).as("where is it").contains("Order 4711");
        assertThat(browser.text())
                .as("who got it, and why not")
                .containsSubsequence("accepted 1 recipient", "carla@contoso.example")
                .containsSubsequence("given up 1 recipient", "gone@contoso.example")
                .contains("The server said: 550 5.1.1 User unknown", "What to do: ");

        browser.press("Send again, or throw away");
        browser.write("To another address", "heir@contoso.example", false);
        browser.press("Send again");
        browser.awaitText("It is on its way again.");
        await("it arrived")
                .until(() -> TOWN.received().stream()
                        .anyMatch(mail -> mail.recipients().contains("heir@contoso.example")));
        searchUntil("order 4711", "heir@contoso.example");
        assertThat(TOWN.events(Kind.REPLAYED))
                .filteredOn(event -> event.recipients().contains("heir@contoso.example"))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).startsWith("sent again by anna "));
    }

    @Test
    void searchMessageAndDecisionNeedNoScripts() throws Exception {
        browser.scripts(false);
        TOWN.publish("{\"to\": [\"leaver@contoso.example\"], \"subject\": \"Scriptless\", \"text\": \"x\"}");
        searchUntil("scriptless", "given up");
        browser.press("Send again, or throw away");
        browser.tick("input[name=sure]");
        browser.press("Throw away");

        browser.awaitText("It is thrown away.");
        await().until(() -> TOWN.events(Kind.DROPPED).stream()
                .anyMatch(event -> event.reason().equals("dropped by anna")));
    }

    @Test
    void whatAStrangerWroteIsShownAndDoesNothing() throws Exception {
        searchUntil("fdp.txt", "fdp.txt");

        assertThat(browser.text()).contains("<b onclick=x>&amp; ?fdp.txt");
        assertThat(browser.count("b")).isZero();
        search("<script>\"'>");
        assertThat(browser.text()).contains("Nothing found");
        assertThat(browser.of("#q", field -> field.getAttribute("value"))).isEqualTo("<script>\"'>");
        search("person298@contoso.example");
        browser.awaitText("Who got it (300 recipients)");
        assertThat(browser.text()).doesNotContain("person299@");
        browser.press("Show all 300");
        browser.awaitText("person299@contoso.example");
        open("/console/lanes?done=%3Cb%3E");
        assertThat(browser.count("[role=status]")).isZero();
    }

    @Test
    void aLaneIsHeldAndReleasedAndThePageTellsByItself() throws Exception {
        open("/console/lanes");
        assertThat(TOWN.command("lanes", "hold", "connector").exitCode()).isZero();
        browser.awaitText("held by ");

        open("/console/lane?lane=connector");
        browser.press("Release");
        browser.awaitText("The lane is open.");
        open("/console/lane?lane=connector");
        browser.press("Hold");
        browser.awaitText("held by anna");
        assertThat(TOWN.command("lanes", "release", "connector").out()).contains("released");
        await("by itself").until(() -> !browser.text().contains("held by anna"));
    }

    @Test
    void intakesTellWhatWaitsAndWhyWhatWasRefusedAndWhoIsUnknown() throws Exception {
        TOWN.publish("{\"to\": [\"anna@elsewhere.example\"], \"subject\": \"To a stranger\", \"text\": \"x\"}");
        TOWN.scan("scans", "half.pdf", "%PDF-1.7");
        try (Device device = Device.ready(TOWN.gateway().listener("learning").port())) {
            device.says("MAIL FROM:<a@contoso.example>");
            device.says("RCPT TO:<b@contoso.example>");
            device.says("QUIT");
        }
        open("/console/intakes");

        browser.awaitText("half.pdf is not taken: ");
        browser.awaitText("To a stranger");
        browser.awaitText("1 unknown device");
        assertThat(browser.text()).contains("127.0.0.1", "a@contoso.example", "b@contoso.example");
        assertThat(browser.barriers()).isEmpty();
        Files.delete(TOWN.folder("scans").resolve("half.pdf"));
    }

    @Test
    void allDeadLettersOfOneCauseAreSentAgain() throws Exception {
        TOWN.publish(
                "{\"to\": [\"away@contoso.example\", \"closed@contoso.example\"], \"subject\": \"One\", \"text\": \"x\"}");
        dead("away@contoso.example");
        open("/console/dead");
        await().ignoreExceptions()
                .until(() -> browser.text().contains("away@contoso.example")
                        && browser.text().contains("closed@contoso.example"));

        browser.press("Send all of them again");
        browser.tick("input[name=sure]");
        browser.press("Send again");

        browser.awaitText("They are being sent again.");
        await("it arrived")
                .until(() -> TOWN.received().stream()
                        .anyMatch(mail -> mail.recipients().contains("away@contoso.example")));
        assertThat(TOWN.command("dead", "list").out()).as("another cause").contains("closed@contoso.example");
    }

    @Test
    void theDoctorIsAskedAndItsFindingsAppear() throws Exception {
        open("/console/doctor");
        assertThat(browser.text()).contains("It has not run since the start.");
        browser.press("Run now");
        browser.awaitText("Findings of ");
        assertThat(browser.text()).contains("direct: direct-send, localhost:", "What to do:");
    }

    @Test
    void settingsAreShownWithoutSecrets() throws Exception {
        open("/console/settings");
        assertThat(browser.text())
                .contains("console.users[anna]", "role\nadmin", "password\n${file:")
                .doesNotContain("pbkdf2");
    }

    @Test
    void keysAreEnough() throws Exception {
        open("/console");
        browser.type(Keys.TAB);
        assertThat(browser.ofFocused(WebElement::getText)).isEqualTo("To the content");
        browser.type(Keys.ENTER);
        browser.type(Keys.TAB);
        assertThat(browser.ofFocused(field -> field.getAttribute("id"))).isEqualTo("q");
        browser.type("leaver", Keys.ENTER);
        await().ignoreExceptions()
                .until(() -> browser.address().contains("q=leaver")
                        || browser.address().contains("/message?"));
    }

    @Test
    void whoReadsGermanIsToldInGerman() throws Exception {
        browser.reads("de-AT,de;q=0.9,en;q=0.5");
        open("/console/lanes");
        assertThat(browser.title()).isEqualTo("Wege");
        assertThat(browser.of("html", page -> page.getAttribute("lang"))).isEqualTo("de");
        assertThat(browser.text()).contains("keine Grenze", "Anhalten");
    }

    @Test
    void whoMayOnlyLookIsOfferedNothingElse() throws Exception {
        signIn("ben");
        try {
            open("/console/message?id=" + dead("leaver@contoso.example"));
            assertThat(browser.text()).doesNotContain("Send again");
            assertThat(browser.of("nav", WebElement::getText)).isEqualTo("Search");
            open("/console/lanes");
            assertThat(browser.text()).contains("you need the role help desk");
        } finally {
            signIn("anna");
        }
    }
}
