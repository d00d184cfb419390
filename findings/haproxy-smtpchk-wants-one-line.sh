#!/usr/bin/env bash
# HAProxy stands before two SMTP servers (mode tcp) and looks by "option smtpchk" whether they take mail: it reads the greeting, says EHLO, reads the answer and
# says QUIT. One of them greets in two lines, as RFC 5321 section 4.2 has it for each reply, the greeting by name ("220-" and "220 "): with a notice
# beside its name, or since it lets clients that do not wait show themselves by that.
#
# One would guess: both are up; the answer to EHLO, which has several lines from nearly each server, is read by the same rule.
# Seen: the second is down, "Layer7 invalid response, info: 220-…", and HAProxy sends it nobody, though mail goes through by hand. Of EHLO's answer several
# lines are taken, of the greeting one: after the three digits HAProxy wants a blank or CR. A check of one's own (tcp-check expect rstring ^220)
# takes both.
# Versions: HAProxy 2.6.12 (Debian 12), Python 3.11.7. Date: 2026-12-01.
# Needs Python 3, apt-get and dpkg. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq haproxy liblua5.3-0 libopentracing1 libopentracing-c-wrapper0 2>/dev/null
for package in ./*.deb; do
  dpkg -x "$package" haproxy
done

cat > finding.py <<'PYTHON'
import os
import socket
import subprocess
import threading
import time


class Server:
    """As much of SMTP as is asked of it."""

    def __init__(self, greeting):
        self.greeting = greeting
        self.heard = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.door.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            with client, client.makefile("rb") as lines:
                client.sendall(self.greeting)
                for line in lines:
                    said = line.decode().strip()
                    self.heard.append(said)
                    if said == "QUIT":
                        client.sendall(b"221 bye\r\n")
                        return
                    client.sendall(b"250-server.example\r\n250-PIPELINING\r\n250 SIZE 1000000\r\n")
        except OSError:
            pass  # the check has gone


def states():
    """What HAProxy thinks of each server, and its last check."""
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect("state.socket")
        asked.sendall(b"show stat\n")
        with asked.makefile() as answer:
            lines = [line.split(",") for line in answer.read().splitlines() if line]
    names = lines[0][0].lstrip("# ").split() + lines[0][1:]
    rows = [dict(zip(names, line)) for line in lines[1:]]
    return {row["pxname"]: (row["status"], row["check_status"], row["last_chk"]) for row in rows if row["svname"] == "server"}


SMTPCHK = "option smtpchk EHLO probe.example"
OWN = "option tcp-check\n  tcp-check connect\n  tcp-check expect rstring ^220\n  tcp-check send QUIT\\r\\n\n  tcp-check expect rstring ^221"
ONE = b"220 server.example ESMTP\r\n"
TWO = b"220-server.example ESMTP\r\n220 Authorized use only\r\n"
CASES = {"one-line": (ONE, SMTPCHK), "two-lines": (TWO, SMTPCHK), "one-line-own": (ONE, OWN), "two-lines-own": (TWO, OWN)}
servers = {case: Server(greeting) for case, (greeting, _) in CASES.items()}
with open("haproxy.cfg", "w") as file:
    file.write(f"global\n  stats socket {os.getcwd()}/state.socket\ndefaults\n  mode tcp\n  timeout connect 2s\n  timeout client 5s\n"
               "  timeout server 5s\n  timeout check 2s\n")
    for case, (_, check) in CASES.items():
        file.write(f"backend {case}\n  {check}\n  server server 127.0.0.1:{servers[case].port} check inter 300 fall 2\n")
libraries = os.getcwd() + "/haproxy/usr/lib/" + os.uname().machine + "-linux-gnu"
haproxy = subprocess.Popen(["haproxy/usr/sbin/haproxy", "-f", "haproxy.cfg", "-db", "-q"],
                           env={**os.environ, "LD_LIBRARY_PATH": libraries}, stderr=subprocess.DEVNULL)
try:
    time.sleep(4)
    seen = states()
finally:
    haproxy.terminate()
    haproxy.wait()
for case, state in seen.items():
    print(f"{case}: {' '.join(state)}; the server heard: {'; '.join(dict.fromkeys(servers[case].heard))}")
up = {case: state[0] for case, state in seen.items()}
as_seen = (up == {"one-line": "UP", "two-lines": "DOWN", "one-line-own": "UP", "two-lines-own": "UP"}
           and seen["two-lines"][1] == "L7RSP" and not servers["two-lines"].heard)
print("as seen: a greeting of two lines is down for smtpchk" if as_seen else "the behaviour has CHANGED")
raise SystemExit(0 if as_seen else 1)
PYTHON
LD_LIBRARY_PATH=$(dirname "$(find haproxy -name 'liblua5.3.so.0')") haproxy/usr/sbin/haproxy -v | head -1
python3 finding.py
