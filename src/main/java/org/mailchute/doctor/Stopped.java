package org.mailchute.doctor;

/** Nothing more can be asked of this server; the message completes "not checked, because". */
final class Stopped extends Exception {
    private static final long serialVersionUID = 1;

    Stopped(String because) {
        super(because);
    }

    String because() {
        return String.valueOf(getMessage());
    }
}
