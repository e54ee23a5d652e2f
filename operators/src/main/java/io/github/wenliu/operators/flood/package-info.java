/** Tells a few dead letters from a flood of them. */
package io.github.wenliu.operators.flood;
