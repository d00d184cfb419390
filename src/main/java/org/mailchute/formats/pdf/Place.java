package org.mailchute.formats.pdf;

/** Where an object is. */
sealed interface Place {
    /** At an offset of the file. */
    record InFile(long offset) implements Place {}

    /** In a stream of objects. */
    record InStream(long stream, long index) implements Place {}

    /** Deleted, or hidden from readers that know no streams of objects. */
    enum Free implements Place {
        HERE
    }
}
