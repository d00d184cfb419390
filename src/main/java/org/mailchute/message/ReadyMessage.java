package org.mailchute.message;

import jakarta.mail.internet.MailDateFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.mailchute.envelope.MailAddress;

/**
 * A message that somebody else has built, on its way into the spool. First its header is read, so that the caller can decide
 * who sends it to whom; then it is copied, with a clean header, bodies beyond ASCII encoded, and lines that SMTP can carry. Only the header is ever held
 * in memory.
 */
public final class ReadyMessage {
    /** Exchange's own limit for pickup files. */
    public static final int MOST_HEADER = 64 << 10;

    private final PushbackInputStream in;
    private final ReadyHeader header;
    private final boolean lenient;
    private final Charset charset;

    private ReadyMessage(PushbackInputStream in, ReadyHeader header, boolean lenient, Charset charset) {
        this.in = in;
        this.header = header;
        this.lenient = lenient;
        this.charset = charset;
    }

    /**
     * What is written where the message has nothing.
     *
     * @param messageId with its angle brackets
     * @param from From header field; empty where the message must have it
     */
    public record Missing(String messageId, Instant date, Optional<MailAddress> from) {}

    /**
     * What was written.
     *
     * @param authors every address in From, in its order, then Sender; at least one
     * @param fromName display name of the first, decoded, or empty
     * @param size octets written
     * @param eightBit some octet of the body is beyond ASCII
     */
    public record Copied(
            String messageId,
            Instant date,
            List<MailAddress> authors,
            String fromName,
            List<MailAddress> to,
            List<MailAddress> cc,
            Optional<MailAddress> replyTo,
            String subject,
            long size,
            boolean eightBit) {}

    /**
     * Reads the header.
     *
     * @param lenient for senders that know no better (SMTP devices): a line that is no header field begins the body, and a
     *     From that cannot be read is replaced as one that is missing. Not for files, which may be cut short
     * @param charset of octets in header fields that are neither ASCII nor UTF-8
     * @throws UnfitMessage when it has none that can be used
     */
    public static ReadyMessage open(InputStream in, boolean lenient, Charset charset) throws IOException, UnfitMessage {
        PushbackInputStream source = new PushbackInputStream(new BufferedInputStream(in, 1 << 16), MOST_HEADER + 2);
        ReadyHeader header = new ReadyHeader(new HeaderReader(source, MOST_HEADER, lenient, charset).read());
        return new ReadyMessage(source, header, lenient, charset);
    }

    public ReadyHeader header() {
        return header;
    }

    /**
     * Writes the message: removed are Bcc, what servers write (Received, Return-Path, Resent-...), and orders to a server
     * ({@code X-Sender}, {@code X-Receiver}, {@code X-CreatedBy} ...); added are Message-ID, Date, From and MIME-Version where
     * missing or unreadable, and Sender where From has several addresses. May be called once.
     */
    public Copied copyTo(OutputStream out, Missing missing) throws IOException, UnfitMessage {
        CleanHeader clean = new CleanHeader(header.fields());
        List<MailAddress> from = from(clean, missing);
        Optional<MailAddress> sender = sender(clean, from, missing);
        String messageId = header.messageId().orElse(missing.messageId());
        Instant date = header.date().orElse(missing.date());
        clean.set("Message-ID", messageId);
        if (header.date().isEmpty()) {
            clean.set("Date", text(date));
        }
        if (!clean.has("MIME-Version")) {
            clean.set("MIME-Version", "1.0");
        }
        boolean signed = !header.texts("DKIM-Signature").isEmpty();
        MimeBody body = new MimeBody(in, new PartHeader(header.fields()), charset, signed);
        body.encoding().ifPresent(encoding -> clean.set(PartHeader.ENCODING, encoding));
        byte[] top = (String.join("\r\n", clean.lines()) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        out.write(top);
        BodyCopy copy = new BodyCopy(out);
        body.copyTo(copy);
        return new Copied(
                messageId,
                date,
                java.util.stream.Stream.concat(from.stream(), sender.stream()).toList(),
                header.fromName(),
                header.shown("To"),
                header.shown("Cc"),
                header.shown("Reply-To").stream().findFirst(),
                header.subject(),
                top.length + copy.size(),
                copy.eightBit());
    }

    private List<MailAddress> from(CleanHeader clean, Missing missing) throws UnfitMessage {
        List<MailAddress> from = lenient ? header.shown("From") : header.addresses("From");
        if (!from.isEmpty()) {
            return from;
        }
        MailAddress instead = missing.from()
                .orElseThrow(() -> new UnfitMessage("the message names no author", "write header field From"));
        clean.set("From", HeaderText.name(header.fromName()) + "<" + instead + ">");
        return List.of(instead);
    }

    /** RFC 5322 section 3.6.2: who of several authors sent it. */
    private Optional<MailAddress> sender(CleanHeader clean, List<MailAddress> from, Missing missing)
            throws UnfitMessage {
        List<MailAddress> sender = lenient ? header.shown("Sender") : header.addresses("Sender");
        if (sender.size() > 1) {
            throw new UnfitMessage("header field Sender has several addresses", "write one (RFC 5322 section 3.6.2)");
        }
        if (sender.isEmpty()) {
            clean.remove("Sender");
            if (from.size() > 1) {
                MailAddress one = missing.from().orElse(from.get(0));
                clean.set("Sender", "<" + one + ">");
                return Optional.of(one);
            }
        }
        return sender.stream().findFirst();
    }

    private static String text(Instant date) {
        MailDateFormat format = new MailDateFormat();
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format.format(Date.from(date));
    }
}
