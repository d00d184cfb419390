#!/usr/bin/env bash
# An application photographs the pages of a paper and makes one TIFF of them with Pillow, page by page (AppendingTiffWriter). Each page is saved with its own
# EXIF: when it was taken. In another file the first page is a cover sheet that was drawn, without any EXIF.
#
# One would guess: each page has what it was saved with, as each has when it is saved as a file of its own.
# Seen: all pages have the first one's date. A page's EXIF is a directory of its own, to which an offset in the page points; Pillow moves the offsets of
# the picture behind the pages that are there already, and leaves this one (and that of GPS) as if the page stood first. So it points into the first
# page: to its EXIF, or, where that has none, to the midst of its picture. Java's own ImageIO then refuses these pages ("I/O error reading image
# metadata!") while the cover sheet is fine; Pillow counts three and shows their pictures.
# So a scan whose pages a gateway can count, each with its whole picture, may still be one of which the recipient sees the first page only.
# Versions: Pillow 12.3.0, OpenJDK 17.0.15, Python 3.11.7. Date: 2026-12-01.
# Needs Python 3 with pip, and a JDK. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m pip install -qq --retries 1 --disable-pip-version-check --root-user-action=ignore --target lib pillow==12.3.0

cat > finding.py <<'PYTHON'
import sys
from PIL import Image, TiffImagePlugin, __version__

EXIF, TAKEN = 0x8769, 0x9003


def exif(day):
    made = Image.Exif()
    made[0x010F] = "Contoso"
    made.get_ifd(EXIF)[TAKEN] = f"2026:12:0{day} 10:00:00"
    read = Image.Exif()
    read.load(made.tobytes())
    return read


def page(day):
    return Image.new("RGB", (64, 64), (200, 40 * day, 40))


def write(name, days):
    with TiffImagePlugin.AppendingTiffWriter(name, True) as tiff:
        for day in days:
            with_exif = {"exif": exif(day)} if day else {}
            page(day).save(tiff, format="TIFF", **with_exif)
            tiff.newFrame()


def read(name):
    seen = []
    with Image.open(name) as tiff:
        for number in range(tiff.n_frames):
            tiff.seek(number)
            seen.append((tiff.getpixel((5, 5))[1] // 40, tiff.getexif().get_ifd(EXIF).get(TAKEN, "none")[:10]))
    return seen


print(f"Pillow {__version__}, Python {sys.version.split()[0]}")
alone = []
for day in (1, 2, 3):
    write(f"alone-{day}.tif", [day])
    alone += read(f"alone-{day}.tif")
write("taken.tif", [1, 2, 3])
write("cover.tif", [0, 2, 3])
together = read("taken.tif")
print("each a file of its own, as picture and date:", alone)
print("one file of three pages, as picture and date:", together)
wanted = [(day, f"2026:12:0{day}") for day in (1, 2, 3)]
same = alone == wanted and together == [(day, "2026:12:01") for day in (1, 2, 3)]
sys.exit(0 if same else 1)
PYTHON

cat > Finding.java <<'JAVA'
import java.io.File;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

public class Finding {
    /** A letter for each page: r it is read, x it is refused. */
    static String read(String name) throws Exception {
        ImageReader reader = ImageIO.getImageReadersByFormatName("TIFF").next();
        StringBuilder pages = new StringBuilder();
        try (ImageInputStream in = ImageIO.createImageInputStream(new File(name))) {
            reader.setInput(in);
            for (int number = 0; number < reader.getNumImages(true); number++) {
                try {
                    reader.read(number);
                    pages.append('r');
                } catch (IIOException e) {
                    System.out.println(name + ", page " + (number + 1) + ": " + e.getMessage());
                    pages.append('x');
                }
            }
        }
        return pages.toString();
    }

    public static void main(String[] arguments) throws Exception {
        String alone = read("alone-2.tif") + read("alone-3.tif");
        String cover = read("cover.tif");
        System.out.println("ImageIO reads two files of one page each: " + alone + "; the same pages behind a cover sheet: " + cover);
        System.exit(alone.equals("rr") && cover.equals("rxx") ? 0 : 1);
    }
}
JAVA
same=0
PYTHONPATH=lib timeout 30 python3 finding.py || same=1
java -version 2>&1 | head -1
timeout 30 java -Djava.awt.headless=true -XX:TieredStopAtLevel=1 Finding.java || same=1
[ "$same" = 0 ] && echo "as seen: later pages point into the first one's EXIF, or its picture" || echo "the behaviour has CHANGED"
exit "$same"
