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
export MAILCHUTE_JAVA_OPTS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' # nobody of it lives long enough for more

put() { dpkg --no-triggers -i "$1" < /dev/null; echo "exit $?"; } # the triggers are other packages': an index of all man pages

serve() {
  : > "$scratch/log" # now, not when the one in the background comes to it: what the one before said is no answer
  mailchute run >> "$scratch/log" 2>&1 &
  pid=$!
  until grep -q "$1" "$scratch/log" || ! kill -0 "$pid" 2> /dev/null; do sleep 0.5; done
}

stop() {
  kill "$pid"
  wait "$pid"
}

# the one before keeps no classes for faster starts: that takes longest, and the one that comes after it shows it
dpkg-deb -R "$package" "$scratch/before"
sed -i 's/^Version: .*/Version: 0.0.1/' "$scratch/before/DEBIAN/control"
sed -i 's/ demo --one) >/ none) >/' "$scratch/before/opt/mailchute/package/installed"
dpkg-deb -Znone -b "$scratch/before" "$scratch/before.deb" > /dev/null

echo "== install"
put "$scratch/before.deb"
stat -c '%A %U %G %n' /etc/mailchute /etc/mailchute/mailchute.env /var/lib/mailchute
install -d -m 2770 -g mailchute /srv/scans
mailchute init --offline --from scanner@contoso.com --to office@contoso.com --defaults > /dev/null; echo "init: exit $?"
sed -i 's/\${file:[^}]*}/${env:LANE_SECRET}/' /etc/mailchute/mailchute.yaml
echo 'LANE_SECRET="of the lane"' >> /etc/mailchute/mailchute.env
echo 'A scan.' > /srv/scans/first.txt
serve ' deferred '
stop
ls /srv/scans

echo "== upgrade"
put "$package"
stat -c '%A %U %G %n' /opt/mailchute/lib/mailchute.jsa
tail -n 1 /etc/mailchute/mailchute.env
serve ' is up: '
mailchute lanes
stop
(command -v systemd-analyze > /dev/null && systemd-analyze verify /usr/lib/systemd/system/mailchute.service) 2>&1 | grep -i mailchute

echo "== remove"
dpkg --no-triggers -r mailchute < /dev/null; echo "exit $?"
ls /opt/mailchute /usr/bin/mailchute 2>&1
echo "== purge"
dpkg -P mailchute < /dev/null; echo "exit $?"
ls /etc/mailchute /var/lib/mailchute/messages
