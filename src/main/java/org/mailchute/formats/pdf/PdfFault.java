package org.mailchute.formats.pdf;

import java.io.IOException;

/** The file is not what it should be, or takes more effort than it may; its pages are then unknown. Thrown often, looked at by nobody: without a stack. */
final class PdfFault extends IOException {
    private static final long serialVersionUID = 1;

    PdfFault(String what) {
        super(what);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
