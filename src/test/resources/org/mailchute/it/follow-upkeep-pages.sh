#!/bin/bash
# Follows src/docs/upgrade.md and backup.md to the letter, as root on a machine of its own (as follow-install-page.sh does), with the
# simulated Microsoft 365. In place of systemd the gateway is started and signalled by hand.
#   unshare --mount --net --propagation private bash follow-upkeep-pages.sh SCRATCH
set -u
scratch=$1 port=15526
trap 'kill $(jobs -p) 2> /dev/null; [ ! -e "$scratch/pid" ] || kill "$(cat "$scratch/pid")" 2> /dev/null' EXIT
mount -t tmpfs tmpfs "$scratch" || exit 77
for folder in etc opt srv var usr/local; do
  mkdir -p "$scratch/$folder.new" "$scratch/$folder.work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$scratch/$folder.new,workdir=$scratch/$folder.work" "/$folder" || exit 77
done

cat > /usr/local/bin/systemctl <<STUB
#!/bin/bash
# of the gateway's process; "$scratch/pid"
pid=\$(cat "$scratch/pid" 2> /dev/null)
case \$1 in
  start)
    : > "$scratch/log.now" # now, not when the one in the background comes to it
    mailchute run >> "$scratch/log.now" 2>&1 &
    echo \$! > "$scratch/pid"
    until grep -q ' is up: ' "$scratch/log.now" || ! kill -0 \$!; do sleep 0.2; done ;;
  stop | crash)
    if [ \$1 = stop ]; then kill "\$pid"; else kill -KILL "\$pid"; fi
    while kill -0 "\$pid" 2> /dev/null; do sleep 0.2; done
    cat "$scratch/log.now" >> "$scratch/log" ;;
  kill) kill -s "\${2#--signal=}" "\$pid" ;;
esac
STUB
printf '#!/bin/bash\ncat "%s/log"\n' "$scratch" > /usr/local/bin/journalctl
chmod 755 /usr/local/bin/systemctl /usr/local/bin/journalctl
export PATH=/usr/local/bin:$PATH

mkdir "$scratch/page"
ln -s "$PWD/deploy" "$PWD/target" "$scratch/page/"
docs=$PWD/src/docs
cd "$scratch/page" || exit 1

# the commands below a heading of a page
follow() {
  echo "== $1: $2"
  sed -n "/^## $2\$/,/^## /p" "$docs/$1" | sed -n '/^```sh$/,/^```$/p' | grep -v '^```' > "$scratch/part.sh"
  bash -x "$scratch/part.sh" 2>&1
}

# asks until it is so, or the gateway has ended
await() {
  until "$@"; do
    kill -0 "$(cat "$scratch/pid")" 2> /dev/null || { echo "the gateway has ended"; cat "$scratch/log.now"; exit 1; }
    sleep 0.2
  done
}

subjects() {
  find "$scratch/received" -name '*.eml' -exec sed -n '/^Subject: /{s/^Subject: //;s/\r$//;p}' {} +
}

arrived() {
  subjects | grep -qx "$1.txt"
}

# the log of this run has so many lines of this kind about an intake or lane
logged() {
  [ "$(grep -c " mail: $1 .* $2 " "$scratch/log.now")" -ge "$3" ]
}

# a scan that arrives whole
scan() {
  echo "This is $2." > "/srv/$1/.$2"
  mv "/srv/$1/.$2" "/srv/$1/$2.txt"
}

follow install.md '1. In its place' > "$scratch/installed" || cat "$scratch/installed"
rm /usr/local/bin/mailchute
install -m 0755 deploy/package/mailchute /usr/local/bin/mailchute
touch /etc/mailchute/mailchute.env
cat > /etc/mailchute/mailchute.yaml <<SETTINGS
gateway: {name: gateway.contoso.example, home: /var/lib/mailchute}
intake:
  folders:
SETTINGS
for lane in waits sent busy; do
  install -d -m 2770 -g mailchute "/srv/$lane"
  echo "    - {name: $lane, folder: /srv/$lane, poll: 100ms, stableFor: 100ms, from: $lane@contoso.example, to: [anna@contoso.example], subject: '\${file}'}" >> /etc/mailchute/mailchute.yaml
done
cat >> /etc/mailchute/mailchute.yaml <<SETTINGS
accept: {senders: ["*@contoso.example"], recipients: ["*@contoso.example"]}
next-hop:
  - {from: waits@contoso.example, domain: contoso.example, lane: waits}
  - {from: sent@contoso.example, domain: contoso.example, lane: sent}
  - {domain: contoso.example, lane: busy}
lanes:
  - {name: waits, option: direct-send, host: localhost, port: $port}
  - {name: sent, option: direct-send, host: localhost, port: $port}
  - {name: busy, option: direct-send, host: localhost, port: $port}
SETTINGS
mkdir "$scratch/received"
/opt/mailchute/bin/mailchute simulate --mx-port "$port" --no-reject-direct-send --delay 30 --mail "$scratch/received" > "$scratch/simulator" 2>&1 &
until grep -q ":$port" "$scratch/simulator" || ! kill -0 $!; do sleep 0.2; done

systemctl start
mailchute lanes hold waits
mailchute lanes hold sent
scan waits old
await logged received source=folder:waits 1
follow upgrade.md Before
follow upgrade.md 'The new one'

echo '== mail'
scan waits new
scan sent first
scan sent second
await logged received source=folder:waits 1
await logged received source=folder:sent 2
(n=0; while [ ! -e "$scratch/enough" ]; do n=$((n + 1)); scan busy "busy$n"; sleep 0.1; done; echo "$n" > "$scratch/busy") &
busy=$!
await logged accepted source=folder:busy 20
follow backup.md 'The copy'
tar --list --file /var/backups/mailchute/copy.tar | grep -c .
touch "$scratch/enough"
wait "$busy"
mailchute lanes release sent
scan sent since
await arrived first; await arrived second; await arrived since
await logged accepted source=folder:sent 3
await logged accepted source=folder:busy "$(cat "$scratch/busy")"
systemctl crash
follow backup.md 'The restore'
mailchute lanes release sent
mailchute lanes release waits
await arrived old; await arrived new
await logged dead lane=sent 2
mailchute dead list

echo '== arrived'
subjects > "$scratch/subjects"
grep -v ^busy "$scratch/subjects" | sort
echo "busy: $(($(cat "$scratch/busy") - $(grep -c ^busy "$scratch/subjects"))) lost, $(grep ^busy "$scratch/subjects" | sort | uniq -d | grep -c .) repeated"

echo '== put back'
id=$(mailchute dead list | grep -m 1 ' sent ' | cut -c -16)
mv /var/backups/mailchute/sent/"$id"* /var/lib/mailchute/messages
mailchute dead replay "$id" --recipient anna@contoso.example
await logged accepted lane=sent 1
systemctl stop
