/** Tests of single steps; most steps are tested by journeys. */
@NullMarked
package org.mailchute.steps;

import org.jspecify.annotations.NullMarked;
