/**
 * What branches that learn by epoch have in common: {@link
 * io.github.wenliu.operators.epoch.CollectOperator what they begin with}, and {@link
 * io.github.wenliu.operators.epoch.AlignOperator where documents wait} for what was learned.
 */
package io.github.wenliu.operators.epoch;
