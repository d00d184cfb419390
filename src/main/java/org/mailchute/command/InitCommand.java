package org.mailchute.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.mailchute.credentials.HttpsProxy;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.doctor.Doctor;
import org.mailchute.doctor.FirstLook;
import org.mailchute.doctor.Zone;
import org.mailchute.gateway.Surroundings;
import org.mailchute.init.FirstSettings;
import org.mailchute.init.Interview;
import org.mailchute.init.NewFiles;
import org.mailchute.init.Question;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.ProxyReader;
import org.mailchute.settings.SettingsReader;
import org.xbill.DNS.Resolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code mailchute init}: the first settings, from seven answers. */
@Command(
        name = "init",
        description =
                "Asks seven questions, looks up the domain's MX and SPF records, finds out which ways are open from here, and"
                        + " writes a short settings file, with what is to be done in the tenant beside it: tenant.ps1 and tenant.md. It never"
                        + " overwrites a file, changes nothing in the tenant, and asks for no secret.",
        sortOptions = false,
        modelTransformer = InitCommand.WithQuestions.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 the files are there already or cannot be written, 2 wrong usage, or no answer",
            "",
            "Examples:",
            "  mailchute init",
            "  mailchute init --from scanner@contoso.com --to office@contoso.com --defaults",
            "  mailchute init --answers answers.txt --config /etc/mailchute/mailchute.yaml"
        })
final class InitCommand extends AnsweringCommand {
    private BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description =
                    "Takes answers from this file, a line such as \"from: scanner@contoso.com\" each, named as the options below;"
                            + " asks nothing.")
    private @Nullable Path answers;

    @Option(names = "--defaults", description = "Asks nothing: what no option says is as usual.")
    private boolean defaults;

    @Option(names = "--offline", description = "Looks nothing up and tries no port; takes the answers as given.")
    private boolean offline;

    @Option(
            names = "--dns",
            paramLabel = "ADDRESS[:PORT]",
            converter = DoctorCommand.Server.class,
            description = "Asks this DNS server. Default: this machine's.")
    private @Nullable Resolver dns;

    @Option(names = "--force", description = "Moves files that are there already aside, to NAME.1 and so on.")
    private boolean force;

    /** An option for each question, which says what is asked. */
    static final class WithQuestions implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec init) {
            for (Question question : Question.values()) {
                init.addOption(OptionSpec.builder("--" + question.key())
                        .paramLabel("ANSWER")
                        .type(String.class)
                        .description(question.words() + ".")
                        .build());
            }
            return init;
        }
    }

    /** Instead of this terminal. */
    void in(Reader reader) {
        in = new BufferedReader(reader);
    }

    @Override
    public Integer call() throws Exception {
        Path file = config.file();
        Map<Question, String> given = given();
        if (refused(FirstSettings.inTheWay(file))) {
            return 1;
        }
        if (!json && !defaults && answers == null) {
            try {
                given = new Interview(in, out()).ask(given);
            } catch (Interview.Ended e) {
                line().getErr().println("mailchute: " + e.getMessage());
                return 2;
            }
        }
        Question.missing(given).ifPresent(question -> {
            throw usage("no answer to --" + question.key() + ": expected " + question.expected());
        });
        if (!json && !offline) {
            out().println("looking up MX and SPF, trying ports 587, 25 and 443 ...");
        }
        FirstSettings settings = FirstSettings.of(given, offline ? Optional.empty() : Optional.of(look()));
        NewFiles files = settings.files(file);
        if (refused(files.there())) {
            return 1;
        }
        tell(new InitReport(settings, file, files, files.write(), warnings(file)));
        return 0;
    }

    private boolean refused(List<Path> there) {
        if (force || there.isEmpty()) {
            return false;
        }
        there.forEach(
                file -> line().getErr()
                        .println(
                                "mailchute: " + file
                                        + " is there already, and nothing was written; --force moves it aside, --config names another place"));
        return true;
    }

    /** By the real reader: what it finds faulty would be ours. */
    private List<String> warnings(Path file) throws FaultySettings {
        return CheckCommand.warnings(SettingsReader.checkWithoutSecrets(file, config.environment()))
                .toList();
    }

    private void tell(InitReport report) {
        if (json) {
            print(report.json());
        } else {
            report.lines().forEach(out()::println);
        }
    }

    private Map<Question, String> given() throws IOException {
        Map<Question, String> given = new EnumMap<>(Question.class);
        if (answers != null) {
            Properties written = new Properties();
            try (Reader reader = Files.newBufferedReader(answers, StandardCharsets.UTF_8)) {
                written.load(reader);
            }
            for (String key : written.stringPropertyNames()) {
                Question question =
                        Question.of(key).orElseThrow(() -> usage(answers + ": there is no question \"" + key + "\""));
                given.put(question, answer(answers + ": " + key, question, written.getProperty(key)));
            }
        }
        for (Question question : Question.values()) {
            String flag = "--" + question.key();
            String said = line().getParseResult().matchedOptionValue(flag, (String) null);
            if (said != null) {
                given.put(question, answer(flag, question, said));
            }
        }
        return given;
    }

    private String answer(String where, Question question, String said) {
        if (!question.takes(said.strip())) {
            throw usage(where + ": \"" + said + "\" is no answer: expected " + question.expected());
        }
        return said.strip();
    }

    private FirstLook look() {
        Resolver asked = dns == null ? Surroundings.real().dns() : dns;
        return new FirstLook(
                new Zone(asked, Doctor.TIMEOUT),
                new RenewedTls(Optional.empty(), Optional.empty(), Clock.systemUTC()),
                proxy(),
                Doctor.TIMEOUT);
    }

    private Optional<HttpsProxy> proxy() {
        try {
            return ProxyReader.of(
                    name -> Optional.ofNullable(config.environment().get(name)).filter(value -> !value.isBlank()));
        } catch (IllegalArgumentException e) {
            throw usage(
                    "https_proxy in the environment is no address of a proxy, such as http://proxy.contoso.com:8080");
        }
    }
}
