#!/bin/bash
# A life of the .deb: installed over an earlier version with mail that waits, asked, removed, purged. As root in a mount namespace of its
# own: what it writes is seen by nobody else and gone afterwards. There is no systemd in it: the service is started by hand.
#   unshare --mount --net --propagation private bash follow-package.sh SCRATCH PACKAGE
set -u
scratch=$1 package=$2
mount -t tmpfs tmpfs "$scratch" || exit 77
for folder in etc opt srv var usr; do
  mkdir -p "$scratch/$folder.new" "$scratch/$folder.work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$scratch/$folder.new,workdir=$scratch/$folder.work" "/$folder" || exit 77
done
export DEBIAN_FRONTEND=noninteractive

serve() {
  mailchute run > "$scratch/log" 2>&1 &
  pid=$!
  until grep -q ' is up: ' "$scratch/log" || ! kill -0 "$pid" 2> /dev/null; do sleep 0.2; done
}

stop() {
  kill "$pid"
  while kill -0 "$pid" 2> /dev/null; do sleep 0.2; done
}

dpkg-deb -R "$package" "$scratch/before"
sed -i 's/^Version: .*/Version: 0.0.1/' "$scratch/before/DEBIAN/control"
dpkg-deb -Znone -b "$scratch/before" "$scratch/before.deb" > /dev/null

echo "== install"
dpkg -i "$scratch/before.deb" < /dev/null; echo "exit $?"
stat -c '%A %U %G %n' /etc/mailchute /etc/mailchute/mailchute.env /var/lib/mailchute /opt/mailchute/lib/mailchute.jsa
install -d -m 2770 -g mailchute /srv/scans
mailchute init --offline --from scanner@contoso.com --to office@contoso.com --defaults > /dev/null; echo "init: exit $?"
sed -i 's/\${file:[^}]*}/${env:LANE_SECRET}/' /etc/mailchute/mailchute.yaml
echo 'LANE_SECRET="of the lane"' >> /etc/mailchute/mailchute.env
mailchute check; echo "check: exit $?"

echo "== mail that waits"
serve
echo 'A scan.' > /srv/scans/first.txt
until grep -q ' deferred ' "$scratch/log" || ! kill -0 "$pid" 2> /dev/null; do sleep 0.2; done
mailchute lanes
stop

echo "== upgrade"
dpkg -i "$package" < /dev/null; echo "exit $?"
tail -n 1 /etc/mailchute/mailchute.env
serve
mailchute lanes
mailchute trace first.txt
stop
(command -v systemd-analyze > /dev/null && systemd-analyze verify /usr/lib/systemd/system/mailchute.service) 2>&1 | grep -i mailchute

echo "== remove"
dpkg -r mailchute < /dev/null; echo "exit $?"
ls /opt/mailchute /usr/bin/mailchute 2>&1
echo "== purge"
dpkg -P mailchute < /dev/null; echo "exit $?"
ls /etc/mailchute /var/lib/mailchute/messages
