package org.mailchute.door;

/** Whether who comes in must use TLS. */
public enum Tls {
    REQUIRED,
    OPTIONAL,
    NONE
}
