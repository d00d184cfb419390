/** Plants each fault, and has the doctor find it. Start at {@link org.mailchute.doctor.Clinic}. */
@NullMarked
package org.mailchute.doctor;

import org.jspecify.annotations.NullMarked;
