package io.github.wenliu.operators.cluster;

import java.util.Arrays;

/**
 * How far two partitions of the same nodes agree: mutual information over the mean of the two
 * entropies, as it is (NMI) and with what chance gives taken away (AMI) [1].
 *
 * <p>[1] Vinh, Epps, Bailey: Information theoretic measures for clusterings comparison, JMLR 2010.
 */
record PartitionAgreement(double normalized, double adjusted) {

  static PartitionAgreement of(int[] a, int[] b) {
    int n = a.length;
    int[] sizesA = sizes(a);
    int[] sizesB = sizes(b);
    int[][] both = new int[sizesA.length][sizesB.length];
    for (int i = 0; i < n; i++) {
      both[a[i]][b[i]]++;
    }
    double information = 0;
    double expected = 0;
    double[] logFactorial = new double[n + 1];
    for (int i = 2; i <= n; i++) {
      logFactorial[i] = logFactorial[i - 1] + Math.log(i);
    }
    for (int i = 0; i < sizesA.length; i++) {
      for (int j = 0; j < sizesB.length; j++) {
        information += term(both[i][j], sizesA[i], sizesB[j], n);
        expected += expected(sizesA[i], sizesB[j], n, logFactorial);
      }
    }
    double mean = (entropy(sizesA, n) + entropy(sizesB, n)) / 2;
    return new PartitionAgreement(information / mean, (information - expected) / (mean - expected));
  }

  private static double expected(int a, int b, int n, double[] logFactorial) {
    double sum = 0;
    for (int both = Math.max(1, a + b - n); both <= Math.min(a, b); both++) {
      double logProbability =
          logFactorial[a]
              + logFactorial[b]
              + logFactorial[n - a]
              + logFactorial[n - b]
              - logFactorial[n]
              - logFactorial[both]
              - logFactorial[a - both]
              - logFactorial[b - both]
              - logFactorial[n - a - b + both];
      sum += term(both, a, b, n) * Math.exp(logProbability);
    }
    return sum;
  }

  private static double term(int both, int a, int b, int n) {
    return both == 0 ? 0 : (double) both / n * Math.log((double) n * both / ((double) a * b));
  }

  private static double entropy(int[] sizes, int n) {
    return -Arrays.stream(sizes)
        .filter(size -> size > 0)
        .mapToDouble(size -> (double) size / n * Math.log((double) size / n))
        .sum();
  }

  private static int[] sizes(int[] parts) {
    int[] sizes = new int[Arrays.stream(parts).max().orElse(-1) + 1];
    for (int part : parts) {
      sizes[part]++;
    }
    return sizes;
  }
}
