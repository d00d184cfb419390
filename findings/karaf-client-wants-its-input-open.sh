#!/usr/bin/env bash
# A script asks a running Apache Karaf something by "bin/client COMMAND", from cron or a service: there standard input is /dev/null.
#
# One would guess: the command is on the command line, so it runs, its answer is printed, and the exit code says how it went.
# Seen: with its input at the end, the client logs in, prints no answer, and ends ("Closed"); mostly with exit code 1, now and then with 0.
# The same command with an input that stays open, or written to the client's input with -b, is answered, and then the exit code is the command's.
# Versions: Apache Karaf 4.4.10, Java 17.0.15. Date: 2026-11-30.
set -euo pipefail

work=$(mktemp -d)
karaf=
end() {
  [ -z "$karaf" ] || kill -9 -- "-$karaf" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
cd "$work"

mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.apache.karaf:apache-karaf:4.4.10:tar.gz -DoutputDirectory="$work" >/dev/null
tar xzf apache-karaf-4.4.10.tar.gz
cd apache-karaf-4.4.10
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -i "s/^sshPort.*/sshPort = $port/; s/^sshHost.*/sshHost = 127.0.0.1/" etc/org.apache.karaf.shell.cfg
sed -i 's/^#karaf = /karaf = /; s/^#_g_/_g_/' etc/users.properties
sed -i 's/management\/[^,]*,//' etc/org.apache.karaf.features.cfg # it opens two more ports
set -m
KARAF_EXEC=exec bin/karaf server >../karaf.log 2>&1 &
karaf=$!
set +m
disown
for _ in $(seq 300); do
  ! grep -q '| Done\.' data/log/karaf.log 2>/dev/null || break
  sleep 0.2
done

client() { timeout 20 bin/client -a "$port" -u karaf -p karaf "$@" 2>&1; }

for _ in $(seq 20); do # the first login makes the host key
  answer=$(echo version | client -b) && break
  sleep 1
done

echo "Karaf 4.4.10, Java $(java -version 2>&1 | sed -n 's/.* version "\(.*\)".*/\1/p')"
fails=0
expect() { # NAME EXPECTED GOT
  printf '%-46s %s\n' "$1" "$3"
  [ "$2" = "$3" ] || { printf '  expected: %s\n' "$2"; fails=1; }
}
answered() { # whether the version is in what was said
  case $1 in *4.4.10*) echo "answered" ;; *) echo "no answer" ;; esac
}
expect "version, input at its end" "no answer" "$(answered "$(client version </dev/null || true)")"
expect "version, input open" "answered" "$(answered "$(sleep 6 | client version || true)")"
expect "version as input, with -b" "answered" "$(answered "$(echo version | client -b || true)")"
code=0
echo "bundle:info 9999" | client -b >/dev/null || code=$?
expect "a command that fails as input, with -b" "exit 1" "exit $code"
exit $fails
