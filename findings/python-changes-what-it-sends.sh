#!/usr/bin/env bash
# An application in Python sends a message with a text and a CSV file by smtplib's send_message, the way that Python's manual shows. A line of the text
# begins with "From " ("From Monday on we are closed"), and so does one of the file.
#
# One would guess: what comes is what message.as_bytes() gives, with CRLF. The policy of EmailMessage says mangle_from_ False, which is for mailboxes in one
# file (mbox) and not for SMTP, and to send a message does not change it.
# Seen: each such line comes as ">From Monday on …", in attached text files too, since send_message writes the message without its policy. A file in
# 8 bits (letters beyond ASCII) is changed in the application's own object as well: as_bytes() is another one afterwards, and so is what is sent or
# filed next. Where a signature covers the body (DKIM) it is broken. sendmail(…, message.as_bytes(policy=email.policy.SMTP)) sends it as it is.
# A gateway cannot undo it: a line may well begin so.
# Versions: Python 3.11.7 (3.13.0 does the same). Date: 2026-12-01.
# Needs Python 3. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > finding.py <<'PYTHON'
import email, platform, smtplib, socketserver, sys, threading
from email import policy
from email.message import EmailMessage

TEXT = "Good morning,\nFrom Monday on we are closed.\n"
PLAIN = "From Berlin;9:00\nTo Paris;17:00\n"
UMLAUT = "From Köln;9:00\nTo Nürnberg;13:00\n"


class Server(socketserver.StreamRequestHandler):
    """Says yes to all, and keeps what comes after DATA."""

    def handle(self):
        self.say("220 here")
        for line in self.rfile:
            if line.upper().startswith(b"DATA"):
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                received.append(b"".join(line[line.startswith(b"."):] for line in lines))
            self.say("221 bye" if line.upper().startswith(b"QUIT") else "250 ok")

    def say(self, reply):
        self.wfile.write(reply.encode() + b"\r\n")


def parts(octets):
    """The texts that a reader sees, text and files."""
    read = email.message_from_bytes(octets, policy=policy.default)
    return ["\n".join(part.get_content().splitlines()) + "\n" for part in read.walk() if not part.is_multipart()]


received = []
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()

message = EmailMessage()
message["From"] = "timetable@contoso.com"
message["To"] = "anna@fabrikam.com"
message["Subject"] = "Timetable"
message.set_content(TEXT)
message.add_attachment(PLAIN, subtype="csv", filename="plain.csv")
message.add_attachment(UMLAUT, subtype="csv", filename="umlaut.csv")
before = message.as_bytes()

with smtplib.SMTP(*server.server_address) as client:
    client.sendmail("timetable@contoso.com", ["anna@fabrikam.com"], message.as_bytes(policy=policy.SMTP))
    client.send_message(message)
after = message.as_bytes()

print("Python " + platform.python_version() + ", mangle_from_ of the message's policy: " + str(message.policy.mangle_from_))
seen = {"as_bytes() at first": parts(before), "sendmail": parts(received[0]), "send_message": parts(received[1]),
        "as_bytes() afterwards": parts(after)}
for how, texts in seen.items():
    for text in texts:
        print(f"{how:22} {[line for line in text.splitlines() if 'From' in line][0]}")
same = (seen["as_bytes() at first"] == seen["sendmail"] == [TEXT, PLAIN, UMLAUT]
        and seen["send_message"] == [text.replace("From", ">From") for text in (TEXT, PLAIN, UMLAUT)]
        and seen["as_bytes() afterwards"] == [TEXT, PLAIN, UMLAUT.replace("From", ">From")])
server.shutdown()
print("as seen: lines and files come changed, and the message is another one afterwards" if same else "the behaviour has CHANGED")
sys.exit(0 if same else 1)
PYTHON
timeout 50 python3 finding.py
