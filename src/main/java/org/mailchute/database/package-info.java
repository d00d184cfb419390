/**
 * A DATABASE OF THE HOUSE'S OWN: how a PostgreSQL is reached, and statements on a connection. Start at {@link
 * org.mailchute.database.Postgres}.
 */
@NullMarked
package org.mailchute.database;

import org.jspecify.annotations.NullMarked;
