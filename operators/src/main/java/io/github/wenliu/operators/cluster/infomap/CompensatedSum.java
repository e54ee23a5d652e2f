package io.github.wenliu.operators.cluster.infomap;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A sum that does not lose what is small beside what is large (Neumaier's form of Kahan's sum): the
 * error does not grow with the number of terms.
 */
final class CompensatedSum {

  private double sum;
  private double lost;

  void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }

  double value() {
    return sum + lost;
  }

  void clear() {
    sum = 0;
    lost = 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(sum);
    out.writeDouble(lost);
  }

  void read(DataInput in) throws IOException {
    sum = in.readDouble();
    lost = in.readDouble();
  }
}
