package io.github.wenliu.pipeline.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.wenliu.operators.cluster.infomap.ModuleSignificance;
import io.github.wenliu.operators.cluster.infomap.Significance;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What chance leaves of the modules of a graph, for people and for programs. Modules count from 1,
 * as in files.
 *
 * @param replicates how many graphs were drawn
 * @param confidence share of them that is enough
 * @param unit weight of one observation
 * @param found what was found
 */
public record SignificanceResult(
    int replicates, double confidence, double unit, Significance found) {

  private static final double PERCENT = 100;

  /** Adds fields to an object: how it was asked, and a row for each module. */
  public void writeTo(ObjectNode json) {
    json.put("replicates", replicates);
    json.put("confidence", confidence);
    json.put("unit", unit);
    json.put("significantModules", significant());
    json.put("coreNodes", coreNodes());
    json.put("coreFlow", coreFlow());
    var rows = json.putArray("modules");
    int number = 0;
    for (var module : found.modules()) {
      var row = rows.addObject();
      row.put("module", ++number);
      row.put("nodes", module.nodes());
      row.put("flow", module.flow());
      row.put("coreNodes", module.coreNodes());
      row.put("coreFlow", module.coreFlow());
      row.put("stability", module.stability());
      row.put("significant", module.isSignificant());
      var others = row.putArray("notDistinctFrom");
      Arrays.stream(module.notDistinctFrom()).forEach(other -> others.add(other + 1));
    }
  }

  /** A summary and a table. */
  public String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "significance: %,d of %,d modules, cores of %,d nodes with %.1f %% of the flow; %,d"
                + " replicates, confidence %s, unit %s%n",
            significant(),
            found.modules().size(),
            coreNodes(),
            PERCENT * coreFlow(),
            replicates,
            confidence,
            unit));
    text.append(
        String.format(
            Locale.ROOT,
            "%8s %8s %9s %10s %9s %9s  %s%n",
            "module",
            "nodes",
            "flow",
            "core nodes",
            "core flow",
            "stability",
            "not distinct from"));
    int number = 0;
    for (var module : found.modules()) {
      text.append(line(++number, module)).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String line(int number, ModuleSignificance module) {
    String others =
        Arrays.stream(module.notDistinctFrom())
            .mapToObj(other -> Integer.toString(other + 1))
            .collect(Collectors.joining(","));
    return String.format(
            Locale.ROOT,
            "%8d %8d %9.6f %10d %9.6f %9.4f  %s",
            number,
            module.nodes(),
            module.flow(),
            module.coreNodes(),
            module.coreFlow(),
            module.stability(),
            others)
        .stripTrailing();
  }

  private long significant() {
    return found.modules().stream().filter(ModuleSignificance::isSignificant).count();
  }

  private int coreNodes() {
    return found.modules().stream().mapToInt(ModuleSignificance::coreNodes).sum();
  }

  private double coreFlow() {
    return found.modules().stream().mapToDouble(ModuleSignificance::coreFlow).sum();
  }
}
