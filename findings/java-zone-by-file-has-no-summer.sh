#!/usr/bin/env bash
# A service is started with the environment variable TZ in one of the forms that POSIX and the C library know beside a name: a file, as in
# TZ=:/etc/localtime (a common advice, since the C library then reads that file once only), or a rule, as in TZ=CET-1CEST,M3.5.0,M10.5.0/3.
#
# One would guess: Java's default time zone follows it as date and every C program do, or Java says that it does not know it.
# Seen: Java takes the offset that holds at the moment of its start as a zone of its own, such as GMT+01:00, without a word: right on that day, and an
# hour off from the next change between winter and summer on, until it is started again. So what it says of a time in the other half of the year
# is an hour off at once. TZ=Europe/Berlin is followed, and so is /etc/localtime where TZ is not set.
# Versions: OpenJDK 17.0.15, glibc 2.36 (date). Date: 2026-11-30.
# Needs a JDK and the system's time zones (package tzdata). Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.time.LocalDateTime;
import java.time.ZoneId;

public class Finding {
    public static void main(String[] args) {
        ZoneId here = ZoneId.systemDefault();
        for (int month : new int[] {1, 7}) {
            System.out.print(LocalDateTime.of(2026, month, 1, 12, 0).atZone(here).getOffset().getId().replace("Z", "+00:00") + " ");
        }
        System.out.println(here);
    }
}
JAVA
javac Finding.java
java -version 2>&1 | head -1
file=/usr/share/zoneinfo/Europe/Berlin
same=0
try() { # TZ HOW JAVA SHOULD SAY IT
  local c java
  c="$(TZ=$1 date -d 2026-01-01T12:00 +%:z) $(TZ=$1 date -d 2026-07-01T12:00 +%:z)"
  java=$(TZ=$1 java -XX:TieredStopAtLevel=1 Finding)
  echo "TZ=$1: date says $c in January and July, Java says $java"
  case $2 in
    follows) [ "$c" = "${java% *}" ] || same=1 ;;
    stands) [ "$c" = "+01:00 +02:00" ] && [ "${java:0:6}" = "${java:7:6}" ] && [ "${java##* }" = "GMT${java:0:6}" ] || same=1 ;;
  esac
}
try Europe/Berlin follows
try ":$file" stands
try "$file" stands
try CET-1CEST,M3.5.0,M10.5.0/3 stands
[ $same = 0 ] && echo "as seen: no summer where the zone is a file or a rule" || echo "the behaviour has CHANGED"
exit $same
