package org.mailchute.formats.pdf;

/** How much work one file may still make; a scan needs a thousandth of it. */
final class Effort {
    private static final long MOST_BLOCKS = 50_000;

    /** Octets looked at, 1 to 2 ns each. */
    private long octets = 64L << 20;
    /** Blocks read from the file, 1 to 10 microseconds each on a local disk. */
    private long blocks = MOST_BLOCKS;
    /** Octets that come out of compressed streams. */
    private long inflated = 16L << 20;
    /** Nodes of the page tree, and stretches of the tables of objects: what is held in memory. */
    private long held = 100_000;

    void octet() throws PdfFault {
        octets = spent(octets, 1);
    }

    /** Steps of about the price of an octet. */
    void steps(int count) throws PdfFault {
        octets = spent(octets, count);
    }

    void block() throws PdfFault {
        blocks = spent(blocks, 1);
    }

    long blocksRead() {
        return MOST_BLOCKS - blocks;
    }

    void inflated(int count) throws PdfFault {
        inflated = spent(inflated, count);
    }

    void held(int count) throws PdfFault {
        held = spent(held, count);
    }

    private static long spent(long left, long cost) throws PdfFault {
        if (left < cost) {
            throw new PdfFault("it takes too much effort");
        }
        return left - cost;
    }
}
