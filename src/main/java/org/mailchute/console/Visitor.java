package org.mailchute.console;

import org.mailchute.deadletter.Person;
import org.mailchute.door.Role;

/**
 * Who looks at a page.
 *
 * @param csrf goes with each form, so that no other site's form does anything here
 */
public record Visitor(Person person, Role role, String csrf) {}
