/** Lines and dots, without a socket. */
@NullMarked
package org.mailchute.smtpserver;

import org.jspecify.annotations.NullMarked;
