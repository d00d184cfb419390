package org.mailchute.limits;

/**
 * Whether this gateway is the one that works. Of several with one home it may have been, and not know yet that another has taken over:
 * it stood still meanwhile, or its database did. Asked before each step that another one would repeat.
 */
public interface Lead {
    /** There is no other gateway. */
    Lead ALONE = new Lead() {
        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public boolean confirm() {
            return true;
        }
    };

    /** For people. */
    String OVER = "this gateway works no longer, or cannot know whether it does: another may have taken over";

    /** Which one it is, higher than each before it; 0 where there is no other gateway. */
    default long number() {
        return 0;
    }

    /** By this process' own time; at once. */
    boolean holds();

    /** @throws IllegalStateException when it does not hold */
    default void mustHold() {
        if (!holds()) {
            throw new IllegalStateException(OVER);
        }
    }

    /** As who decides it says, which is asked; also false when there is no answer. Before each message. */
    boolean confirm();
}
