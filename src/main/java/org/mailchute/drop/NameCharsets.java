package org.mailchute.drop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.listener.nio.FtpResponseEncoder;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolCodecFactory;
import org.apache.mina.filter.codec.ProtocolDecoder;
import org.apache.mina.filter.codec.ProtocolDecoderOutput;
import org.apache.mina.filter.codec.ProtocolEncoder;
import org.apache.mina.filter.codec.textline.LineDelimiter;
import org.apache.mina.filter.codec.textline.TextLineDecoder;

/**
 * What a device says is read as UTF-8 (RFC 2640 section 2.2); a line that is none, in the charset of that device, else of the server:
 * many devices know nothing of UTF-8. What it is told is UTF-8.
 */
record NameCharsets(Charset otherwise) implements ProtocolCodecFactory {
    @Override
    public ProtocolEncoder getEncoder(IoSession session) {
        return new FtpResponseEncoder();
    }

    @Override
    public ProtocolDecoder getDecoder(IoSession session) {
        return new TextLineDecoder(ISO_8859_1, LineDelimiter.AUTO) { // each octet one character, whatever it is
            @Override
            protected void writeText(IoSession from, String octets, ProtocolDecoderOutput out) {
                String command = octets.replaceFirst("^[\\x80-\\xff]+", ""); // of Telnet, before ABOR
                out.write(read(from, command.getBytes(ISO_8859_1)));
            }
        };
    }

    private String read(IoSession session, byte[] line) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            return new String(line, charset(session));
        }
    }

    private Charset charset(IoSession session) {
        return new FtpIoSession(session, null).getUser() instanceof DropUser device
                ? device.login().charset().orElse(otherwise)
                : otherwise;
    }
}
