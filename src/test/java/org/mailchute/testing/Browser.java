package org.mailchute.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a screen, as a person uses it. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "console");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Started; where it is not there the test is told of as not run, or fails where .ci/run says it must be.
     *
     * @param profile where it keeps its things
     * @param more arguments of Chromium's
     */
    public static Browser start(TestFolder profile, String... more) {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            Missing.program("there is no Chromium (apt install chromium chromium-driver)");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless",
                "--no-sandbox", // it does not start as root with one
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--user-data-dir=" + profile.path().resolve("profile"));
        options.addArguments(more);
        LoggingPreferences said = new LoggingPreferences();
        said.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", said);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .withSilent(true)
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** As wide as a desk's screen, or as a phone's. */
    public Browser wide(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Asks for pages in this language. */
    public void reads(String language) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", language)));
    }

    /** Scripts of pages run, or do not. */
    public void scripts(boolean on) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
    }

    /** Light or dark, on a screen or in print. */
    public void shows(String medium, String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    public void open(String address) {
        driver.get(address);
    }

    public String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    /** What stands on the page. */
    public String text() {
        return of("main", WebElement::getText);
    }

    public String title() {
        return of("h1", WebElement::getText);
    }

    /** Waits until it stands there. */
    public String awaitText(String part) {
        return await(part).ignoreExceptions().until(this::text, text -> text.contains(part));
    }

    /** Waits until it stands on the page, whatever that is made of. */
    public void awaitPage(String part) {
        await(part).ignoreExceptions().until(() -> of("body", WebElement::getText), text -> text.contains(part));
    }

    /** As somebody who was never here. */
    public void forget() {
        driver.manage().deleteAllCookies();
    }

    /** What the first such element says when asked. */
    public String of(String css, Function<WebElement, String> asked) {
        return steadily(css, () -> asked.apply(driver.findElement(By.cssSelector(css))));
    }

    public boolean isShown(String css) {
        return steadily(css, () -> driver.findElement(By.cssSelector(css)).isDisplayed());
    }

    /** Clicks it. */
    public void tick(String css) {
        steadily(css, () -> {
            driver.findElement(By.cssSelector(css)).click();
            return true;
        });
    }

    public int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    /** The page may just be told something, and be made of other elements than a moment ago: then it is asked anew. */
    private static <T> T steadily(String what, Callable<T> asked) {
        return await(what)
                .ignoreExceptionsInstanceOf(StaleElementReferenceException.class)
                .until(asked, any -> true);
    }

    /** Follows a link, or presses a button, with this name. */
    public void press(String name) {
        steadily(name, () -> pressed(name));
    }

    private boolean pressed(String name) {
        driver.findElements(By.cssSelector("a, button, summary")).stream()
                .filter(one -> one.isDisplayed() && one.getText().strip().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is named " + name + " on: " + text()))
                .click();
        return true;
    }

    /** Writes into the field with this label, and ends with Enter where {@code enter} says so. */
    public void write(String label, String text, boolean enter) {
        steadily(label, () -> written(label, text, enter));
    }

    private boolean written(String label, String text, boolean enter) {
        WebElement field = driver.findElement(By.id(driver.findElements(By.tagName("label")).stream()
                .filter(one -> one.getText().equals(label))
                .map(one -> Objects.requireNonNull(one.getAttribute("for")))
                .findFirst()
                .orElseThrow()));
        field.clear();
        field.sendKeys(text);
        if (enter) {
            field.sendKeys(Keys.ENTER);
        }
        return true;
    }

    /** Presses keys where the focus is. */
    public void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** What that says which has the focus. */
    public String ofFocused(Function<WebElement, String> asked) {
        return steadily("the focus", () -> asked.apply(driver.switchTo().activeElement()));
    }

    /** Whether part of the page lies beside the screen. */
    public boolean goesBeyondTheScreen() {
        return Boolean.TRUE.equals(
                driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
    }

    /** What axe-core finds on the page that keeps some people from using it, each with where. */
    public List<?> barriers() throws IOException {
        try (InputStream axe = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>)
                Objects.requireNonNull(
                        driver.executeAsyncScript(
                                "const done = arguments[0]; axe.run(document).then(found => done(found.violations.map("
                                        + "one => one.id + ': ' + one.nodes.map(node => node.html).join(' '))), error => done(['' + error]));"));
    }

    /** What the browser complained of since it was asked last: scripts that failed, what the page's policy forbids. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Keeps a picture of the whole page below target/console. */
    public void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Object whole = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        Files.write(
                PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(Objects.requireNonNull((String) whole)));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
