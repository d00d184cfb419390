#!/usr/bin/env bash
# An application in Python reads a message as it came, with CRLF as RFC 5322 has it, and compares an attached CSV file with what was sent: by its SHA-256.
# The message lies in a file, and the manual of the module email has two ways for that: message_from_binary_file, for a file that is opened in
# binary mode, and message_from_bytes, for its octets.
#
# One would guess: both read the same message, and get_payload(decode=True), or get_content, of the same part are the same octets.
# Seen: they differ. From the octets the CSV file is what was sent; from the file each CRLF of it is one LF, in 7bit and quoted-printable, since the file is
# read as a text, with universal newlines, inside. Base64 is the same in both. as_bytes() hides it where the policy writes CRLF. So who looks in that
# way whether a gateway hands on what it was given finds files damaged that are not.
# BytesFeedParser, which gets octets too, is like message_from_bytes.
# Versions: Python 3.11.7 (3.13.0 does the same). Date: 2026-12-01.
# Needs Python 3. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > finding.py <<'PYTHON'
import base64, email, hashlib, platform, quopri, sys
from email import policy
from email.parser import BytesFeedParser

CSV = b"name;amount\r\nAnna;4711\r\n"
ENCODINGS = {"7bit": CSV, "quoted-printable": quopri.encodestring(CSV).replace(b"=0D\n", b"\r\n"), "base64": base64.encodebytes(CSV).replace(b"\n", b"\r\n")}


def message(encoding, body):
    head = ["From: erp@contoso.com", "To: anna@fabrikam.com", "Date: Tue, 1 Dec 2026 08:00:00 +0000", "Subject: Amounts", "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=next", "", "--next", "Content-Type: text/csv; charset=us-ascii",
            "Content-Disposition: attachment; filename=amounts.csv", "Content-Transfer-Encoding: " + encoding, "", ""]
    return "\r\n".join(head).encode() + body + b"\r\n--next--\r\n"


def from_file(octets):
    with open("message.eml", "wb") as file:
        file.write(octets)
    with open("message.eml", "rb") as file:
        return email.message_from_binary_file(file, policy=policy.SMTP)


def from_octets(octets):
    return email.message_from_bytes(octets, policy=policy.SMTP)


def fed(octets):
    parser = BytesFeedParser(policy=policy.SMTP)
    parser.feed(octets)
    return parser.close()


print("Python " + platform.python_version())
same = True
for encoding, body in ENCODINGS.items():
    octets = message(encoding, body)
    for read in (from_octets, fed, from_file):
        mail = read(octets)
        content = next(mail.iter_attachments()).get_payload(decode=True)
        as_sent = hashlib.sha256(content).digest() == hashlib.sha256(CSV).digest()
        print(f"{encoding:17}{read.__name__:12}{content!r}, {'as sent' if as_sent else 'another file'}")
        same &= mail.as_bytes() == octets
        if read is from_file and encoding != "base64":
            same &= content == CSV.replace(b"\r\n", b"\n")
        else:
            same &= as_sent
print("as seen: from a file a message is read with other line ends than from its octets" if same else "the behaviour has CHANGED")
sys.exit(0 if same else 1)
PYTHON
timeout 50 python3 finding.py
