package org.mailchute.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailchute.deadletter.Person;
import org.mailchute.testing.Browser;
import org.mailchute.testing.TestFolder;

/** What only a browser shows: which cookies go along from where, what a form of ours says of itself. Scripts are off. */
class SignInBrowserTest {
    private static TestFolder folder;
    private static OpenEntrance house;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        folder = new TestFolder();
        house = new OpenEntrance(folder.path());
        browser = Browser.start(folder, "--ignore-certificate-errors");
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        house.close();
        folder.close();
    }

    @BeforeEach
    void signedOut() {
        browser.open(house.here + "/console/in");
        browser.forget();
        browser.reads("en");
        browser.scripts(false);
    }

    @Test
    void nameAndPasswordLeadToThePageThatWasWanted() throws Exception {
        browser.open(house.here + "/console/dead");
        assertThat(browser.title()).isEqualTo("Sign in");
        browser.write("Name", "anna", false);
        browser.write("Password", "wrong", true);
        assertThat(browser.awaitText("Name or password is wrong.")).contains("mailchute console");
        browser.write("Password", OpenEntrance.PASSWORD, true);
        browser.awaitPage("anna HELPDESK");
        assertThat(browser.address()).isEqualTo(house.here + "/console/dead");
    }

    @Test
    void aLinkOpensByItsButtonAndThenAnotherSitesLinksLeadIn() throws Exception {
        browser.open(house.here + house.entrance.link(new Person("root")));
        browser.press("Sign in as administrator");
        browser.awaitPage("root ADMIN");
        browser.open("data:text/html,<a href='" + house.here + "/console/dead'>a mail's link</a>");
        browser.press("a mail's link");
        browser.awaitPage("root ADMIN");
        assertThat(browser.address()).isEqualTo(house.here + "/console/dead");
    }

    /** Entra is at localhost, which is another site than 127.0.0.1. */
    @Test
    void theWayBackFromEntraLeadsToThePageThatWasWanted() throws Exception {
        house.entra.says("groups", "[\"" + OpenEntrance.GROUP + "\"]");
        browser.open(house.here + "/console/dead");
        browser.press("Sign in with Microsoft");
        browser.awaitPage("anna@contoso.example HELPDESK");
        assertThat(browser.address()).isEqualTo(house.here + "/console/dead");
    }

    @Test
    void theSignInIsForEverybody() throws Exception {
        browser.scripts(true);
        browser.complaints(); // of other tests
        browser.wide(360).open(house.here + "/console/in");
        assertThat(browser.barriers()).isEmpty();
        browser.picture("sign-in-360");
        assertThat(browser.complaints())
                .filteredOn(line -> !line.contains("/favicon.ico"))
                .isEmpty();
    }
}
