package org.mailchute.sidecar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.Attributes;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * XML, from which XPath expressions (1.0) take the values. Names are matched as they are written; namespaces mean nothing. A
 * document type, and with it every entity of its own, is refused (promise P9).
 */
final class XmlForm implements SidecarForm {
    private static final int DEEPEST = 32;
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private final Map<SidecarField, XPathExpression> paths = new EnumMap<>(SidecarField.class);

    /** @throws IllegalArgumentException naming the field whose expression is none */
    XmlForm(Map<SidecarField, String> expressions) {
        for (Map.Entry<SidecarField, String> entry : expressions.entrySet()) {
            paths.put(entry.getKey(), path(entry.getValue()));
        }
    }

    static XPathExpression path(String expression) {
        try {
            return XPathFactory.newDefaultInstance().newXPath().compile(expression);
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException("not an XPath expression", e);
        }
    }

    @Override
    public synchronized SidecarText read(byte[] content, Charset otherwise)
            throws UnfitSidecar { // expressions are not thread-safe
        Document document = parsed(content);
        SidecarText said = new SidecarText();
        for (Map.Entry<SidecarField, XPathExpression> entry : paths.entrySet()) {
            for (String value : values(entry.getValue(), document)) {
                said.add(
                        entry.getKey(),
                        entry.getKey().takesLines() ? value : value.strip().replaceAll("\\s+", " "),
                        "the XML");
            }
        }
        return said;
    }

    /** Of an expression that gives nodes, each one's text; of another, its result. */
    private static List<String> values(XPathExpression path, Document document) throws UnfitSidecar {
        try {
            NodeList nodes = (NodeList) path.evaluate(document, XPathConstants.NODESET);
            List<String> values = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                values.add(String.valueOf(nodes.item(i).getTextContent()));
            }
            return values;
        } catch (XPathExpressionException e) {
            return List.of(result(path, document));
        }
    }

    private static String result(XPathExpression path, Document document) throws UnfitSidecar {
        try {
            return path.evaluate(document);
        } catch (XPathExpressionException e) {
            throw new UnfitSidecar(
                    "an expression of the settings cannot be applied to it: " + e.getMessage(), "correct it");
        }
    }

    private static Document parsed(byte[] content) throws UnfitSidecar {
        try {
            mustBeFlat(content);
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder.parse(new ByteArrayInputStream(content));
        } catch (SAXParseException e) {
            throw new UnfitSidecar(
                    "line " + Math.max(1, e.getLineNumber()) + ": not XML that is taken: " + plain(e),
                    "correct it; without a document type, no deeper than " + DEEPEST);
        } catch (SAXException | IOException e) {
            throw new UnfitSidecar("not XML that is taken: " + plain(e), "correct it; no deeper than " + DEEPEST);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has these features", e);
        }
    }

    private static String plain(Exception e) {
        String text = String.valueOf(e.getMessage()).replaceAll("[\\s\\p{C}]+", " ");
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }

    /** Before a tree is made of it, which is walked by recursion. */
    private static void mustBeFlat(byte[] content) throws SAXException, IOException, ParserConfigurationException {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature(NO_DOCTYPE, true);
        XMLReader reader = factory.newSAXParser().getXMLReader();
        Strict strict = new Strict();
        reader.setContentHandler(strict);
        reader.setErrorHandler(strict);
        reader.parse(new InputSource(new ByteArrayInputStream(content)));
    }

    /** Counts the depth; and does not print faults to the console as the JDK's own handler does. */
    private static final class Strict extends DefaultHandler implements ErrorHandler {
        private int depth;

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
            if (++depth > DEEPEST) {
                throw new SAXException("it is deeper than " + DEEPEST);
            }
        }

        @Override
        public void endElement(String uri, String localName, String name) {
            depth--;
        }
    }
}
