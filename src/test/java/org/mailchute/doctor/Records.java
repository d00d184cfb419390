package org.mailchute.doctor;

import java.io.IOException;
import java.net.InetAddress;
import org.mailchute.testing.LoopbackDns;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;

/** DNS records, and a domain that has all it should have. */
final class Records {
    private static final long TTL = 60;

    private Records() {}

    /** Of contoso.example, whose gateway is seen as 203.0.113.5. */
    static LoopbackDns healthy() throws IOException {
        return mailDomain()
                .knows(
                        txt("contoso.example", "v=spf1 ip4:203.0.113.0/24 include:spf.protection.outlook.com -all"),
                        txt("_dmarc.contoso.example", "v=DMARC1; p=reject"),
                        mx("contoso.example", "contoso-example.mail.protection.outlook.com"));
    }

    /** Without SPF, DMARC and MX. */
    static LoopbackDns mailDomain() throws IOException {
        return new LoopbackDns()
                .knows(
                        txt("spf.protection.outlook.com", "v=spf1 ip4:40.92.0.0/15 -all"),
                        txt("contoso.example", "MS=ms12345678"),
                        cname("selector1._domainkey.contoso.example", "s1.contoso.p-v1.dkim.mail.microsoft"),
                        cname("selector2._domainkey.contoso.example", "s2.contoso.p-v1.dkim.mail.microsoft"),
                        ptr("203.0.113.5", "gateway.contoso.example"),
                        a("gateway.contoso.example", "203.0.113.5"));
    }

    static Record txt(String name, String text) throws IOException {
        return new TXTRecord(name(name), DClass.IN, TTL, text);
    }

    static Record mx(String domain, String host) throws IOException {
        return new MXRecord(name(domain), DClass.IN, TTL, 10, name(host));
    }

    static Record a(String name, String address) throws IOException {
        return new ARecord(name(name), DClass.IN, TTL, InetAddress.getByName(address));
    }

    static Record ptr(String address, String name) throws IOException {
        return new PTRRecord(ReverseMap.fromAddress(address), DClass.IN, TTL, name(name));
    }

    private static Record cname(String name, String target) throws IOException {
        return new CNAMERecord(name(name), DClass.IN, TTL, name(target));
    }

    static Name name(String text) throws IOException {
        return Name.fromString(text, Name.root);
    }
}
