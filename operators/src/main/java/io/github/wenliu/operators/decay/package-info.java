/** Forgetting: how much a count weighs by its age. {@code java.*} only. */
package io.github.wenliu.operators.decay;
