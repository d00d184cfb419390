/**
 * THE FTP DROP: an FTP and FTPS server (Apache FtpServer) that devices save scans to, each by its own login into its own
 * folder, write only. A finished upload appears in that folder under its name, whole and on disk; a folder intake watches
 * it. Knows credentials only, neither Camel nor what becomes of a scan. Start at {@link org.mailchute.drop.DropServer}.
 */
@NullMarked
package org.mailchute.drop;

import org.jspecify.annotations.NullMarked;
