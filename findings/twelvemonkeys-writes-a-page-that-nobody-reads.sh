#!/usr/bin/env bash
# A scanner with automatic colour gives one page in colour, one in black and white, one in colour. An application makes a TIFF of the three with ImageIO, JPEG
# for each, as a writer's compression is set once. Later TwelveMonkeys' TIFF plugin comes onto its class path, since that reads more files.
#
# One would guess: JPEG has no black and white, so the page is refused, or written in grey; or TwelveMonkeys writes what Java's own writer writes.
# Seen: Java's own writer refuses the page. TwelveMonkeys, which ImageIO takes first once it is there, writes it without a word: a JPEG of three colours in a
# page that says one sample, of one bit, or of a palette's number.
# Nobody reads that page: Java's own reader refuses it, and so does libtiff (by Pillow); TwelveMonkeys reads it without an error, as another picture. Each of
# them counts three pages, and reads page 1 and 3. LZW is written and read by all.
# So the jar that was added for reading turns an error at the scanner into a page that is missing at the recipient, in a file that looks whole to a gateway.
# Versions: TwelveMonkeys imageio-tiff 3.12.0, OpenJDK 17.0.15, Pillow 12.3.0 (libtiff 4.7.1), Python 3.11.7. Date: 2026-12-01.
# Needs a JDK, Maven, and Python 3 with pip. Ends with 1 when the behaviour has changed.
set -euo pipefail

VERSION=3.12.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m pip install -qq --retries 1 --disable-pip-version-check --root-user-action=ignore --target python pillow==12.3.0
cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.twelvemonkeys.imageio</groupId><artifactId>imageio-tiff</artifactId><version>$VERSION</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

public class Finding {
    static boolean own(Object plugin) {
        return plugin.getClass().getName().startsWith("com.sun.");
    }

    static <T> T chosen(Iterator<T> plugins, boolean own) {
        while (plugins.hasNext()) {
            T plugin = plugins.next();
            if (own(plugin) == own) {
                return plugin;
            }
        }
        throw new IllegalStateException("no such plugin");
    }

    static BufferedImage page(int type) {
        BufferedImage page = new BufferedImage(96, 96, type);
        Graphics2D graphics = page.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 96, 96);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(16, 16, 32, 32);
        graphics.dispose();
        return page;
    }

    /** Three pages, the second of this type; says what became of it. */
    static String write(ImageWriter writer, String name, int second, String compression) throws Exception {
        Files.deleteIfExists(Path.of(name));
        try (ImageOutputStream out = ImageIO.createImageOutputStream(new File(name))) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionType(compression);
            writer.prepareWriteSequence(null);
            for (int type : List.of(BufferedImage.TYPE_INT_RGB, second, BufferedImage.TYPE_INT_RGB)) {
                writer.writeToSequence(new IIOImage(page(type), null, null), how);
            }
            writer.endWriteSequence();
            return "written";
        } catch (IIOException e) {
            return "refused";
        }
    }

    /** Of each page: right, other than it was, or refused. */
    static List<String> read(ImageReader reader, String name) throws Exception {
        List<String> pages = new ArrayList<>();
        try (ImageInputStream in = ImageIO.createImageInputStream(new File(name))) {
            reader.setInput(in);
            for (int number = 0; number < reader.getNumImages(true); number++) {
                try {
                    BufferedImage page = reader.read(number);
                    boolean right = (page.getRGB(4, 4) & 0xff) > 250 && (page.getRGB(24, 24) & 0xff) < 5;
                    pages.add(right ? "right" : "other");
                } catch (IIOException e) {
                    pages.add("refused");
                }
            }
        }
        return pages;
    }

    public static void main(String[] arguments) throws Exception {
        boolean same = !own(ImageIO.getImageWritersByFormatName("TIFF").next());
        System.out.println("ImageIO takes TwelveMonkeys first: " + same);
        int[] types = {BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED};
        for (String compression : List.of("JPEG", "LZW")) {
            for (int type : types) {
                String name = compression + (type == BufferedImage.TYPE_BYTE_BINARY ? "-black.tif" : "-palette.tif");
                String byJava = write(chosen(ImageIO.getImageWritersByFormatName("TIFF"), true), "java-" + name, type, compression);
                String byOther = write(chosen(ImageIO.getImageWritersByFormatName("TIFF"), false), name, type, compression);
                List<String> java = read(chosen(ImageIO.getImageReadersByFormatName("TIFF"), true), name);
                List<String> other = read(chosen(ImageIO.getImageReadersByFormatName("TIFF"), false), name);
                System.out.println(name + ": Java's writer: " + byJava + ", TwelveMonkeys: " + byOther + "; read by Java: " + java + ", by TwelveMonkeys: " + other);
                boolean jpeg = compression.equals("JPEG");
                same &= byJava.equals(jpeg ? "refused" : "written") && byOther.equals("written");
                same &= java.equals(List.of("right", jpeg ? "refused" : "right", "right"));
                same &= other.equals(List.of("right", jpeg ? "other" : "right", "right"));
            }
        }
        System.exit(same ? 0 : 1);
    }
}
JAVA
cat > finding.py <<'PYTHON'
import os, sys
from PIL import Image, __version__, features

print(f"Pillow {__version__}, libtiff {features.version('libtiff')}")
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libtiff says its faults there
same = True
for name, second in (("JPEG-black.tif", "refused"), ("JPEG-palette.tif", "refused"), ("LZW-black.tif", "right"), ("LZW-palette.tif", "right")):
    pages = []
    for number in range(3):
        with Image.open(name) as tiff:
            try:
                tiff.seek(number)
                page = tiff.convert("RGB")
                pages.append("right" if min(page.getpixel((4, 4))) > 250 and max(page.getpixel((24, 24))) < 5 else "other")
            except OSError:
                pages.append("refused")
    print(f"{name}: read by Pillow: {pages}")
    same &= pages == ["right", second, "right"]
sys.exit(0 if same else 1)
PYTHON
echo "TwelveMonkeys $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
same=0
timeout 30 java -Djava.awt.headless=true -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java || same=1
PYTHONPATH=python timeout 30 python3 finding.py || same=1
[ "$same" = 0 ] && echo "as seen: a page of black and white in JPEG is written, and read by nobody" || echo "the behaviour has CHANGED"
exit "$same"
