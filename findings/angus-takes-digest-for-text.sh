#!/usr/bin/env bash
# A message collects others in a multipart/digest. What such a part is when it does not say is message/rfc822 there, and not text/plain as it is everywhere
# else: that is what a digest is for (RFC 2046 section 5.1.5). A program reads it by Angus Mail.
#
# One would guess: getContentType of such a part is message/rfc822, and getContent a message, as of one that says so.
# Seen: it is text/plain, and its content is a text that begins with the message's header ("Subject: …"). So who searches for attached messages finds
# none, and who encodes a text beyond ASCII makes a message in quoted-printable of it, which may not be (section 5.2.1). In a part that says its type all is
# right. It is no mistake of the file: Python knows the part for a message. mailparser (Node.js) takes it for text, too, and makes it the body.
# Versions: angus-mail 2.0.5, mailparser 3.14.2 (npm), Python 3.11.7, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven, Python 3, Node.js and npm. Ends with 0 while this is so.
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
npm install --silent --no-audit --no-fund mailparser@3.14.2 >/dev/null

sed 's/$/\r/' > digest.eml <<'MAIL'
From: Moderator <moderator@contoso.com>
To: anna@fabrikam.com
Date: Tue, 1 Dec 2026 08:00:00 +0000
Subject: Contoso digest, volume 42
Message-ID: <42@contoso.com>
MIME-Version: 1.0
Content-Type: multipart/digest; boundary="next one"

--next one

From: someone@contoso.com
Date: Mon, 30 Nov 2026 16:00:00 +0000
Subject: first

It says no type.

--next one
Content-Type: message/rfc822

From: somebody@contoso.com
Date: Mon, 30 Nov 2026 17:00:00 +0000
Subject: second

It says its type.

--next one--
MAIL
cat > finding.py <<'PYTHON'
import email
from email import policy
with open("digest.eml", "rb") as file:
    for part in email.message_from_binary_file(file, policy=policy.default).iter_parts():
        print("Python: " + part.get_content_type() + ", subject " + part.get_content()["Subject"])
PYTHON
cat > finding.js <<'JS'
const { simpleParser } = require('mailparser');
simpleParser(require('node:fs').createReadStream('digest.eml')).then((mail) => {
  console.log(`mailparser: text "${mail.text.split('\n')[0]} …", attached ${mail.attachments.length} ${mail.attachments[0].contentType}`);
});
JS
cat > Finding.java <<'JAVA'
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.FileInputStream;
import java.util.Properties;

public class Finding {
    public static void main(String[] args) throws Exception {
        Session session = Session.getInstance(new Properties());
        MimeMultipart digest = (MimeMultipart) new MimeMessage(session, new FileInputStream("digest.eml")).getContent();
        for (int number = 0; number < digest.getCount(); number++) {
            BodyPart part = digest.getBodyPart(number);
            Object content = part.getContent();
            System.out.println("Angus Mail: " + part.getContentType() + ", "
                    + (content instanceof Message message ? "subject " + message.getSubject() : "a text: " + content.toString().lines().findFirst().get()));
        }
    }
}
JAVA
echo "Angus Mail 2.0.5, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2), mailparser 3.14.2, Node.js $(node --version), $(python3 --version)"
python3 finding.py | tee out.txt
node finding.js | tee -a out.txt
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java | tee -a out.txt
cat > seen.txt <<'SEEN'
Python: message/rfc822, subject first
Python: message/rfc822, subject second
mailparser: text "From: someone@contoso.com …", attached 1 message/rfc822
Angus Mail: text/plain, a text: From: someone@contoso.com
Angus Mail: message/rfc822, subject second
SEEN
if cmp -s out.txt seen.txt; then
  echo "as seen: in a digest a message that says no type is taken for a text"
else
  echo "the behaviour has CHANGED"
  exit 1
fi
