package org.mailchute.settings;

/** Where settings are read, at the start and each time they are to be taken anew. */
@FunctionalInterface
public interface SettingsSource {
    /** @throws FaultySettings with every fault of the file */
    Settings read() throws FaultySettings;
}
