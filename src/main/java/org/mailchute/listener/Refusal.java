package org.mailchute.listener;

/** Why a device was told no before its message was taken; what is refused for its content is told elsewhere. */
enum Refusal {
    /** Its address is in none of the networks. */
    NETWORK,
    /** Not logged in, or with a wrong password, or shut out after several. */
    LOGIN,
    /** No TLS, or none that both sides know. */
    TLS,
    SENDER,
    RECIPIENT,
    /** The message is too large. */
    SIZE,
    /** A command that is none, or out of order. */
    COMMAND,
    /** Too many connections at a time. */
    CONNECTIONS,
    /** Broker or disk: the device should try again. */
    LATER
}
