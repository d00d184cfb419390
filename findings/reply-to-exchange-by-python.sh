#!/usr/bin/env bash
# An application in Python answers a message of Microsoft 365 by email.message.EmailMessage: In-Reply-To and References name that message's id, which
# has some 80 characters there, all of them ASCII.
#
# One would guess: the id is written as it is, on a line of its own where it is long, as Python does with Message-ID itself, and others do with all.
# Seen: an id that does not fit into 78 characters with its field's name is written as an encoded word (=?utf-8?q?=3C...?=), in which no reader looks
# for an id (RFC 2047 section 5 allows none there): the answer stands alone instead of in its thread. So are long addresses in List-Unsubscribe, and
# any long word of an own X- field. Python's reader undoes it, so a test in Python sees nothing; Jakarta Mail shows what is there.
# policy.SMTP.clone(max_line_length=998) avoids it.
# Versions: Python 3.11.7, angus-mail 2.0.5, Java 17. Date: 2026-11-30.
# Needs Python 3, a JDK and Maven. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.eclipse.angus</groupId><artifactId>angus-mail</artifactId><version>2.0.5</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > answer.py <<'PYTHON'
import email, sys
from email import policy
from email.message import EmailMessage

ID = "<AM0PR04MB12345ABCDEF0123456789ABCDEF0@AM0PR04MB12345.eurprd04.prod.outlook.com>"

for name, form in (("usual", policy.SMTP), ("wide", policy.SMTP.clone(max_line_length=998))):
    answer = EmailMessage(policy=form)
    answer["From"] = "orders@contoso.com"
    answer["To"] = "buyer@fabrikam.com"
    answer["Subject"] = "Re: Order 4711"
    answer["Message-ID"] = ID.replace("AM0", "DB7")
    answer["In-Reply-To"] = ID
    answer["References"] = "<first@fabrikam.com> " + ID
    answer.set_content("Thank you.")
    with open(name + ".eml", "wb") as file:
        file.write(answer.as_bytes())
    with open(name + ".eml", "rb") as file:
        read = email.message_from_binary_file(file, policy=policy.default)
    print(name + ": Python reads " + ("the id" if read["In-Reply-To"] == ID else "no id"))
PYTHON
cat > Finding.java <<'JAVA'
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.FileInputStream;

public class Finding {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            MimeMessage message = new MimeMessage(null, new FileInputStream(file + ".eml"));
            for (String field : new String[] {"Message-ID", "In-Reply-To", "References"}) {
                String value = MimeUtility.unfold(message.getHeader(field, null)).strip();
                boolean ids = value.matches("(<[^<>@ ]+@[^<>@ ]+> ?)+");
                System.out.println(file + ": Jakarta Mail reads in " + field + " " + (ids ? "ids" : "no id: " + value));
            }
        }
    }
}
JAVA
echo "$(python3 --version), Angus Mail 2.0.5"
python3 answer.py | tee out.txt
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java usual wide | tee -a out.txt
if [ "$(grep -c 'Python reads the id' out.txt)" = 2 ] && [ "$(sed -n 's/^usual: .* in \(.*\) no id: .*=?utf-8?q?=3C.*/\1/p' out.txt | tr '\n' ' ')" = "In-Reply-To References " ] \
    && [ "$(grep -c ' ids$' out.txt)" = 4 ]; then
  echo "as seen: a long id of a message that is answered becomes an encoded word"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
