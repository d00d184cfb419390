#!/bin/bash
# Follows src/docs/install.md to the letter, as root on a machine of its own: run by unshare, so that what it writes is seen by
# nobody else and gone afterwards. In place of systemd the gateway is started by hand; the tenant's secret is any. The other ways in
# come first, and how long they took; then the page begins anew behind its first step.
#   unshare --mount --net --propagation private bash follow-install-page.sh SCRATCH
set -u
scratch=$1
mount -t tmpfs tmpfs "$scratch" || exit 77
for folder in etc opt srv var/lib usr/local; do
  mkdir -p "$scratch/$folder.new" "$scratch/$folder.work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$scratch/$folder.new,workdir=$scratch/$folder.work" "/$folder" || exit 77
done

cat > /usr/local/bin/systemctl <<STUB
#!/bin/bash
runuser -u mailchute -- mailchute run > "$scratch/log" 2>&1 &
echo \$! > "$scratch/pid"
until grep -q ' is up: ' "$scratch/log" || ! kill -0 \$!; do sleep 0.2; done
STUB
chmod 755 /usr/local/bin/systemctl
export PATH=/usr/local/bin:$PATH

# the system's, which has the AMQP client
ln -sf /usr/bin/python3 /usr/local/bin/python3

mkdir "$scratch/page"
ln -s "$PWD/deploy" "$PWD/target" "$scratch/page/"
page=$PWD/src/docs/install.md
cd "$scratch/page" || exit 1
echo of-the-tenant > mailbox.secret

# the commands below a heading; with a number those of one block
block() {
  sed -n "/^## $1\$/,/^## /p" "$page" | awk -v wanted="${2:-0}" '/^```sh$/ {block++; inside = 1; next} /^```$/ {inside = 0} inside && (!wanted || wanted == block)'
}
follow() {
  bash -x <(block "$@") 2>&1
}
ways='The other ways in'

follow '1. In its place'
follow "$ways" 1
set -m # as in a terminal, where Ctrl-C reaches all of it
bash <(block "$ways" 2) > "$scratch/rehearsal" 2>&1 &
rehearsal=$!
set +m
awaits() {
  until "$@" || ! kill -0 "$rehearsal" 2> /dev/null; do sleep 0.2; done
}
arrived() {
  [ "$(grep -c '^submission from scanner@contoso.com for ' "$scratch/rehearsal")" -ge "$1" ]
}
awaits grep -q ' is up: ' "$scratch/rehearsal"
bash -ex <(block "$ways" 3) 2>&1 && awaits arrived 5
echo "from nothing to a scan by each way: $SECONDS s"
grep -rh '^Subject: ' /var/lib/mailchute/rehearsal/received | tr -d '\r'
kill -INT -- "-$rehearsal"
wait "$rehearsal"
cat "$scratch/rehearsal"

rm -r /etc/mailchute/* /srv/scans/*
for step in '2. Seven answers' '3. A first scan, without Microsoft' '4. The tenant' '5. Running'; do
  follow "$step"
done
cat "$scratch/log"
stat -c '%A %U %G %n' /etc/mailchute/*
kill "$(cat "$scratch/pid")"
while kill -0 "$(cat "$scratch/pid")" 2> /dev/null; do sleep 0.2; done
