#!/bin/bash
# Follows src/docs/install.md to the letter, as root on a machine of its own: run by unshare, so that what it writes is seen by
# nobody else and gone afterwards. In place of systemd the gateway is started by hand; the tenant's secret is any.
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

mkdir "$scratch/page"
ln -s "$PWD/deploy" "$PWD/target" "$scratch/page/"
sed -n '/^```sh$/,/^```$/p' src/docs/install.md | grep -v '^```' > "$scratch/page.sh"
cd "$scratch/page" || exit 1
echo of-the-tenant > mailbox.secret
bash -x "$scratch/page.sh" 2>&1
cat "$scratch/log"
stat -c '%A %U %G %n' /etc/mailchute/*
kill "$(cat "$scratch/pid")"
while kill -0 "$(cat "$scratch/pid")" 2> /dev/null; do sleep 0.2; done
