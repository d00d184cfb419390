package org.mailchute.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What installs the Windows service, as it is written. Nothing here runs PowerShell. */
class InstallScriptTest {
    private static final List<String> CMDLETS = List.of(
            "Copy-Item",
            "ForEach-Object",
            "Get-Acl",
            "Get-Item",
            "Get-Service",
            "Join-Path",
            "New-Item",
            "Out-Null",
            "Select-Object",
            "Set-StrictMode",
            "Test-Path",
            "Where-Object");

    private String script = "";
    private PowerShellTokens tokens = PowerShellTokens.of("");

    @BeforeEach
    void read() throws Exception {
        script = Files.readString(Path.of("deploy/windows-service/install.ps1"));
        tokens = PowerShellTokens.of(script);
    }

    private List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(tokens.code())
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void eachQuoteAndBracketIsClosed() {
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(script)).isTrue();
        assertThat(tokens.code()).doesNotContain("'", "\"");
        Deque<Character> open = new ArrayDeque<>();
        for (char bracket : tokens.code().replaceAll("[^(){}\\[\\]]", "").toCharArray()) {
            int closing = ")}]".indexOf(bracket);
            if (closing < 0) {
                open.push(bracket);
            } else {
                assertThat(open.pop()).isEqualTo("({[".charAt(closing));
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void itNamesOnlyWhatIsThere() {
        assertThat(Path.of("deploy/bin/mailchute.cmd")).exists();
        assertThat(Path.of("deploy/windows-service/mailchute-service.xml")).exists();
        assertThat(tokens.strings()).contains("..\\bin\\mailchute.cmd", "mailchute-service.xml");
        List<String> own = found("(?<=function )\\w+-\\w+");
        assertThat(own).containsExactly("Invoke-Program", "New-Folder");
        assertThat(found("\\b[A-Z][a-zA-Z]+-[A-Z][a-zA-Z]+\\b"))
                .containsAll(CMDLETS)
                .allMatch(name -> CMDLETS.contains(name) || own.contains(name));
        List<String> given = found("\\$[A-Z]\\w*(?= = | in |,?\\r?\\n\\)|,\\n|\\)? \\{|, \\[| = @)");
        assertThat(found("\\$[A-Z]\\w*"))
                .allMatch(name -> given.contains(name)
                        || name.matches("\\$(PSScriptRoot|LASTEXITCODE|ErrorActionPreference|Arguments)"));
    }

    @Test
    void noProgramFailsUnheard() {
        assertThat(found("& \\S+")).containsExactly("& $Path");
        assertThat(tokens.code()).contains("$LASTEXITCODE -ne 0");
    }

    @Test
    void nothingIsChangedBeforeAllIsLookedAtAndNothingIsStarted() {
        assertThat(tokens.code().lastIndexOf("throw")).isLessThan(tokens.code().indexOf("\nNew-Folder"));
        assertThat(tokens.code()).contains("-lt 17").doesNotContain("Start-Service");
        assertThat(tokens.strings())
                .contains("Installed, and not started. Next:", "demand")
                .doesNotContain("start");
    }

    @Test
    @DisplayName(
            "P9: the Windows service has an account of its own, may change its mail and logs only, and its folder is closed to others")
    void theServiceHasFewRights() {
        assertThat(tokens.strings())
                .contains("NT SERVICE\\mailchute", "/inheritance:r", ":(OI)(CI)RX", "S-1-5-32-544", "S-1-5-18");
        assertThat(script)
                .contains("@('config', $Service, 'obj=', $Account)", "foreach ($Written in 'home', 'logs')")
                .doesNotContain("LocalSystem", "Everyone", "S-1-1-0");
    }
}
