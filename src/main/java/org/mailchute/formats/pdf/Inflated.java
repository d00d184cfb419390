package org.mailchute.formats.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.mailchute.formats.pdf.PdfValue.Array;
import org.mailchute.formats.pdf.PdfValue.Dictionary;
import org.mailchute.formats.pdf.PdfValue.Name;

/** The content of a stream that holds objects or their table: as it is, or by Flate and a PNG predictor. */
record Inflated(Octets octets, Effort effort) {
    /** Streams of objects have some 10 KB; libraries begin another after 100 to 200 objects. */
    static final int LONGEST = 2 << 20;

    private static final int FIRST_PNG_PREDICTOR = 10;
    private static final int MOST_COLUMNS = 4_096;

    /** @param start where its content begins */
    Octets.Decoded of(Dictionary stream, long start) throws IOException {
        PdfValue filter = only(stream.get("Filter").orElse(PdfValue.Other.ANY));
        byte[] content = filter instanceof Name name ? flate(name, start) : plain(stream, start);
        PdfValue parameters = only(stream.get("DecodeParms").orElse(PdfValue.Other.ANY));
        if (parameters instanceof Dictionary how && how.whole("Predictor").orElse(1) != 1) {
            content = unpredicted(content, columns(how));
        }
        return new Octets.Decoded(content, effort);
    }

    /** A filter and its parameters may stand alone or in an array. */
    private static PdfValue only(PdfValue value) {
        return value instanceof Array array && array.items().size() == 1
                ? array.items().get(0)
                : value;
    }

    private byte[] plain(Dictionary stream, long start) throws IOException {
        long length = stream.whole("Length").orElse(LONGEST + 1L);
        if (length > LONGEST || stream.get("Filter").isPresent()) {
            throw new PdfFault("a stream cannot be read");
        }
        effort.inflated((int) length);
        byte[] content = new byte[(int) length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) octets.at(start + i);
        }
        return content;
    }

    /** Ends where the compressed data say, so a wrong Length does no harm. */
    private byte[] flate(Name filter, long start) throws IOException {
        if (!filter.text().equals("FlateDecode")) {
            throw new PdfFault("a stream is compressed otherwise");
        }
        Inflater inflater = new Inflater();
        try {
            return flate(inflater, start);
        } catch (DataFormatException e) {
            throw new PdfFault("a stream is damaged");
        } finally {
            inflater.end();
        }
    }

    private byte[] flate(Inflater inflater, long start) throws IOException, DataFormatException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] out = new byte[4_096];
        byte[] in = new byte[512];
        for (long at = start; !inflater.finished(); ) {
            int inflated = inflater.inflate(out);
            effort.inflated(inflated);
            content.write(out, 0, inflated);
            if (content.size() > LONGEST || inflater.needsDictionary()) {
                throw new PdfFault("a stream is too long");
            }
            if (inflated == 0 && inflater.needsInput()) {
                int read = read(in, at);
                inflater.setInput(in, 0, read);
                at += read;
            }
        }
        return content.toByteArray();
    }

    private int read(byte[] in, long start) throws IOException {
        int read = 0;
        for (int octet = octets.at(start); octet >= 0 && read < in.length; octet = octets.at(start + read)) {
            in[read++] = (byte) octet;
        }
        if (read == 0) {
            throw new PdfFault("a stream is cut short");
        }
        return read;
    }

    private static int columns(Dictionary how) throws PdfFault {
        long columns = how.whole("Columns").orElse(1);
        if (how.whole("Predictor").orElse(1) < FIRST_PNG_PREDICTOR
                || columns < 1
                || columns > MOST_COLUMNS
                || how.whole("Colors").orElse(1) != 1
                || how.whole("BitsPerComponent").orElse(8) != 8) {
            throw new PdfFault("a stream is predicted in an odd way");
        }
        return (int) columns;
    }

    /** ISO/IEC 15948 section 9.2; every row begins with its filter's number. */
    private static byte[] unpredicted(byte[] content, int columns) throws PdfFault {
        byte[] plain = new byte[content.length / (columns + 1) * columns];
        for (int row = 0; row < plain.length / columns; row++) {
            int filter = content[row * (columns + 1)];
            for (int column = 0; column < columns; column++) {
                int at = row * columns + column;
                int left = column > 0 ? plain[at - 1] & 0xff : 0;
                int up = row > 0 ? plain[at - columns] & 0xff : 0;
                int corner = column > 0 && row > 0 ? plain[at - columns - 1] & 0xff : 0;
                plain[at] = (byte) (content[row * (columns + 1) + 1 + column] + predicted(filter, left, up, corner));
            }
        }
        return plain;
    }

    private static int predicted(int filter, int left, int up, int corner) throws PdfFault {
        return switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> paeth(left, up, corner);
            default -> throw new PdfFault("a stream is predicted in an odd way");
        };
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
