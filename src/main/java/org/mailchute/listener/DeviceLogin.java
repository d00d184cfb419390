package org.mailchute.listener;

import org.mailchute.credentials.SecretText;

/** How one device says who it is. */
public record DeviceLogin(String user, SecretText password) {}
