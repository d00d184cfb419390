package org.mailchute.bench;

import java.nio.file.Path;

/** Something that takes files from a folder and mails them. */
interface Contender extends AutoCloseable {
    /** Starts; returns when it watches the folder. */
    void start(Path folder, Peer peer) throws Exception;
}
