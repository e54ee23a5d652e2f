package io.github.wenliu.operators.cluster.infomap;

/**
 * What a walker does to each module, as shares of all its steps.
 *
 * @param flow how often it is in the module
 * @param enter how often it comes into it from outside
 * @param exit how often it goes from it to outside
 */
public record ModuleFlows(double[] flow, double[] enter, double[] exit) {}
