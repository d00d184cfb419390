#!/usr/bin/env bash
# An application makes a PDF of two pages with PDFBox, as each does (save), and later appends a page to the file, a stamp or a receipt (saveIncremental), so that
# what was there stays as it is, octet by octet. Another program reads it with pypdf: how many pages, or all of them into a file of its own.
#
# One would guess: it has three pages, or an error if something is wrong with it.
# Seen: two, in strict mode too, and the file that pypdf makes of it has two: the page is lost without an error. PDFBox itself, Poppler and qpdf see three.
# Its table of objects (a cross-reference stream, PDFBox's default) is an object too, but has no line in itself; so PDFBox gives the same number to
# the first object that it appends, the page. For pypdf an object that it has read as a table stays what it is under that number, and what is no
# page is passed over. A page that pypdf itself appends to PDFBox's file (incremental) is gone for pypdf in the same way. Where PDFBox saved without
# compression (CompressParameters.NO_COMPRESSION), or a line for the table is there as qpdf writes it, pypdf sees three.
# Two programs that count a scan's pages may so disagree about a file that both call sound; the one that copies them loses one.
# Versions: PDFBox 3.0.7, pypdf 6.19.0, Poppler 22.12.0 and qpdf 11.3.0 (Debian 12), Python 3.11.7, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven, Python 3 with pip, apt-get and dpkg. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"

apt-get download -qq qpdf=11.3.0-1+deb12u1 libqpdf29=11.3.0-1+deb12u1 poppler-utils=22.12.0-2+deb12u3 libpoppler126=22.12.0-2+deb12u3 2>/dev/null
for package in ./*.deb; do dpkg -x "$package" root; done
python3 -m pip install -qq --retries 1 --disable-pip-version-check --root-user-action=ignore --target python pypdf==6.19.0
cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.pdfbox</groupId><artifactId>pdfbox</artifactId><version>3.0.7</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

public class Finding {
    static void make(String name, CompressParameters how) throws Exception {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage(PDRectangle.A4));
            document.addPage(new PDPage(PDRectangle.A4));
            document.save(new File(name), how);
        }
    }

    static void append(String from, String to) throws Exception {
        try (PDDocument document = Loader.loadPDF(new File(from)); OutputStream out = new FileOutputStream(to)) {
            PDPage page = new PDPage(PDRectangle.A5);
            document.addPage(page);
            page.getCOSObject().setNeedToBeUpdated(true);
            document.getPages().getCOSObject().setNeedToBeUpdated(true);
            document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            document.saveIncremental(out);
        }
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "make" -> {
                make("saved.pdf", CompressParameters.DEFAULT_COMPRESSION);
                make("plain.pdf", CompressParameters.NO_COMPRESSION);
            }
            case "append" -> append(arguments[1], arguments[2]);
            default -> {
                try (PDDocument document = Loader.loadPDF(new File(arguments[1]))) {
                    System.out.println(document.getNumberOfPages());
                }
            }
        }
    }
}
JAVA
javac -cp 'lib/*' Finding.java
cat > finding.py <<'PYTHON'
import logging, sys
from pypdf import PdfReader, PdfWriter

logging.disable(logging.CRITICAL)
if sys.argv[1] == "append":
    writer = PdfWriter(sys.argv[2], incremental=True)
    writer.add_blank_page(420, 595)
    writer.write(sys.argv[3])
else:
    writer = PdfWriter()
    writer.append(sys.argv[2])
    writer.write("copied.pdf")
    print(*(len(PdfReader(name, strict=strict).pages) for name, strict in ((sys.argv[2], False), (sys.argv[2], True), ("copied.pdf", False))), sep=",")
PYTHON

pdfbox() { java -XX:TieredStopAtLevel=1 -cp 'lib/*:.' Finding "$@" 2>/dev/null; }
pypdf() { PYTHONPATH=python python3 finding.py "$@"; }
qpdf() { LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/qpdf --warning-exit-0 "$@" 2>/dev/null; }
poppler() { LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/pdfinfo "$1" | sed -n 's/^Pages: *//p'; }

pdfbox make
qpdf --object-streams=generate saved.pdf rewritten.pdf
pdfbox append saved.pdf saved-and-page.pdf
pdfbox append plain.pdf plain-and-page.pdf
pdfbox append rewritten.pdf rewritten-and-page.pdf
pypdf append saved.pdf saved-and-page-by-pypdf.pdf

echo "PDFBox 3.0.7, pypdf $(PYTHONPATH=python python3 -c 'import pypdf; print(pypdf.__version__)'), qpdf 11.3.0, Poppler 22.12.0"
same=0
expect() {
  seen="PDFBox $(pdfbox count "$1"), Poppler $(poppler "$1"), qpdf $(qpdf --show-npages "$1"), pypdf (as it is, strict, copied) $(pypdf count "$1")"
  echo "$1: $seen"
  [ "$seen" = "PDFBox $2, Poppler $2, qpdf $2, pypdf (as it is, strict, copied) $3" ] || same=1
}
expect saved.pdf 2 2,2,2
expect saved-and-page.pdf 3 2,2,2
expect saved-and-page-by-pypdf.pdf 3 2,2,2
expect plain-and-page.pdf 3 3,3,3
expect rewritten-and-page.pdf 3 3,3,3
[ "$same" = 0 ] && echo "as seen: pypdf misses the page that was appended" || echo "the behaviour has CHANGED"
exit "$same"
