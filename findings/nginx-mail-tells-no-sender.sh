#!/usr/bin/env bash
# Scanners reach an SMTP server through nginx's mail proxy (protocol smtp, smtp_auth none). The server does not take the sender, and says so for good: 550. It
# has none of the extensions beyond RFC 5321 itself, and its answer to EHLO names none.
#
# One would guess: a proxy passes on what the server says, so that the scanner shows its user that the address is wrong; and says XCLIENT, by which the scanner's
# address is handed on, to a server alone whose EHLO names it, as the description of XCLIENT by Postfix has it.
# Seen: nginx answers MAIL by itself, 250, before the server has heard of it, and says it to the server when the first RCPT has come. What the server refuses
# then, for good, comes as "451 4.3.2 Internal server error", and the connection is closed: the scanner keeps the message and tries again, for
# hours, and its user sees nothing of a wrong address. A recipient that is refused comes as 550. With proxy_pass_error_message on, which is described as
# being for errors of the login, the sender's 550 comes too, as the answer to RCPT. XCLIENT is said to each server, unless xclient is off; from
# one that does not know it, and so says 502, no mail comes through at all, and that is a 451 too.
# Versions: nginx 1.22.1 (Debian 12), Python 3.11.7. Date: 2026-12-01.
# Needs Python 3, apt-get and dpkg. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq nginx libnginx-mod-mail 2>/dev/null
for package in ./*.deb; do
  dpkg -x "$package" nginx
done
mkdir -p var/lib/nginx

cat > finding.py <<'PYTHON'
import os
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REFUSED = b"550 5.7.1 not this address\r\n"


class Server:
    """An SMTP server that refuses what begins so, and knows no XCLIENT."""

    def __init__(self, refused):
        self.refused = refused
        self.heard = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.door.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, client.makefile("rb") as lines:
            client.sendall(b"220 server.example ESMTP\r\n")
            for line in lines:
                said = line.decode().strip()
                self.heard.append(said)
                verb = said.split()[0]
                if verb == "EHLO":
                    client.sendall(b"250-server.example\r\n250 SIZE 1000000\r\n")
                elif verb == "QUIT":
                    client.sendall(b"221 2.0.0 bye\r\n")
                    return
                elif verb not in ("MAIL", "RCPT"):
                    client.sendall(b"502 5.5.2 not known\r\n")
                elif said.startswith(self.refused):
                    client.sendall(REFUSED)
                else:
                    client.sendall(b"250 2.1.0 well\r\n")


class Login(BaseHTTPRequestHandler):
    """Says where the server is, as nginx asks by HTTP: the path is its port."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Auth-Status", "OK")
        self.send_header("Auth-Server", "127.0.0.1")
        self.send_header("Auth-Port", self.path[1:])
        self.end_headers()

    def log_message(self, *ignored):
        pass


def free():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def dialogue(port, commands):
    """The answers; empty where none comes any more."""
    answers = []
    with socket.create_connection(("127.0.0.1", port), 10) as client, client.makefile("rb") as lines:
        lines.readline()
        for command in commands:
            try:
                client.sendall(command.encode() + b"\r\n")
                answers.append(lines.readline().decode().strip())
            except OSError:
                answers.append("")
    return answers


NOBODY = "NOBODY"
CASES = {  # what the server refuses, and how nginx is set
    "MAIL is refused": ("MAIL", "xclient off;"),
    "RCPT is refused": ("RCPT TO:<one@", "xclient off;"),
    "MAIL is refused, proxy_pass_error_message on": ("MAIL", "xclient off; proxy_pass_error_message on;"),
    "nothing is refused, xclient as it is unless set": (NOBODY, ""),
    "nothing is refused, xclient off": (NOBODY, "xclient off;"),
}
COMMANDS = ["EHLO scanner.example", "MAIL FROM:<scanner@here.example>", "RCPT TO:<one@there.example>", "RCPT TO:<two@there.example>"]
INTERNAL = "451 4.3.2 Internal server error"
REFUSAL = REFUSED.decode().strip()
SEEN = [
    [INTERNAL, ""],
    [REFUSAL, "250 2.1.0 well"],
    [REFUSAL, ""],
    [INTERNAL, ""],
    ["250 2.1.0 well", "250 2.1.0 well"],
]

login = ThreadingHTTPServer(("127.0.0.1", 0), Login)
threading.Thread(target=login.serve_forever, daemon=True).start()
servers = [Server(refused) for refused, _ in CASES.values()]
ports = [free() for _ in CASES]
parts = "".join(
    f"server {{ listen 127.0.0.1:{port}; protocol smtp; smtp_auth none; {options}"
    f" auth_http http://127.0.0.1:{login.server_port}/{server.port}; }}\n"
    for port, server, (_, options) in zip(ports, servers, CASES.values())
)
with open("nginx.conf", "w") as file:
    file.write(
        f"load_module {os.getcwd()}/nginx/usr/lib/nginx/modules/ngx_mail_module.so;\ndaemon off; master_process off; pid nginx.pid;\n"
        f"events {{ }}\nmail {{ server_name proxy.example;\n{parts}}}\n"
    )
nginx = subprocess.Popen(["nginx/usr/sbin/nginx", "-p", ".", "-c", "nginx.conf", "-e", "error.log"])
try:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", ports[-1]), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    as_seen = True
    for case, port, server, seen in zip(CASES, ports, servers, SEEN):
        answers = dialogue(port, COMMANDS)
        print(f"{case}: MAIL {answers[1]!r}, RCPT {answers[2]!r}, RCPT {answers[3]!r}")
        asked = any(line.startswith("XCLIENT") for line in server.heard)
        print("  the server heard:", "; ".join(server.heard))
        as_seen &= answers[1] == "250 2.0.0 OK" and answers[2:] == seen and asked == (case.endswith("unless set"))
finally:
    nginx.terminate()
    nginx.wait()
print("as seen: a sender that is refused for good is a 451 behind nginx" if as_seen else "the behaviour has CHANGED")
raise SystemExit(0 if as_seen else 1)
PYTHON
nginx/usr/sbin/nginx -v 2>&1
python3 finding.py
