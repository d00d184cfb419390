/**
 * WHO LEARNS OF IT: what is told of messages and of the gateway, to whom, how often, and the mail or post that tells it. Knows no Camel and no
 * broker. Start at {@link org.mailchute.notice.NoticeBook}.
 */
@NullMarked
package org.mailchute.notice;

import org.jspecify.annotations.NullMarked;
