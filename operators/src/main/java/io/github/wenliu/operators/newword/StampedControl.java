package io.github.wenliu.operators.newword;

import io.github.wenliu.operators.document.ControlChange;

/**
 * A control change with the epoch from which it counts.
 *
 * @param epoch the first epoch whose version shows it
 * @param change the change
 */
public record StampedControl(long epoch, ControlChange change) {}
