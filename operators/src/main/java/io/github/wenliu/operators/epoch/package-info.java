/** What the branches that learn by epoch have in common. */
package io.github.wenliu.operators.epoch;
