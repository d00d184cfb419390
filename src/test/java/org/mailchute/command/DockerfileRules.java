package org.mailchute.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.sonar.iac.common.api.checks.CheckContext;
import org.sonar.iac.common.api.checks.IacCheck;
import org.sonar.iac.common.api.checks.InitContext;
import org.sonar.iac.common.api.checks.SecondaryLocation;
import org.sonar.iac.common.api.tree.HasTextRange;
import org.sonar.iac.common.api.tree.Tree;
import org.sonar.iac.common.api.tree.impl.TextRange;
import org.sonar.iac.common.extension.visitors.InputFileContext;
import org.sonar.iac.common.extension.visitors.TreeVisitor;
import org.sonar.iac.docker.checks.DockerCheckList;
import org.sonar.iac.docker.parser.DockerParser;
import org.sonar.iac.docker.visitors.DockerSymbolVisitor;

/** All that Sonar's linter of Dockerfiles knows, without its server. */
final class DockerfileRules {
    private final List<String> faults = new ArrayList<>();
    private final TreeVisitor<InputFileContext> visitor = new TreeVisitor<>();

    private DockerfileRules() {}

    /** The faults of a Dockerfile; one that cannot be read is an exception. */
    static List<String> faults(String dockerfile) throws ReflectiveOperationException {
        DockerfileRules rules = new DockerfileRules();
        for (Class<?> rule : DockerCheckList.checks()) {
            Object check = rule.getDeclaredConstructor().newInstance();
            if (check instanceof IacCheck of) {
                of.initialize(rules.new Rule(rule.getSimpleName()));
            }
        }
        InputFileContext context = new InputFileContext(null, null);
        Tree file = DockerParser.create().parse(dockerfile, context);
        new DockerSymbolVisitor().scan(context, file);
        rules.visitor.scan(context, file);
        return rules.faults;
    }

    private final class Rule implements InitContext, CheckContext {
        private final String name;

        private Rule(String name) {
            this.name = name;
        }

        @Override
        public <T extends Tree> void register(Class<T> kind, BiConsumer<CheckContext, T> rule) {
            visitor.register(kind, (context, tree) -> rule.accept(this, tree));
        }

        @Override
        public void reportIssue(TextRange where, String message) {
            faults.add("line %d: %s (%s)".formatted(where.start().line(), message, name));
        }

        @Override
        public void reportIssue(HasTextRange where, String message) {
            reportIssue(where.textRange(), message);
        }

        @Override
        public void reportIssue(HasTextRange where, String message, SecondaryLocation other) {
            reportIssue(where.textRange(), message);
        }

        @Override
        public void reportIssue(HasTextRange where, String message, List<SecondaryLocation> others) {
            reportIssue(where.textRange(), message);
        }
    }
}
