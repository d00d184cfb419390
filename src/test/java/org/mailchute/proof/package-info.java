/**
 * The promises under proof: the finished jar is killed at random and at {@link org.mailchute.proof.Mark marked points} while all
 * ways in and all lanes work, and an {@link org.mailchute.proof.Accountant} asks of every input and every recipient what became
 * of it. Start at {@link org.mailchute.proof.Trial}; {@link org.mailchute.proof.Relay} is
 * of two gateways with one home. Servers that fail once at a step are here too. Knows nothing of the gateway's insides but the names of the marked points.
 */
@NullMarked
package org.mailchute.proof;

import org.jspecify.annotations.NullMarked;
